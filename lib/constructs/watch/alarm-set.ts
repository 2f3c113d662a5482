import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpec } from './alarm-spec';

export interface AlarmSetProps {
  /** What the alarms watch; their names begin with it. */
  readonly subject: string;
  readonly specs: readonly AlarmSpec[];
  readonly topic: ITopic;
}

/** Alarms that tell the topic when they go off and when they are well again. */
export class AlarmSet extends Construct {
  constructor(scope: Construct, id: string, { subject, specs, topic }: AlarmSetProps) {
    super(scope, id);
    const notify = new SnsAction(topic);
    for (const spec of specs) {
      const alarm = this.create(spec, subject);
      alarm.addAlarmAction(notify);
      alarm.addOkAction(notify);
    }
  }

  private create(spec: AlarmSpec, subject: string): Alarm {
    return new Alarm(this, spec.id, {
      alarmName: `${subject}-${dashed(spec.id)}`,
      alarmDescription: spec.description,
      metric: spec.metric,
      comparisonOperator: COMPARISON[spec.is],
      threshold: spec.threshold,
      evaluationPeriods: spec.periods,
      treatMissingData: spec.silence,
    });
  }
}

const COMPARISON = {
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
} as const;

const dashed = (id: string): string => id.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
