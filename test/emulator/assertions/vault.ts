import { GetBucketReplicationCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { bucketArn, roleArns } from '../../../lib/constructs/records/arns';
import type { Names, RegionPlan, RetentionPlan } from '../../../regions/plan/types';
import { type Vault, type VaultClass, VAULTS } from '../../../regions/plan/vaults';
import type { Region } from './aws';
import { type BucketSpec, bucketChecks, policyOf } from './bucket';
import { type Check, check } from './check';
import { conditionOf } from './policy';

interface Locked {
  readonly bucket: keyof Names['buckets'];
  readonly alias: keyof Names['keyAliases'];
  readonly dataClass: VaultClass;
  readonly logs: 'logs' | 'logsCopy';
}

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

/** Every vault and its copy: locked alike; the vaults replicate into the copies. */
export const vaultChecks = (plan: RegionPlan, region: Region, copies: Region): Check[] => [
  ...VAULTS.flatMap(({ bucket, key, copy, copyKey, dataClass }) => [
    ...checksOf(plan, { bucket, alias: key, dataClass, logs: 'logs' }, region),
    ...checksOf(plan, { bucket: copy, alias: copyKey, dataClass, logs: 'logsCopy' }, copies),
  ]),
  ...VAULTS.map((vault) => replicationCheck(plan, vault, region)),
];

function checksOf(plan: RegionPlan, { bucket, alias, dataClass, logs }: Locked, region: Region): Check[] {
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

const shortest = ({ retention }: RegionPlan, { name, region }: BucketSpec, dataClass: VaultClass): Check[] => [
  check(`bucket ${name}: shortest lock of an upload, days`, String(retention[dataClass].days), async () => {
    const policy = await policyOf(region, name);
    const key = 's3:object-lock-remaining-retention-days';
    return conditionOf(policy, 'DenyShortRetention', 'NumericLessThan', key);
  }),
];

function replicationCheck(plan: RegionPlan, { bucket, copy, copyKey }: Vault, region: Region): Check {
  const { partition, account, copies, names } = plan;
  const expected = {
    role: roleArns(plan).replication,
    status: 'Enabled',
    to: bucketArn(plan, names.buckets[copy]),
    key: `arn:${partition}:kms:${copies.region}:${account}:${names.keyAliases[copyKey]}`,
    deletions: 'Disabled',
  };
  return check(`bucket ${names.buckets[bucket]}: replication`, expected, async () => {
    const Bucket = names.buckets[bucket];
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
