import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { isRecord } from '../../../../../templates/template-set';
import { documentOf, picked, tagsOf } from '../../data/shapes';

const SAME = [
  'PrivateDnsEnabled',
  'RouteTableIds',
  'ServiceName',
  'ServiceRegion',
  'SubnetIds',
  'VpcEndpointType',
  'VpcId',
] as const satisfies readonly (keyof VpcEndpoint)[];

export const ENDPOINT_NAMES = [...SAME, 'PolicyDocument', 'SecurityGroupIds', 'Tags'];

export const endpointProperties = (endpoint: VpcEndpoint): Readonly<Record<string, unknown>> => ({
  ...picked(endpoint, SAME),
  // A gateway has no names.
  PrivateDnsEnabled: endpoint.VpcEndpointType === 'Gateway' ? undefined : endpoint.PrivateDnsEnabled,
  PolicyDocument: documentOf(endpoint.PolicyDocument),
  SecurityGroupIds: endpoint.Groups?.map(({ GroupId }) => GroupId),
  ...tagsOf(endpoint.Tags),
});

/** Lets everybody do everything, which is what AWS makes of an endpoint without a policy. */
export function isOpen(policy: unknown): boolean {
  const statements = isRecord(policy) ? policy['Statement'] : undefined;
  const [only, ...others]: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  if (!isRecord(only) || others.length > 0 || only['Effect'] !== 'Allow' || 'Condition' in only) return false;
  return ['Principal', 'Action', 'Resource'].every((part) => only[part] === '*');
}
