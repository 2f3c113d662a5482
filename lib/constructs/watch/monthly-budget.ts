import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';

export interface MonthlyBudgetProps {
  readonly plan: RegionPlan;
  readonly limitUsd: number;
}

/**
 * What the deployment may cost a month, in all its regions. It counts what carries the deployment's tag, which the payer
 * must first activate as a cost allocation tag.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, { plan, limitUsd }: MonthlyBudgetProps) {
    super(scope, id);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `voicecell-${plan.deployment}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limitUsd, unit: 'USD' },
        metrics: ['UnblendedCost'],
        filterExpression: {
          tags: { key: 'voicecell:deployment', values: [plan.deployment], matchOptions: ['EQUALS'] },
        },
      },
      notificationsWithSubscribers: [
        notification('FORECASTED', 80, plan.alarmEmail),
        notification('ACTUAL', 100, plan.alarmEmail),
      ],
    });
  }
}

const notification = (
  notificationType: 'FORECASTED' | 'ACTUAL',
  threshold: number,
  address: string,
): CfnBudget.NotificationWithSubscribersProperty => ({
  notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
  subscribers: [{ subscriptionType: 'EMAIL', address }],
});
