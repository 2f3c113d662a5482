import { DescribeBudgetsCommand, DescribeNotificationsForBudgetCommand } from '@aws-sdk/client-budgets';
import { GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import type { RegionPlan } from '../../../regions/plan/types';
import { alarmChecks } from './alarms';
import type { Aws, Region } from './aws';
import { type Check, check, only } from './check';
import { topicChecks } from './topic';

/** Who is told, what is shown, what it may cost. Saved queries are told of in the emulator's report: it has none to ask. */
export function watchChecks(plan: RegionPlan, aws: Aws): Check[] {
  const region = aws.in(plan.region);
  return [
    ...topicChecks(plan, region),
    ...plan.cells.flatMap((cell) => alarmChecks({ plan, cell, region })),
    dashboardCheck(plan, region),
    ...(plan.monthlyBudgetUsd === undefined ? [] : [budgetCheck(plan, plan.monthlyBudgetUsd, region)]),
  ];
}

const dashboardCheck = ({ names, cells }: RegionPlan, { cloudwatch }: Region): Check =>
  check(
    `dashboard ${names.prefix}: cells on it`,
    cells.map(({ azId }) => azId),
    async () => {
      const { DashboardBody = '' } = await cloudwatch.send(new GetDashboardCommand({ DashboardName: names.prefix }));
      return cells.map(({ azId }) => azId).filter((azId) => DashboardBody.includes(`Cell ${azId}`));
    },
  );

function budgetCheck({ account, deployment }: RegionPlan, limitUsd: number, { budgets }: Region): Check {
  const BudgetName = `voicecell-${deployment}`;
  const notifications = ['ACTUAL above 100', 'FORECASTED above 80'];
  return check(`budget ${BudgetName}`, { usd: limitUsd, per: 'MONTHLY', notifications }, async () => {
    const { Budgets } = await budgets.send(new DescribeBudgetsCommand({ AccountId: account }));
    const budget = only(
      Budgets?.filter((one) => one.BudgetName === BudgetName),
      `budget ${BudgetName}`,
    );
    const asked = new DescribeNotificationsForBudgetCommand({ AccountId: account, BudgetName });
    const { Notifications = [] } = await budgets.send(asked);
    return {
      usd: Number(budget.BudgetLimit?.Amount),
      per: budget.TimeUnit,
      notifications: Notifications.map(
        ({ NotificationType, Threshold }) => `${NotificationType} above ${Threshold}`,
      ).toSorted(),
    };
  });
}
