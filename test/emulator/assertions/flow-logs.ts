import { DescribeFlowLogsCommand } from '@aws-sdk/client-ec2';
import type { RegionPlan } from '../../../regions/plan/types';
import { type Check, check, only } from './check';
import { logGroupCheck } from './log-groups';
import type { Vpc } from './network';

/** Every flow of the VPC, in an encrypted group that is kept as long as the plan says. */
export function flowLogChecks(plan: RegionPlan, { region, id }: Vpc): Check[] {
  const name = `${plan.names.logGroupPrefix}/flow`;
  return [
    check('flow log of the VPC', { status: 'ACTIVE', traffic: 'ALL', group: name }, async () => {
      const Filter = [{ Name: 'resource-id', Values: [await id()] }];
      const { FlowLogs } = await region.ec2.send(new DescribeFlowLogsCommand({ Filter }));
      const { FlowLogStatus, TrafficType, LogGroupName } = only(FlowLogs, 'flow log of the VPC');
      return { status: FlowLogStatus, traffic: TrafficType, group: LogGroupName };
    }),
    logGroupCheck({ name, days: plan.retention.log.logGroupDays, plan, region }),
  ];
}
