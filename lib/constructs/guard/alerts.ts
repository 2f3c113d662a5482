import type { RegionPlan } from '../../../regions/plan/types';
import { SPOOL_FAULT_TAG } from '../../tags';

/** API calls that somebody must hear of, as data. */
export interface Alert {
  /** PascalCase construct id. */
  readonly id: string;
  /** In the words of whoever reads the mail. */
  readonly what: string;
  readonly source: string;
  readonly eventNames: readonly string[];
  /**
   * Further conditions on the CloudTrail event.
   * @default none
   */
  readonly where?: Readonly<Record<string, unknown>>;
  /** Where the event names what was touched. */
  readonly subjectPath: string;
  /**
   * Whether read-only management events count too.
   * @default 'ENABLED' (they do not)
   */
  readonly state?: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
}

/** Changes to locks, keys, trails and doors, the use of the break-glass role, and spools that are left to a person. */
export const alertsOf = (plan: RegionPlan): Alert[] => [
  bucketChanges(plan),
  retentionChanges(plan),
  keyChanges,
  trailChanges,
  breakGlass(plan),
  securityGroupChanges,
  spoolFaults,
];

/** Changes to copies that lie in a region without a guard. Trails and the break-glass role are watched at home. */
export const copiesAlertsOf = (plan: RegionPlan): Alert[] => [bucketChanges(plan), retentionChanges(plan), keyChanges];

/** Every bucket of the deployment that lies in this region, also the copies of another region's vault. */
const ourBuckets = (plan: RegionPlan) => ({ requestParameters: { bucketName: [{ prefix: `${plan.deployment}-` }] } });

/** CloudTrail's names, which for lifecycle differ from the API's (S3 user guide, "Amazon S3 CloudTrail events"). */
export const bucketEvents: readonly string[] = [
  'PutBucketObjectLockConfiguration',
  'PutBucketPolicy',
  'DeleteBucketPolicy',
  'PutBucketLifecycle',
  'DeleteBucketLifecycle',
  'PutBucketReplication',
  'DeleteBucketReplication',
  'PutBucketVersioning',
  'PutBucketEncryption',
  'DeleteBucketEncryption',
  'PutBucketPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'PutBucketLogging',
  'DeleteBucket',
];

const bucketChanges = (plan: RegionPlan): Alert => ({
  id: 'BucketChanged',
  what: 'the lock, policy or protection of a bucket was changed',
  source: 'aws.s3',
  eventNames: bucketEvents,
  where: ourBuckets(plan),
  subjectPath: '$.detail.requestParameters.bucketName',
});

/**
 * Data events: EventBridge sees them only where a trail records them (EventBridge user guide, "Accessing AWS service
 * events via AWS CloudTrail"). The region's trail does so for the vault, and the home trail, which spans all regions,
 * for copies that lie where the deployment has no trail.
 */
const retentionChanges = (plan: RegionPlan): Alert => ({
  id: 'RetentionChanged',
  what: 'the retention or the legal hold of a recording or transcript was changed',
  source: 'aws.s3',
  eventNames: ['PutObjectRetention', 'PutObjectLegalHold'],
  where: ourBuckets(plan),
  subjectPath: '$.detail.requestParameters.bucketName',
});

export const keyEvents: readonly string[] = [
  'ScheduleKeyDeletion',
  'DisableKey',
  'PutKeyPolicy',
  'DisableKeyRotation',
  'DeleteAlias',
  'UpdateAlias',
  'DeleteImportedKeyMaterial',
];

/** Of every key of the account and region: an event names a key by id, which is not known before the key exists. */
const keyChanges: Alert = {
  id: 'KeyChanged',
  what: 'a key was changed, disabled or scheduled for deletion',
  source: 'aws.kms',
  eventNames: keyEvents,
  subjectPath: '$.detail.resources[0].ARN',
};

const trailChanges: Alert = {
  id: 'TrailChanged',
  what: 'the audit trail was changed or stopped',
  source: 'aws.cloudtrail',
  eventNames: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  subjectPath: '$.detail.requestParameters.name',
};

/** CloudTrail counts AssumeRole among read-only events (EventBridge user guide, "Receiving read-only management events"). */
const breakGlass = (plan: RegionPlan): Alert => ({
  id: 'BreakGlassAssumed',
  what: 'somebody took the break-glass role',
  source: 'aws.sts',
  eventNames: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
  where: {
    requestParameters: {
      roleArn: [`arn:${plan.partition}:iam::${plan.account}:role/${plan.names.roles.breakGlass}`],
    },
  },
  subjectPath: '$.detail.requestParameters.roleArn',
  state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
});

/** By hand or tool: what CloudFormation does has been reviewed as a template. */
const securityGroupChanges: Alert = {
  id: 'SecurityGroupChanged',
  what: 'a security group was changed outside CloudFormation',
  source: 'aws.ec2',
  eventNames: [
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'ModifySecurityGroupRules',
    'DeleteSecurityGroup',
  ],
  where: { sourceIPAddress: [{ 'anything-but': 'cloudformation.amazonaws.com' }] },
  subjectPath: '$.detail.requestParameters.groupId',
};

/**
 * A tag that nodes set (`media/boot/adopt-spool.py`): no node looks at the volume again until a person has taken the tag away.
 * An array matches by any of its elements (EventBridge user guide, "Arrays in event patterns").
 */
const spoolFaults: Alert = {
  id: 'SpoolLeftToAPerson',
  what: 'a spool that may hold recordings waits for a person (docs/recorder.md)',
  source: 'aws.ec2',
  eventNames: ['CreateTags'],
  where: { requestParameters: { tagSet: { items: { key: [SPOOL_FAULT_TAG] } } } },
  subjectPath: '$.detail.requestParameters.resourcesSet.items[0].resourceId',
};
