import { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import * as fc from 'fast-check';
import { CallScaling } from '../../lib/constructs/scaling/call-scaling';
import { scaleOutCooldownSeconds, scalingThresholds } from '../../regions/capacity/scaling';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { MediaDay } from '../support/media-day';
import { type ScalingRules, simulate } from '../support/scaling-simulation';

const CALLS_PER_TASK = 25;
const TASKS = { min: 2, max: 12 };

function scaledTier(serviceName: string, startSeconds?: number): Template {
  const plan = regionPlan();
  const [cell] = plan.cells;
  if (!cell) throw new Error('the plan of the tests has a cell');
  const stack = new Stack(testApp(), 'Cell');
  const service = new CfnService(stack, 'Service', { serviceName, cluster: cell.name });
  new CallScaling(stack, 'Scaling', {
    context: { plan, cell },
    service,
    serviceName,
    callsPerTask: CALLS_PER_TASK,
    tasks: TASKS,
    startSeconds,
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
let media: Rendered;

beforeAll(() => {
  template = scaledTier('llm', 900);
  rendered = render(template);
  media = render(scaledTier('media'));
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
const curve = (minute: number): number =>
  Math.max(0, 120 - 110 * Math.cos((2 * Math.PI * minute) / 1440) - 40 * Math.sin((8 * Math.PI * minute) / 1440));
const dayOfCalls = (minute: number): number => curve(minute) + 8 * Math.sin(minute / 3);

/** How often a curve turns. */
const turnsOf = (at: (minute: number) => number, minutes: number): number =>
  Array.from(
    { length: minutes - 2 },
    (_, minute) => (at(minute + 1) - at(minute)) * (at(minute + 2) - at(minute + 1)),
  ).filter((product) => product < 0).length;

/** Numbers between 0 and 1, the same for a seed (Park and Miller). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** The plan sizes a tier so that its busiest hour fills it to the scale-out target. */
const BUSY = 0.8;
const MEAN_MINUTES = 5;

/** As many as keep so many going, by chance as calls come and last; the longest ends after two hours. */
function callsThatBegin(going: number, random: () => number): number[] {
  const lengths: number[] = [];
  for (let left = going / MEAN_MINUTES + Math.log(random()); left > 0; left += Math.log(random()))
    lengths.push(Math.min(120, -MEAN_MINUTES * Math.log(random())));
  return lengths;
}

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

describe('a day of the media nodes, call by call', () => {
  const expressionOf = (queries: readonly Query[]) =>
    queries.findLast(({ Expression }) => Expression)?.Expression ?? '';
  const dayOf = (seed: number) => {
    const next = randomOf(seed);
    return new MediaDay({
      rules: rulesOf(media),
      load: expressionOf(media.tracking.CustomizedMetricSpecification.Metrics),
      loadAfterScaleIn: expressionOf(media.alarm.Metrics),
      callsPerNode: CALLS_PER_TASK,
      arrivals: (minute) => callsThatBegin(BUSY * curve(minute), next),
      // Twice as long as its cooldown allows for.
      startMinutes: 10,
    }).run(1440);
  };

  test.each([1, 2, 3, 4, 5])(
    '%i: the desired count turns only where the day does, no node comes back, hardly a call is refused',
    (seed) => {
      const { past, returns, refused, taken } = dayOf(seed);
      const changes = [
        ...past.scaleOuts.map(({ minute }) => ({ minute, up: true })),
        ...past.scaleIns.map(({ minute }) => ({ minute, up: false })),
      ].toSorted((a, b) => a.minute - b.minute);
      const turns = changes.filter(({ up }, index) => index > 0 && up !== changes[index - 1]?.up);
      expect(returns).toBe(0);
      // Two nodes of the night are full before the third has started, on a morning when more than usual call.
      expect(refused / taken).toBeLessThan(0.002);
      expect(taken).toBeGreaterThan(20_000);
      expect(past.scaleIns.length).toBeGreaterThan(3);
      expect(turns.length).toBeLessThanOrEqual(turnsOf(curve, 1440));
    },
  );
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
