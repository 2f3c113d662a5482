import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import {
  SCALE_IN_COOLDOWN_SECONDS,
  SCALE_IN_QUIET_MINUTES,
  scaleOutCooldownSeconds,
  scalingThresholds,
} from '../../../regions/capacity/scaling';
import type { CellPlan, Range } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import { type MeteredCell, PERIOD } from './cell-metrics';
import { type LoadExpression, loadAfterScaleIn, loadPerTask } from './load-expression';

export interface CallScalingProps {
  readonly context: MeteredCell;
  readonly service: CfnService;
  /** Name of the service in the cell's cluster, a plain string. */
  readonly serviceName: string;
  /** Concurrent calls one task carries inside its latency budget. */
  readonly callsPerTask: number;
  readonly tasks: Range;
  /**
   * Longest a healthy task takes to start, in seconds.
   * @default 300
   */
  readonly startSeconds?: number;
}

/**
 * Scales one service of a cell on the calls in progress of the cell for each of the service's own tasks. Target
 * tracking only adds. Tasks go one at a time, by an alarm on what the others would then carry, after a quiet quarter
 * of an hour; missing metrics never remove one.
 */
export class CallScaling extends Construct {
  private readonly target: CfnScalableTarget;

  constructor(scope: Construct, id: string, props: CallScalingProps) {
    super(scope, id);
    this.target = this.createTarget(props);
    this.scaleOut(props);
    this.scaleIn(props);
  }

  /** Registering the target also lifts the service to its minimum (Application Auto Scaling API, RegisterScalableTarget). */
  private createTarget({ context, service, serviceName, tasks }: CallScalingProps): CfnScalableTarget {
    const target = new CfnScalableTarget(this, 'Target', {
      ...scaledDimension(context.cell, serviceName),
      minCapacity: tasks.min,
      maxCapacity: tasks.max,
      roleArn: serviceLinkedRoleArn(context.plan),
    });
    target.node.addDependency(service);
    return target;
  }

  private scaleOut({ context, serviceName, callsPerTask, startSeconds = 0 }: CallScalingProps): void {
    new CfnScalingPolicy(this, 'ScaleOut', {
      policyName: `${serviceName}-scale-out`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: this.target.ref,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: scalingThresholds(callsPerTask).scaleOutCallsPerTask,
        customizedMetricSpecification: { metrics: targetTrackingQueries(loadPerTask(context, serviceName)) },
        scaleOutCooldown: scaleOutCooldownSeconds(startSeconds),
        disableScaleIn: true,
      },
    });
  }

  private scaleIn(props: CallScalingProps): void {
    const policy = new CfnScalingPolicy(this, 'ScaleIn', {
      policyName: `${props.serviceName}-scale-in`,
      policyType: 'StepScaling',
      scalingTargetId: this.target.ref,
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        cooldown: SCALE_IN_COOLDOWN_SECONDS,
        metricAggregationType: 'Average',
        // Bounds are relative to the alarm's threshold: everything below it removes one task, nothing above it does.
        stepAdjustments: [{ metricIntervalUpperBound: 0, scalingAdjustment: -1 }],
      },
    });
    this.quietAlarm(props).addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
  }

  private quietAlarm({ context, serviceName, callsPerTask }: CallScalingProps): Alarm {
    const threshold = scalingThresholds(callsPerTask).scaleInCallsPerTask;
    const { expression, metrics } = loadAfterScaleIn(context, serviceName, threshold);
    return new Alarm(this, 'Quiet', {
      alarmName: `${context.cell.name}-${serviceName}-scale-in`,
      alarmDescription: 'One task fewer would do. Drives scaling; an alarm state is no fault.',
      metric: new MathExpression({ expression, usingMetrics: { ...metrics }, period: PERIOD, label: 'calls per task' }),
      threshold,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: SCALE_IN_QUIET_MINUTES,
      datapointsToAlarm: SCALE_IN_QUIET_MINUTES,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

const scaledDimension = (cell: CellPlan, serviceName: string) => ({
  serviceNamespace: 'ecs',
  scalableDimension: 'ecs:service:DesiredCount',
  resourceId: `service/${cell.name}/${serviceName}`,
});

/** Named in full, CloudFormation creates the service-linked role where an account does not have it yet. */
const serviceLinkedRoleArn = ({ partition, account }: RegionPlan): string =>
  `arn:${partition}:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;

function targetTrackingQueries(load: LoadExpression): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty[] {
  const metrics = Object.entries(load.metrics).map(([id, { namespace, metricName, dimensions = {}, statistic }]) => ({
    id,
    metricStat: {
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value: String(value) })),
      },
      stat: statistic,
    },
    returnData: false,
  }));
  return [...metrics, { id: 'load', expression: load.expression, label: 'calls per task', returnData: true }];
}
