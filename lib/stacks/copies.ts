import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../regions/plan/types';
import { VAULTS, type Vault } from '../../regions/plan/vaults';
import { CopiesAlerts } from '../constructs/guard/copies-alerts';
import { roleArns } from '../constructs/records/arns';
import { VAULT_IDS } from '../constructs/records/built-vault';
import { GuardedKey } from '../constructs/records/guarded-key';
import { type Guardians, guardiansOf } from '../constructs/records/guardians';
import { LogBucket } from '../constructs/records/log-bucket';
import { VaultBucket } from '../constructs/records/vault-bucket';
import { RegionStack } from './region-stack';

/** What a `CopiesStack` is built from. */
export interface CopiesStackProps {
  /** From `planDeployment`; its account and the region of its copies become the environment of the stack. */
  readonly plan: RegionPlan;
}

/**
 * The second, locked copy of a region's vault, in another region of its jurisdiction. It is deployed before the
 * region's records, which replicate into it by name. Where the deployment runs no guard, it has alerts of its own.
 */
export class CopiesStack extends RegionStack {
  private readonly plan: RegionPlan;
  private readonly guardians: Guardians;
  private readonly logs: LogBucket;

  constructor(scope: Construct, id: string, { plan }: CopiesStackProps) {
    super(scope, id, {
      plan,
      region: plan.copies.region,
      description: `Locked copies of the records of ${plan.names.prefix}`,
      terminationProtection: true,
    });
    this.plan = plan;
    this.guardians = guardiansOf(plan, plan.copies.cfnExecutionRoleArn);
    this.logs = new LogBucket(this, 'Logs', {
      bucketName: plan.names.buckets.logsCopy,
      retentionDays: plan.retention.log.days,
      guardians: this.guardians,
    });
    for (const vault of VAULTS) this.copy(vault);
    if (plan.copies.alerts === 'own') new CopiesAlerts(this, 'Alerts', { plan, guardians: this.guardians });
  }

  private copy({ dataClass, copy, copyKey }: Vault): void {
    const { plan, guardians } = this;
    const id = VAULT_IDS[dataClass];
    const { key } = new GuardedKey(this, `${id}Key`, {
      alias: plan.names.keyAliases[copyKey],
      description: `${plan.names.prefix} ${dataClass} copy`,
      dataClass,
      guardians,
    });
    const { bucket } = new VaultBucket(this, id, {
      plan,
      bucketName: plan.names.buckets[copy],
      dataClass,
      key,
      logBucket: this.logs.bucket,
      guardians,
      replicator: roleArns(plan).replication,
    });
    new CfnOutput(this, `${id}BucketName`, { description: `Locked copy (${dataClass})`, value: bucket.bucketName });
  }
}
