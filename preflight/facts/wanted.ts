import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';

/** Where `cdk bootstrap` with the default qualifier writes its version. */
export const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/**
 * Service-linked roles the stacks name or need, by service. Key policies name the one of Auto Scaling, and a key whose policy
 * names a principal that does not exist is refused.
 * Source: AWS user guides of Auto Scaling, ECS and Application Auto Scaling, "service-linked roles".
 */
export const SERVICE_LINKED_ROLES: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'ecs.amazonaws.com': 'AWSServiceRoleForECS',
  'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
};

/** Regions a plan deploys to: its own, and the one of its copies where that is another. */
export const placesOf = ({ region, copies }: RegionPlan): readonly string[] => unique([region, copies.region]);

/** Instance types a cell asks for. */
export const typesOf = ({ edge, media, inference }: CellPlan): readonly string[] =>
  unique([edge, media, ...inference].map(({ instanceType }) => instanceType));

/** AMIs a plan starts nodes from. */
export const machineImagesOf = ({ cells }: RegionPlan): readonly string[] =>
  unique(cells.flatMap(({ edge, media, inference }) => [edge, media, ...inference].map(({ amiId }) => amiId)));

/** ARNs of the secrets a plan's containers read, the certificate first. */
export function secretsOf({ sip, cells }: RegionPlan): readonly string[] {
  const containers = cells.flatMap(({ edge, media }) => [...edge.containers, ...media.containers]);
  return unique([sip.certificateSecretArn, ...containers.flatMap(({ secrets = {} }) => Object.values(secrets))]);
}

export const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
