import { ListTargetsByRuleCommand, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { reconciledDaysAgo, reconciliationOf } from '../../../regions/plan/reconciliation';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';

/** The function that compares ledger, vaults and copies is called once a day for each day that it compares. */
export const reconcilerChecks = (plan: RegionPlan, { events }: Region): Check[] => {
  const { partition, region, account, names } = plan;
  const TargetArn = `arn:${partition}:lambda:${region}:${account}:function:${names.reconciler}`;
  const expected = reconciledDaysAgo(reconciliationOf(plan)).map((ago) => `{"time":<time>,"daysAgo":${ago}}`);
  return [
    check(`function ${names.reconciler}: called for each day`, expected, async () => {
      const { RuleNames: [Rule] = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
      return Targets.map(({ InputTransformer }) => InputTransformer?.InputTemplate);
    }),
  ];
};
