import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, only } from './check';
import { keyArn } from './key-arn';

export interface ExpectedLogGroup {
  readonly name: string;
  /** Absent: kept for ever. */
  readonly days: number | undefined;
  readonly plan: RegionPlan;
  readonly region: Region;
}

/** Encrypted with the key of logs and kept as long as the plan says. */
export const logGroupCheck = ({ name, days, plan, region }: ExpectedLogGroup): Check =>
  check(`log group ${name}: days and key`, { days, ownKey: true }, async () => {
    const { logGroups } = await region.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    const group = only(
      logGroups?.filter(({ logGroupName }) => logGroupName === name),
      `log group ${name}`,
    );
    const key = await keyArn(region, plan.names.keyAliases.log);
    return { days: group.retentionInDays, ownKey: group.kmsKeyId === key };
  });
