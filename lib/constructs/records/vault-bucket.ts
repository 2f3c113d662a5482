import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import type { VaultClass } from '../../../regions/plan/vaults';
import { tag } from '../../tags';
import { BUCKET_DEFAULTS } from './bucket-defaults';
import { bucketGuards, guard } from './bucket-guards';
import { cfnBucketOf } from './cfn-bucket';
import type { Guardians } from './guardians';
import { vaultPolicy } from './vault-policy';
import { defaultLock, vaultLifecycle, vaultRetention } from './vault-retention';

export interface VaultBucketProps {
  readonly plan: RegionPlan;
  readonly bucketName: string;
  readonly dataClass: VaultClass;
  readonly key: kms.IKey;
  readonly logBucket: s3.IBucket;
  readonly guardians: Guardians;
  /**
   * ARN of the role that replicates into this bucket.
   * @default nobody replicates into it
   */
  readonly replicator?: string;
}

/** A bucket that locks every object on arrival, and whose lock neither writers nor administrators can weaken. */
export class VaultBucket extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: VaultBucketProps) {
    super(scope, id);
    const { plan, bucketName, dataClass, key, logBucket, guardians, replicator } = props;
    const retention = vaultRetention(plan, dataClass);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...BUCKET_DEFAULTS,
      bucketName,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      lifecycleRules: vaultLifecycle(retention),
      serverAccessLogsBucket: logBucket,
      serverAccessLogsPrefix: `access/${bucketName}/`,
      inventories: [lockInventory(logBucket, bucketName)],
    });
    cfnBucketOf(this.bucket).objectLockConfiguration = defaultLock(retention);
    guard(this.bucket, [
      ...bucketGuards(this.bucket, guardians),
      ...vaultPolicy({ bucket: this.bucket, key, retention, guardians, replicator }),
    ]);
    tag(this, { dataClass });
  }
}

/** Every version with its lock and checksum, daily: what an examiner, or an audit, compares the ledger with. */
const lockInventory = (bucket: s3.IBucket, of: string): s3.Inventory => ({
  inventoryId: 'locks',
  destination: { bucket, prefix: `inventory/${of}` },
  frequency: s3.InventoryFrequency.DAILY,
  format: s3.InventoryFormat.PARQUET,
  includeObjectVersions: s3.InventoryObjectVersion.ALL,
  optionalFields: [
    'Size',
    'LastModifiedDate',
    'EncryptionStatus',
    'ChecksumAlgorithm',
    'ObjectLockMode',
    'ObjectLockRetainUntilDate',
    'ObjectLockLegalHoldStatus',
  ],
});
