import type { MergedRequirement } from '../../compliance/requirements';
import { asList, isRecord } from '../../compliance/templates/template-set';
import { DATA_CLASSES } from '../../regions/config/schema';
import type { Draft, Json } from './draft';

export const BUCKET = 'AWS::S3::Bucket';
export const BUCKET_POLICY = 'AWS::S3::BucketPolicy';
export const KEY = 'AWS::KMS::Key';
export const ROLE = 'AWS::IAM::Role';
export const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
export const TABLE = 'AWS::DynamoDB::Table';
export const LOG_GROUP = 'AWS::Logs::LogGroup';
export const TRAIL = 'AWS::CloudTrail::Trail';
export const TEMPLATE = 'AWS::EC2::LaunchTemplate';
export const GROUP = 'AWS::EC2::SecurityGroup';
export const FLEET = 'AWS::AutoScaling::AutoScalingGroup';
export const TASK = 'AWS::ECS::TaskDefinition';
export const REPOSITORY = 'AWS::ECR::Repository';
export const ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** A tag of a resource as it is written. */
export function tagIn(resource: Json, key: string): unknown {
  const properties = resource['Properties'];
  const tags = isRecord(properties) ? asList(properties['Tags']) : [];
  return tags.filter(isRecord).find((tag) => tag['Key'] === key)?.['Value'];
}

export const holds =
  (...classes: readonly string[]) =>
  ({ resource }: Draft): boolean =>
    classes.some((one) => one === tagIn(resource, 'voicecell:data-class'));

export const isOfTier =
  (...tiers: readonly string[]) =>
  ({ resource }: Draft): boolean =>
    tiers.some((one) => one === tierOf(resource));

/** Launch templates are tagged by specification. */
function tierOf(resource: Json): unknown {
  const own = tagIn(resource, 'voicecell:tier');
  return own ?? /"voicecell:tier","Value":"(\w+)"/.exec(JSON.stringify(resource))?.[1];
}

export const INFERENCE = ['stt', 'llm', 'tts'] as const;

/** The bucket that a bucket policy is of. */
export function policyOf(...classes: readonly string[]) {
  return (draft: Draft): boolean => {
    const bucket = draft.properties['Bucket'];
    const id = isRecord(bucket) ? bucket['Ref'] : undefined;
    return typeof id === 'string' && classes.some((one) => one === tagIn(draft.at(id), 'voicecell:data-class'));
  };
}

/** What is asked of the class of data that a resource says it holds. */
export function requirementOf({ resource, unit }: Draft): MergedRequirement {
  const tag = tagIn(resource, 'voicecell:data-class');
  return unit.scope.requirements[DATA_CLASSES.find((one) => one === tag) ?? 'log'];
}

export const isOfEvent = (draft: Draft): boolean => requirementOf(draft).clock === 'event';

export const isWorm = (draft: Draft): boolean => requirementOf(draft).lockMode === 'COMPLIANCE';

/** A region outside the jurisdiction, and another. */
export const abroad = ({ unit }: Draft): string =>
  unit.scope.regions.includes('us-east-1') ? 'eu-west-1' : 'us-east-1';

export const FAR_AWAY = 'ap-southeast-2';

export const hasRole =
  (name: string) =>
  ({ id }: Draft): boolean =>
    id.includes(name);

export const every =
  (...conditions: readonly ((draft: Draft) => boolean)[]) =>
  (draft: Draft): boolean =>
    conditions.every((condition) => condition(draft));
