import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  type BucketVersioningStatus,
  type LifecycleRule,
  type ObjectLockConfiguration,
  type ObjectLockRule,
  type S3Client,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { done, policyWith, policyWithout, swapped, toggled, type Drift, type Undo } from './drift';

type Inject = (s3: S3Client, Bucket: string) => Promise<Undo | undefined>;

const bucket = (what: string, inject: Inject, found: string, ...minded: readonly string[]): Drift => ({
  what,
  inject: (kit) => inject(kit.here.s3, kit.idOf('AWS::S3::Bucket', /^RecordingsBucket/)),
  found: [found],
  minded,
});

const changedPolicy = (s3: S3Client, Bucket: string, change: (policy: string) => string): Promise<Undo> =>
  swapped(
    async () => (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '',
    (Policy) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
    change,
  );

const POLICIES: readonly Drift[] = [
  bucket(
    'a bucket policy that no longer denies deletion',
    (s3, Bucket) => changedPolicy(s3, Bucket, (policy) => policyWithout(policy, 'DenyDeletion')),
    'RecordingsBucketPolicy.PolicyDocument',
  ),
  bucket(
    'a bucket policy that lets another account read',
    (s3, Bucket) =>
      changedPolicy(s3, Bucket, (policy) =>
        policyWith(policy, {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::999988887777:root' },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
        }),
      ),
    'RecordingsBucketPolicy.PolicyDocument',
    'ACC-10 unmet RecordingsBucketPolicy',
  ),
  bucket(
    'a bucket policy deleted',
    async (s3, Bucket) => {
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
      return done(s3.send(new DeleteBucketPolicyCommand({ Bucket })), () =>
        s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
      );
    },
    'RecordingsBucketPolicy is gone',
    'ENC-06 unmet RecordingsBucket',
  ),
];

const lockOf =
  (Rule: ObjectLockRule | undefined): Inject =>
  (s3, Bucket) =>
    swapped(
      async () => (await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration?.Rule,
      (rule) => s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: locked(rule) })),
      () => Rule,
    );

/** The emulator says zero years besides the days, and takes only one of them. */
const locked = (rule: ObjectLockRule | undefined): ObjectLockConfiguration => {
  const { Mode, Days } = rule?.DefaultRetention ?? {};
  return { ObjectLockEnabled: 'Enabled', ...(Days && { Rule: { DefaultRetention: { Mode, Days } } }) };
};

const KEPT: readonly Drift[] = [
  bucket('no lock of new objects', lockOf(undefined), 'RecordingsBucket.ObjectLockConfiguration'),
  bucket(
    'a lock of another length',
    lockOf({ DefaultRetention: { Mode: 'GOVERNANCE', Days: 3 } }),
    'RecordingsBucket.ObjectLockConfiguration',
  ),
  bucket(
    'a lock of another mode',
    lockOf({ DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } }),
    'RecordingsBucket.ObjectLockConfiguration',
  ),
  bucket(
    'versions suspended',
    (s3, Bucket) =>
      toggled<BucketVersioningStatus>(
        (Status) => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } })),
        'Suspended',
        'Enabled',
      ),
    'RecordingsBucket.VersioningConfiguration',
  ),
  bucket(
    'objects that expire after a week',
    (s3, Bucket) =>
      swapped<LifecycleRule[] | undefined>(
        async () => (await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
        (Rules) => s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })),
        (rules = []) => [
          ...rules,
          { ID: 'by-hand', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 7 } },
        ],
      ),
    'RecordingsBucket.LifecycleConfiguration',
  ),
  bucket(
    'a rule of the lifecycle that moves old versions',
    (s3, Bucket) =>
      swapped<LifecycleRule[] | undefined>(
        async () => (await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
        (Rules) => s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })),
        (rules = []) =>
          rules.map((rule) => ({
            ...rule,
            NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }],
          })),
      ),
    'RecordingsBucket.LifecycleConfiguration',
  ),
  bucket(
    'no lifecycle',
    async (s3, Bucket) => {
      const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      return done(s3.send(new DeleteBucketLifecycleCommand({ Bucket })), () =>
        s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })),
      );
    },
    'RecordingsBucket.LifecycleConfiguration',
  ),
];

const OTHERS: readonly Drift[] = [
  bucket(
    'encryption by a key of S3’s own',
    (s3, Bucket) =>
      swapped<ServerSideEncryptionRule[] | undefined>(
        async () =>
          (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules,
        (Rules) => s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } })),
        () => [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      ),
    'RecordingsBucket.BucketEncryption',
    'ENC-01 unmet RecordingsBucket',
    'ENC-04 met RecordingsBucket',
  ),
  bucket(
    'no block of public access',
    async (s3, Bucket) => {
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      return done(s3.send(new DeletePublicAccessBlockCommand({ Bucket })), () =>
        s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
      );
    },
    'RecordingsBucket.PublicAccessBlockConfiguration',
    'ACC-02 unmet RecordingsBucket',
  ),
  bucket(
    'no access log',
    (s3, Bucket) =>
      swapped(
        async () => (await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled,
        (LoggingEnabled) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } })),
        () => undefined,
      ),
    'RecordingsBucket.LoggingConfiguration',
    'AUD-06 unmet RecordingsBucket',
  ),
  bucket(
    'no class of data',
    (s3, Bucket) =>
      swapped(
        async () => (await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet,
        (TagSet) => s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } })),
        (tags) => tags?.filter(({ Key }) => Key !== 'voicecell:data-class'),
      ),
    'RecordingsBucket.Tags',
    'AUD-01 silent RecordingsBucket',
    'AUD-07 silent RecordingsBucket',
    'GOV-04 unmet RecordingsBucket',
    'PRV-02 indeterminate',
    'REC-01 indeterminate',
    'REC-02 indeterminate',
    'REC-03 indeterminate',
    'REC-04 indeterminate',
    'REC-05 indeterminate',
    'REC-06 indeterminate',
    'REC-07 indeterminate',
    'REC-08 indeterminate',
    'REC-09 indeterminate',
    'REC-10 indeterminate',
    'REC-12 indeterminate',
    'REC-13 indeterminate',
    'REC-14 indeterminate',
    'REC-15 indeterminate',
    'REC-16 indeterminate',
    'RES-03 silent RecordingsBucket',
  ),
  bucket(
    'no copy elsewhere',
    async (s3, Bucket) => {
      const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
      return done(s3.send(new DeleteBucketReplicationCommand({ Bucket })), () =>
        s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration })),
      );
    },
    'RecordingsBucket.ReplicationConfiguration',
    'PRV-02 unmet RecordingsBucket',
    'RES-04 silent RecordingsBucket',
  ),
];

export const DRIFTS_OF_BUCKETS: readonly Drift[] = [...OTHERS, ...POLICIES, ...KEPT];
