import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Names, RegionPlan } from '../../regions/plan/types';
import { roleArns } from '../constructs/records/arns';
import { GuardedKey } from '../constructs/records/guarded-key';
import { type Guardians, guardiansOf } from '../constructs/records/guardians';
import { LogBucket } from '../constructs/records/log-bucket';
import { VaultBucket } from '../constructs/records/vault-bucket';
import type { VaultClass } from '../constructs/records/vault-retention';
import { RegionStack } from './region-stack';

/** What a `CopiesStack` is built from. */
export interface CopiesStackProps {
  /** From `planDeployment`; its account and the region of its copies become the environment of the stack. */
  readonly plan: RegionPlan;
}

interface Copy {
  readonly dataClass: VaultClass;
  readonly bucketName: string;
  readonly alias: keyof Names['keyAliases'];
}

/**
 * The second, locked copy of a region's vault, in another region of its jurisdiction. It is deployed before the
 * region's records, which replicate into it by name.
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
    const { logsCopy, recordingsCopy, transcriptsCopy } = plan.names.buckets;
    this.logs = new LogBucket(this, 'Logs', {
      bucketName: logsCopy,
      retentionDays: plan.retention.log.days,
      guardians: this.guardians,
    });
    this.copy('Recordings', { dataClass: 'recording', bucketName: recordingsCopy, alias: 'recordingCopy' });
    this.copy('Transcripts', { dataClass: 'transcript', bucketName: transcriptsCopy, alias: 'transcriptCopy' });
  }

  private copy(id: string, { dataClass, bucketName, alias }: Copy): void {
    const { plan, guardians } = this;
    const { key } = new GuardedKey(this, `${id}Key`, {
      alias: plan.names.keyAliases[alias],
      description: `${plan.names.prefix} ${dataClass} copy`,
      dataClass,
      guardians,
    });
    const { bucket } = new VaultBucket(this, id, {
      plan,
      bucketName,
      dataClass,
      key,
      logBucket: this.logs.bucket,
      guardians,
      replicator: roleArns(plan).replication,
    });
    new CfnOutput(this, `${id}BucketName`, { description: `Locked copy (${dataClass})`, value: bucket.bucketName });
  }
}
