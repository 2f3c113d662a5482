import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';
import { denialsOf, statementsOf } from './policy';

export interface BucketSpec {
  readonly name: string;
  readonly region: Region;
  /** Absent: encrypted by S3 itself. */
  readonly keyAlias?: string;
  /** Named denials that every bucket's TLS denials come on top of. */
  readonly denials: readonly string[];
  /** Bucket that gets the access log; absent for a bucket of logs. */
  readonly logsTo?: string;
  /** `expire <days>`, `expire old versions <days>`, `<storage class> <days>`. */
  readonly lifecycle: readonly string[];
}

/** What holds of every bucket of the kit. */
export const bucketChecks = (spec: BucketSpec): Check[] => [
  encryption(spec),
  privacy(spec),
  check(`bucket ${spec.name}: denials by name`, spec.denials.toSorted(), async () =>
    denialsOf(await policyOf(spec.region, spec.name)).filter((sid) => sid !== 'without a name'),
  ),
  tls(spec),
  check(`bucket ${spec.name}: tiers and end of life`, spec.lifecycle.toSorted(), async () => {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: spec.name });
    return ((await spec.region.s3.send(command)).Rules ?? []).filter(isEnabled).flatMap(linesOf).toSorted();
  }),
  check(`bucket ${spec.name}: access log`, spec.logsTo, async () => {
    const { LoggingEnabled } = await spec.region.s3.send(new GetBucketLoggingCommand({ Bucket: spec.name }));
    return LoggingEnabled?.TargetBucket;
  }),
];

export async function policyOf({ s3 }: Region, Bucket: string): Promise<string> {
  return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '';
}

const encryption = ({ name, region, keyAlias }: BucketSpec): Check =>
  check(
    `bucket ${name}: default encryption`,
    keyAlias ? { algorithm: 'aws:kms', plannedKey: true, bucketKey: true } : { algorithm: 'AES256', plannedKey: false },
    async () => {
      const answer = await region.s3.send(new GetBucketEncryptionCommand({ Bucket: name }));
      const [rule] = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
      const key = keyAlias && (await keyArn(region, keyAlias));
      return {
        algorithm: SSEAlgorithm,
        plannedKey: key !== undefined && KMSMasterKeyID === key,
        bucketKey: keyAlias && rule?.BucketKeyEnabled,
      };
    },
  );

const EVERY_BLOCK = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const privacy = ({ name: Bucket, region: { s3 } }: BucketSpec): Check =>
  check(
    `bucket ${Bucket}: blocked to the public, versioned, owned`,
    { blocked: EVERY_BLOCK, versioning: 'Enabled', ownership: ['BucketOwnerEnforced'] },
    async () => {
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
      const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
      return {
        blocked: PublicAccessBlockConfiguration,
        versioning: Status,
        ownership: OwnershipControls?.Rules?.map(({ ObjectOwnership }) => ObjectOwnership),
      };
    },
  );

/** Everything is denied without TLS, and with a TLS older than 1.2. */
const tls = ({ name, region }: BucketSpec): Check =>
  check(`bucket ${name}: denied without TLS 1.2`, { plain: true, older: true }, async () => {
    const denials = statementsOf(await policyOf(region, name)).filter(
      ({ effect, actions }) => effect === 'Deny' && actions.includes('s3:*'),
    );
    const has = (operator: string, key: string, value: string) =>
      denials.some(({ condition }) => String(condition[operator]?.[key]) === value);
    return {
      plain: has('Bool', 'aws:SecureTransport', 'false'),
      older: has('NumericLessThan', 's3:TlsVersion', '1.2'),
    };
  });

const isEnabled = ({ Status }: LifecycleRule): boolean => Status === 'Enabled';

const linesOf = ({ Expiration, NoncurrentVersionExpiration, Transitions = [] }: LifecycleRule): string[] => [
  ...(Expiration?.Days === undefined ? [] : [`expire ${Expiration.Days}`]),
  ...(NoncurrentVersionExpiration ? [`expire old versions ${NoncurrentVersionExpiration.NoncurrentDays}`] : []),
  ...Transitions.map(({ StorageClass, Days }) => `${StorageClass} ${Days}`),
];
