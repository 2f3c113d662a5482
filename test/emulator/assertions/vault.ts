import { GetBucketReplicationCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { bucketArn, roleArns } from '../../../lib/constructs/records/arns';
import type { Names, RegionPlan, RetentionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type BucketSpec, bucketChecks, policyOf } from './bucket';
import { type Check, check } from './check';
import { conditionOf } from './policy';

interface Vault {
  readonly bucket: keyof Names['buckets'];
  readonly alias: keyof Names['keyAliases'];
  readonly dataClass: 'recording' | 'transcript';
  readonly logs: 'logs' | 'logsCopy';
}

const VAULTS: readonly Vault[] = [
  { bucket: 'recordings', alias: 'recording', dataClass: 'recording', logs: 'logs' },
  { bucket: 'transcripts', alias: 'transcript', dataClass: 'transcript', logs: 'logs' },
];
const COPIES: readonly Vault[] = [
  { bucket: 'recordingsCopy', alias: 'recordingCopy', dataClass: 'recording', logs: 'logsCopy' },
  { bucket: 'transcriptsCopy', alias: 'transcriptCopy', dataClass: 'transcript', logs: 'logsCopy' },
];

/** What keeps a writer, a reader and an administrator from weakening or losing a record. */
const DENIALS = [
  'DenyCustomerProvidedKey',
  'DenyDeletion',
  'DenyLegalHold',
  'DenyLockBypass',
  'DenyOtherEncryption',
  'DenyOtherKey',
  'DenyReconfiguration',
  'DenyRetention',
  'DenyShortRetention',
  'DenyWeakerLockMode',
];

/** Both vaults and both copies: locked alike; the vaults replicate into the copies. */
export const vaultChecks = (plan: RegionPlan, region: Region, copies: Region): Check[] => [
  ...VAULTS.flatMap((vault) => checksOf(plan, vault, region)),
  ...COPIES.flatMap((vault) => checksOf(plan, vault, copies)),
  replicationCheck(plan, 'recordings', region),
  replicationCheck(plan, 'transcripts', region),
];

function checksOf(plan: RegionPlan, { bucket, alias, dataClass, logs }: Vault, region: Region): Check[] {
  const name = plan.names.buckets[bucket];
  const spec: BucketSpec = {
    name,
    region,
    keyAlias: plan.names.keyAliases[alias],
    denials: DENIALS,
    logsTo: plan.names.buckets[logs],
    lifecycle: lifecycleOf(plan.retention[dataClass]),
  };
  return [
    lockCheck(name, plan.retention[dataClass], region),
    ...bucketChecks(spec),
    ...shortest(plan, spec, dataClass),
  ];
}

/** Days, never years, whose 365 days fall short of the law's. */
const lockCheck = (Bucket: string, { lockMode, days }: RetentionPlan, { s3 }: Region): Check =>
  check(`bucket ${Bucket}: Object Lock`, { enabled: 'Enabled', mode: lockMode, days }, async () => {
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    const { Mode, Days } = ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
    return { enabled: ObjectLockConfiguration?.ObjectLockEnabled, mode: Mode, days: Days };
  });

/** Tiers and end of life, one line each. */
const lifecycleOf = ({ days, transitions }: RetentionPlan): string[] => [
  `expire ${days}`,
  'expire old versions 1',
  ...transitions.map(({ storageClass, afterDays }) => `${storageClass} ${afterDays}`),
];

const shortest = ({ retention }: RegionPlan, { name, region }: BucketSpec, dataClass: Vault['dataClass']): Check[] => [
  check(`bucket ${name}: shortest lock of an upload, days`, String(retention[dataClass].days), async () => {
    const policy = await policyOf(region, name);
    const key = 's3:object-lock-remaining-retention-days';
    return conditionOf(policy, 'DenyShortRetention', 'NumericLessThan', key);
  }),
];

function replicationCheck(plan: RegionPlan, vault: 'recordings' | 'transcripts', region: Region): Check {
  const copy = vault === 'recordings' ? 'recordingsCopy' : 'transcriptsCopy';
  const alias = vault === 'recordings' ? 'recordingCopy' : 'transcriptCopy';
  const { partition, account, copies, names } = plan;
  const expected = {
    role: roleArns(plan).replication,
    status: 'Enabled',
    to: bucketArn(plan, names.buckets[copy]),
    key: `arn:${partition}:kms:${copies.region}:${account}:${names.keyAliases[alias]}`,
    deletions: 'Disabled',
  };
  return check(`bucket ${names.buckets[vault]}: replication`, expected, async () => {
    const Bucket = names.buckets[vault];
    const { ReplicationConfiguration } = await region.s3.send(new GetBucketReplicationCommand({ Bucket }));
    const [rule] = ReplicationConfiguration?.Rules ?? [];
    return {
      role: ReplicationConfiguration?.Role,
      status: rule?.Status,
      to: rule?.Destination?.Bucket,
      key: rule?.Destination?.EncryptionConfiguration?.ReplicaKmsKeyID,
      deletions: rule?.DeleteMarkerReplication?.Status,
    };
  });
}
