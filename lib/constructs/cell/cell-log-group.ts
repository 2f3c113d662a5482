import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import type { RegionRecords } from '../records/region-records';

export interface CellLogGroupProps {
  readonly plan: RegionPlan;
  readonly records: RegionRecords;
  readonly name: string;
  /**
   * What the lines may hold: a model server may write parts of a prompt.
   * @default 'log'
   */
  readonly dataClass?: 'log' | 'prompt';
}

/** An encrypted log group kept as long as the plan keeps its class of data, and longer than the cell that writes it. */
export function cellLogGroup(scope: Construct, id: string, props: CellLogGroupProps): CfnLogGroup {
  const { plan, records, name, dataClass = 'log' } = props;
  const group = new CfnLogGroup(scope, id, {
    logGroupName: name,
    kmsKeyId: records.keys.log.keyArn,
    retentionInDays: plan.retention[dataClass].logGroupDays,
  });
  // A group whose creation is rolled back goes, or its name would block the next attempt.
  group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  tag(group, { dataClass });
  return group;
}
