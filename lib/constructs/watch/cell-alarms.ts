import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import type { AlarmSpec } from './alarm-spec';
import { callAlarms } from './call-alarms';
import { tierAlarms, tiersOf } from './tier-alarms';

export interface CellAlarmsProps {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly topic: ITopic;
}

/** Every alarm of one cell. It names the cell's services, so that it needs no reference to the cell's stack. */
export class CellAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: CellAlarmsProps) {
    super(scope, id);
    const specs = [...callAlarms(props), ...tiersOf(props.cell).flatMap((tier) => tierAlarms(props, tier))];
    this.alarms = specs.map((spec) => this.create(spec, props));
    tag(this, { cell: props.cell.azId });
  }

  private create(spec: AlarmSpec, { cell, topic }: CellAlarmsProps): Alarm {
    const alarm = new Alarm(this, spec.id, {
      alarmName: `${cell.name}-${dashed(spec.id)}`,
      alarmDescription: spec.description,
      metric: spec.metric,
      comparisonOperator: COMPARISON[spec.is],
      threshold: spec.threshold,
      evaluationPeriods: spec.periods,
      treatMissingData: spec.silence,
    });
    const notify = new SnsAction(topic);
    alarm.addAlarmAction(notify);
    alarm.addOkAction(notify);
    return alarm;
  }
}

const COMPARISON = {
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
} as const;

const dashed = (id: string): string => id.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
