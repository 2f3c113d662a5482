import { CfnOutput } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../regions/plan/types';
import { VAULTS, type Vault, type VaultClass } from '../../regions/plan/vaults';
import { configDelivery } from '../constructs/guard/config-delivery';
import { AccessRoles } from '../constructs/records/access-roles';
import { type BuiltVault, VAULT_IDS } from '../constructs/records/built-vault';
import { DataKeySet } from '../constructs/records/data-keys';
import { type Guardians, guardiansOf } from '../constructs/records/guardians';
import { ImageRepositories } from '../constructs/records/image-repositories';
import { Ledger } from '../constructs/records/ledger';
import { LedgerDelivery } from '../constructs/records/ledger-delivery';
import { LedgerStream } from '../constructs/records/ledger-stream';
import { LogBucket } from '../constructs/records/log-bucket';
import { NumberKey } from '../constructs/records/number-key';
import type { DataKeys, RegionRecords } from '../constructs/records/region-records';
import { Reconciler } from '../constructs/records/reconciler';
import { Replication } from '../constructs/records/replication';
import { Trail } from '../constructs/records/trail';
import { VaultBucket } from '../constructs/records/vault-bucket';
import { WeightsBucket } from '../constructs/records/weights-bucket';
import { RegionStack } from './region-stack';

/** What a `RecordsStack` is built from. */
export interface RecordsStackProps {
  /** From `planDeployment`; its account and region become the environment of the stack. */
  readonly plan: RegionPlan;
}

/** What a region keeps: keys, the vault, the ledger, the trail, and the roles that may touch them. It outlives everything. */
export class RecordsStack extends RegionStack implements RegionRecords {
  readonly keys: DataKeys;
  readonly weightsBucket: s3.IBucket;
  private readonly ledger: dynamodb.ITable;
  readonly writerRoleArn: string;
  readonly repositories: RegionRecords['repositories'];
  private readonly plan: RegionPlan;
  private readonly guardians: Guardians;
  private readonly logs: s3.Bucket;
  private readonly vaults: readonly BuiltVault[];

  constructor(scope: Construct, id: string, { plan }: RecordsStackProps) {
    super(scope, id, { plan, description: `Records of ${plan.names.prefix}`, terminationProtection: true });
    this.plan = plan;
    this.guardians = guardiansOf(plan, plan.names.cfnExecutionRoleArn);
    const { buckets, repositories } = plan.names;

    this.keys = new DataKeySet(this, 'Keys', { plan, guardians: this.guardians });
    this.logs = this.logBucket(buckets.logs);
    this.vaults = VAULTS.map((vault) => this.vault(vault));
    new Replication(this, 'Replication', { plan, vaults: this.vaults });
    this.weightsBucket = this.weights(buckets.weights);
    this.repositories = new ImageRepositories(this, 'Images', { names: repositories, key: this.keys.weights }).byTier;
    const ledger = this.deliveredLedger();
    this.ledger = ledger.table;
    new NumberKey(this, 'NumberKey', { secretName: plan.names.numberKeySecret, key: this.keys.cdr });
    new Trail(this, 'Trail', { plan, key: this.keys.log, logBucket: this.logs, ledger: this.ledger });
    new Reconciler(this, 'Reconciler', { plan, ledger, key: this.keys.cdr, logKey: this.keys.log });
    const roles = this.roles(ledger);
    this.writerRoleArn = roles.writer.roleArn;
    this.output(roles);
  }

  private logBucket(bucketName: string): s3.Bucket {
    const retentionDays = this.plan.retention.log.days;
    const { bucket } = new LogBucket(this, 'Logs', { bucketName, retentionDays, guardians: this.guardians });
    for (const statement of configDelivery(this.plan, bucket)) bucket.addToResourcePolicy(statement);
    return bucket;
  }

  private vault(vault: Vault): BuiltVault {
    const { plan, guardians, logs: logBucket } = this;
    const { dataClass } = vault;
    const key = this.keys[vault.key];
    const bucketName = plan.names.buckets[vault.bucket];
    const props = { plan, bucketName, dataClass, key, logBucket, guardians };
    return { vault, key, bucket: new VaultBucket(this, VAULT_IDS[dataClass], props).bucket };
  }

  private bucketOf(dataClass: VaultClass): s3.Bucket {
    const found = this.vaults.find(({ vault }) => vault.dataClass === dataClass);
    if (!found) throw new Error(`the plan has no vault of ${dataClass}`);
    return found.bucket;
  }

  private deliveredLedger(): Ledger {
    const { plan, keys } = this;
    const { ledgerTable: tableName, ledgerStream: streamName } = plan.names;
    const key = keys.cdr;
    const { stream } = new LedgerStream(this, 'LedgerStream', { streamName, key });
    const bucket = this.bucketOf('cdr');
    new LedgerDelivery(this, 'LedgerDelivery', { plan, stream, bucket, key, logKey: keys.log });
    return new Ledger(this, 'Ledger', { tableName, key, stream });
  }

  private weights(bucketName: string): s3.IBucket {
    return new WeightsBucket(this, 'Weights', { bucketName, key: this.keys.weights, logBucket: this.logs }).bucket;
  }

  private roles(ledger: Ledger): AccessRoles {
    const { plan, keys, vaults } = this;
    return new AccessRoles(this, 'Access', { plan, keys, vaults, ledger });
  }

  private output(roles: AccessRoles): void {
    const output = (id: string, description: string, value: string): CfnOutput =>
      new CfnOutput(this, id, { description, value });
    for (const { vault, bucket } of this.vaults)
      output(`${VAULT_IDS[vault.dataClass]}BucketName`, VAULT_CONTENTS[vault.dataClass], bucket.bucketName);
    output('LogsBucketName', 'Access logs and the trail', this.logs.bucketName);
    output('WeightsBucketName', 'Model weights', this.weightsBucket.bucketName);
    output('LedgerTableName', 'Calls and what happened in each', this.ledger.tableName);
    output('WriterRoleArn', 'Assumed by media nodes', roles.writer.roleArn);
    output('PlaybackRoleArn', 'Finds calls and listens to them', roles.playback.roleArn);
    output('RecordsOfficerRoleArn', 'Holds, extends and exports records', roles.recordsOfficer.roleArn);
    output('KeyAdminRoleArn', 'Administers keys', roles.keyAdmin.roleArn);
    output('BreakGlassRoleArn', 'Emergencies only', roles.breakGlass.roleArn);
  }
}

const VAULT_CONTENTS: Readonly<Record<VaultClass, string>> = {
  recording: 'Vault of recordings and voicemail',
  transcript: 'Vault of transcripts',
  cdr: 'Locked copy of the ledger',
  posture: 'Vault of posture reports',
};
