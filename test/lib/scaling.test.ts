import { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import * as fc from 'fast-check';
import { CallScaling } from '../../lib/constructs/scaling/call-scaling';
import { scaleOutCooldownSeconds, scalingThresholds } from '../../regions/capacity/scaling';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { type ScalingRules, simulate } from '../support/scaling-simulation';

const CALLS_PER_TASK = 25;
const TASKS = { min: 2, max: 12 };

function scaledTier(): Template {
  const plan = regionPlan();
  const [cell] = plan.cells;
  if (!cell) throw new Error('the plan of the tests has a cell');
  const stack = new Stack(testApp(), 'Cell');
  const service = new CfnService(stack, 'Service', { serviceName: 'llm', cluster: cell.name });
  new CallScaling(stack, 'Scaling', {
    context: { plan, cell },
    service,
    serviceName: 'llm',
    callsPerTask: CALLS_PER_TASK,
    tasks: TASKS,
    startSeconds: 900,
  });
  return templateOf(stack);
}

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string; readonly Dimensions: object[] } };
}

interface Rendered {
  readonly target: { MinCapacity: number; MaxCapacity: number; RoleARN: string };
  readonly tracking: {
    TargetValue: number;
    ScaleOutCooldown: number;
    CustomizedMetricSpecification: { Metrics: readonly Query[] };
  };
  readonly steps: { Cooldown: number; StepAdjustments: readonly { ScalingAdjustment: number }[] };
  readonly alarm: { Threshold: number; DatapointsToAlarm: number; TreatMissingData: string; Metrics: readonly Query[] };
}

function render(template: Template): Rendered {
  const only = (type: string, properties: object = {}): unknown => {
    const found = Object.values(template.findResources(type, { Properties: properties }));
    expect(found).toHaveLength(1);
    return (found[0] as { Properties: unknown }).Properties;
  };
  const policy = (kind: string) =>
    only('AWS::ApplicationAutoScaling::ScalingPolicy', { PolicyType: kind }) as Record<string, unknown>;
  return {
    target: only('AWS::ApplicationAutoScaling::ScalableTarget'),
    tracking: policy('TargetTrackingScaling')['TargetTrackingScalingPolicyConfiguration'],
    steps: policy('StepScaling')['StepScalingPolicyConfiguration'],
    alarm: only('AWS::CloudWatch::Alarm'),
  } as Rendered;
}

const rulesOf = ({ target, tracking, steps, alarm }: Rendered): ScalingRules => ({
  min: target.MinCapacity,
  max: target.MaxCapacity,
  scaleOutAbove: tracking.TargetValue,
  scaleOutCooldownMinutes: tracking.ScaleOutCooldown / 60,
  scaleInBelow: alarm.Threshold,
  scaleInPoints: alarm.DatapointsToAlarm,
  scaleInStep: steps.StepAdjustments[0]?.ScalingAdjustment ?? 0,
  scaleInCooldownMinutes: steps.Cooldown / 60,
});

let template: Template;
let rendered: Rendered;

beforeAll(() => {
  template = scaledTier();
  rendered = render(template);
});

test('tasks are added by target tracking, which never removes one', () => {
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: { TargetValue: 17.5, DisableScaleIn: true, ScaleOutCooldown: 900 },
  });
});

test('the load is the calls of the cell for each task of the tier that stays', () => {
  const { Metrics: queries } = rendered.tracking.CustomizedMetricSpecification;
  const metric = (id: string) => queries.find(({ Id }) => Id === id)?.MetricStat?.Metric;
  expect(queries.map(({ Id }) => Id)).toEqual(['callsPerNode', 'mediaNodes', 'running', 'desired', 'load']);
  expect(queries.at(-1)?.Expression).toBe('callsPerNode * mediaNodes / IF(running < desired, running, desired)');
  expect(metric('callsPerNode')).toMatchObject({ MetricName: 'CallsInProgress' });
  expect(metric('mediaNodes')?.Dimensions).toContainEqual({ Name: 'ServiceName', Value: 'media' });
  expect(metric('running')?.Dimensions).toContainEqual({ Name: 'ServiceName', Value: 'llm' });
});

test('one task goes when all of fifteen minutes say that the others would do', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 13.75,
    EvaluationPeriods: 15,
    DatapointsToAlarm: 15,
  });
});

test('the last task is never judged superfluous, and neither is one on missing metrics', () => {
  const { TreatMissingData: missing, Metrics: queries } = rendered.alarm;
  const tasks = 'IF(running < desired, running, desired)';
  expect(missing).toBe('notBreaching');
  expect(queries.find(({ Expression }) => Expression)?.Expression).toBe(
    `IF(${tasks} > 1, callsPerNode * mediaNodes / (${tasks} - 1), 13.75)`,
  );
});

test('the step of the scale-in covers all below the threshold and nothing above it', () => {
  const { steps } = rendered;
  expect(steps).toMatchObject({
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
  });
  expect(steps.StepAdjustments[0]).not.toHaveProperty('MetricIntervalLowerBound');
  expect(steps.Cooldown).toBeGreaterThanOrEqual(300);
});

test('the scaling role is the service-linked one', () => {
  expect(rendered.target.RoleARN).toMatch(/:role\/aws-service-role\/ecs\.application-autoscaling\.amazonaws\.com\//);
  template.resourceCountIs('AWS::IAM::Role', 0);
});

/** Quiet night, a morning ramp, a lunch dip, an afternoon peak; with a ripple so that no minute is like the next. */
const dayOfCalls = (minute: number): number =>
  Math.max(0, 120 - 110 * Math.cos((2 * Math.PI * minute) / 1440) - 40 * Math.sin((8 * Math.PI * minute) / 1440)) +
  8 * Math.sin(minute / 3);

test('a day of calls scales out and back in, and no task is ever asked to carry more than it declares', () => {
  const day = simulate(rulesOf(rendered), dayOfCalls, { minutes: 1440, startMinutes: 10 });
  expect(day.scaleOuts.length).toBeGreaterThan(0);
  expect(day.scaleIns.length).toBeGreaterThan(0);
  expect(Math.max(...day.loadPerTask)).toBeLessThanOrEqual(CALLS_PER_TASK);
  expect(day.scaleOuts.length + day.scaleIns.length).toBeLessThan(40);
});

test('no scale-in of the day is undone by a scale-out in the next quarter of an hour at the same load', () => {
  const day = simulate(rulesOf(rendered), dayOfCalls, { minutes: 1440, startMinutes: 10 });
  const undone = day.scaleIns.filter(({ calls, tasks }) => {
    const after = simulate(rulesOf(rendered), () => calls, { minutes: 15, startMinutes: 10, tasks });
    return after.scaleOuts.length > 0;
  });
  expect(undone).toEqual([]);
});

test('after any scale-in the load per task stays below the scale-out target', () => {
  const tasksLeft = fc.integer({ min: 1, max: 100 });
  const callsPerTask = fc.integer({ min: 1, max: 500 });
  const calls = fc.nat(10_000);
  fc.assert(
    fc.property(callsPerTask, tasksLeft, calls, (each, left, inProgress) => {
      const { scaleInCallsPerTask, scaleOutCallsPerTask } = scalingThresholds(each);
      const oneGoes = inProgress / left < scaleInCallsPerTask;
      expect(oneGoes && inProgress / left >= scaleOutCallsPerTask).toBe(false);
    }),
  );
});

test.each([
  [0, 300],
  [300, 300],
  [1800, 1800],
])('a tier whose tasks start in %i s waits %i s before it scales out again', (start, cooldown) => {
  expect(scaleOutCooldownSeconds(start)).toBe(cooldown);
});
