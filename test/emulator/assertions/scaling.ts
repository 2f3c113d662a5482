import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { SCALE_IN_QUIET_MINUTES, scalingThresholds } from '../../../regions/capacity/scaling';
import type { Place } from './cell';
import { type Check, check, once, only } from './check';
import type { PlannedTier } from './tiers';

/** Between the planned bounds: target tracking adds, and only a long quiet takes one task away. */
export function scalingChecks({ serviceName, tasks, callsPerTask }: PlannedTier, place: Place): Check[] {
  const { cell, region } = place;
  const target = { ServiceNamespace: 'ecs' as const, ResourceIds: [`service/${cell.name}/${serviceName}`] };
  const policies = once(() => policiesOf(`service/${cell.name}/${serviceName}`, place));
  const { scaleOutCallsPerTask, scaleInCallsPerTask } = scalingThresholds(callsPerTask);
  const what = `scaling of ${serviceName} in ${cell.azId}`;
  return [
    check(`${what}: bounds`, tasks, async () => {
      const answer = await region.scaling.send(new DescribeScalableTargetsCommand(target));
      const { MinCapacity, MaxCapacity } = only(answer.ScalableTargets, what);
      return { min: MinCapacity, max: MaxCapacity };
    }),
    check(`${what}: policies`, [ADDS(scaleOutCallsPerTask), REMOVES], async () =>
      (await policies()).map(lineOf).toSorted(),
    ),
    quietCheck(
      { what, name: `${cell.name}-${serviceName}-scale-in`, threshold: scaleInCallsPerTask },
      { place, policies },
    ),
  ];
}

const ADDS = (callsPerTask: number): string => `add towards ${callsPerTask} calls a task, remove none`;
const REMOVES = 'change by -1';

async function policiesOf(ResourceId: string, { region }: Place): Promise<ScalingPolicy[]> {
  const answer = await region.scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs', ResourceId }));
  return answer.ScalingPolicies ?? [];
}

function lineOf({
  TargetTrackingScalingPolicyConfiguration: tracking,
  StepScalingPolicyConfiguration: steps,
}: ScalingPolicy): string {
  if (tracking)
    return `add towards ${tracking.TargetValue} calls a task, remove ${tracking.DisableScaleIn ? 'none' : 'too'}`;
  return `change by ${steps?.StepAdjustments?.map(({ ScalingAdjustment }) => ScalingAdjustment).join(', ')}`;
}

interface Quiet {
  readonly what: string;
  readonly name: string;
  readonly threshold: number;
}

interface Asked {
  readonly place: Place;
  readonly policies: () => Promise<readonly ScalingPolicy[]>;
}

/** The alarm that removes, and what it removes by. */
function quietCheck({ what, name, threshold }: Quiet, { place, policies }: Asked): Check {
  const expected = { threshold, minutes: SCALE_IN_QUIET_MINUTES, whenSilent: 'notBreaching', runsThePolicy: true };
  return check(`${what}: when one may go`, expected, async () => {
    const { MetricAlarms } = await place.region.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    const alarm = only(MetricAlarms, `alarm ${name}`);
    const removing = (await policies()).find((policy) => lineOf(policy) === REMOVES)?.PolicyARN;
    return {
      threshold: alarm.Threshold,
      minutes: alarm.EvaluationPeriods,
      whenSilent: alarm.TreatMissingData,
      runsThePolicy: removing !== undefined && alarm.AlarmActions?.join() === removing,
    };
  });
}
