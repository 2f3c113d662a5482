import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../regions/plan/types';
import { AlarmTopic } from '../constructs/watch/alarm-topic';
import { AlarmSet } from '../constructs/watch/alarm-set';
import { cellAlarms } from '../constructs/watch/cell-alarms';
import { ledgerAlarms } from '../constructs/watch/ledger-alarms';
import { MonthlyBudget } from '../constructs/watch/monthly-budget';
import { recordsAlarms } from '../constructs/watch/records-alarms';
import { RegionDashboard } from '../constructs/watch/region-dashboard';
import { SavedQueries } from '../constructs/watch/saved-queries';
import { tag } from '../tags';
import { RegionStack } from './region-stack';

/** What a `WatchStack` is built from. */
export interface WatchStackProps {
  /** From `planDeployment`; its account and region become the environment of the stack. */
  readonly plan: RegionPlan;
  /** Encrypts the topic. */
  readonly topicKey: IKey;
}

/** Who is told, what is shown and what is asked of a running region. Replaceable: it holds no data. */
export class WatchStack extends RegionStack {
  /** Alarms and compliance alerts of the region. */
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { plan, topicKey }: WatchStackProps) {
    super(scope, id, { plan, description: `Alarms and dashboard of ${plan.names.prefix}` });
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { plan, topicName: plan.names.topic, key: topicKey });
    this.topic = topic;
    for (const cell of plan.cells) {
      const alarms = new AlarmSet(this, cell.id, { subject: cell.name, specs: cellAlarms({ plan, cell }), topic });
      tag(alarms, { cell: cell.azId });
    }
    new AlarmSet(this, 'Ledger', { subject: plan.names.prefix, specs: ledgerAlarms(plan), topic });
    new AlarmSet(this, 'Records', { subject: plan.names.prefix, specs: recordsAlarms(plan), topic });
    new RegionDashboard(this, 'RegionDashboard', { plan });
    new SavedQueries(this, 'SavedQueries', { plan });
    if (plan.monthlyBudgetUsd !== undefined)
      new MonthlyBudget(this, 'MonthlyBudget', { plan, limitUsd: plan.monthlyBudgetUsd });
  }
}
