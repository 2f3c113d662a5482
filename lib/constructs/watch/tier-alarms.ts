import { MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { CellPlan } from '../../../regions/plan/cell-types';
import { fleetName } from '../cell/fleet';
import { type MeteredCell, PERIOD, taskMetric } from '../scaling/cell-metrics';
import type { AlarmSpec } from './alarm-spec';

/** One service of a cell, whatever it runs. */
export interface WatchedTier {
  readonly tier: 'edge' | 'media' | 'stt' | 'llm' | 'tts';
  readonly serviceName: string;
  /** Tasks always wanted. */
  readonly min: number;
  /** Minutes the tier may be below its minimum: how long a rolling deployment takes to replace one task. */
  readonly replaceMinutes: number;
}

/** Nodes are replaced before their predecessors go; GPU tasks, for want of spare GPUs, after. */
const NODE_REPLACE_MINUTES = 3;
const GPU_REPLACE_MINUTES = 10;
/** An instance boots, pulls its images and loads a model in less, so by then something is in the way. */
const STUCK_MINUTES = 30;

export const tiersOf = (cell: CellPlan): WatchedTier[] => [
  ...[cell.edge, cell.media].map(({ tier, serviceName, nodes }) => ({
    tier,
    serviceName,
    min: nodes.min,
    replaceMinutes: NODE_REPLACE_MINUTES,
  })),
  ...cell.inference.map(({ tier, serviceName, tasks }) => ({
    tier,
    serviceName,
    min: tasks.min,
    replaceMinutes: GPU_REPLACE_MINUTES,
  })),
];

/** Too few tasks, tasks that do not come up, nodes that cannot be had. */
export function tierAlarms(metered: MeteredCell, tier: WatchedTier): AlarmSpec[] {
  const name = tier.tier.charAt(0).toUpperCase() + tier.tier.slice(1);
  return [belowMinimum(metered, tier, name), tasksMissing(metered, tier, name), nodesWanted(metered, tier, name)];
}

const belowMinimum = (metered: MeteredCell, tier: WatchedTier, name: string): AlarmSpec => ({
  id: `${name}BelowMinimum`,
  description: `Fewer ${tier.tier} tasks run than the cell always needs. See the service's events.`,
  metric: taskMetric(metered, 'RunningTaskCount', tier.serviceName),
  is: 'below',
  threshold: tier.min,
  periods: tier.replaceMinutes,
  silence: TreatMissingData.BREACHING,
});

const tasksMissing = (metered: MeteredCell, tier: WatchedTier, name: string): AlarmSpec => ({
  id: `${name}TasksMissing`,
  description: `Wanted ${tier.tier} tasks do not start or stay healthy. See stopped tasks and the tier's log.`,
  metric: new MathExpression({
    expression: 'desired - running',
    usingMetrics: {
      desired: taskMetric(metered, 'DesiredTaskCount', tier.serviceName),
      running: taskMetric(metered, 'RunningTaskCount', tier.serviceName),
    },
    period: PERIOD,
    label: 'tasks missing',
  }),
  is: 'above',
  threshold: 0,
  periods: STUCK_MINUTES,
  silence: TreatMissingData.BREACHING,
});

/** Metric: ECS developer guide, "Amazon ECS cluster auto scaling". No data means that the fleet is at rest. */
const nodesWanted = ({ cell }: MeteredCell, tier: WatchedTier, name: string): AlarmSpec => ({
  id: `${name}NodesWanted`,
  description: `The ${tier.tier} fleet cannot get the instances it asks for. See quota and the group's activity.`,
  metric: new Metric({
    namespace: 'AWS/ECS/ManagedScaling',
    metricName: 'CapacityProviderReservation',
    dimensionsMap: { ClusterName: cell.name, CapacityProviderName: fleetName({ cell }, tier.tier) },
    statistic: 'Average',
    period: PERIOD,
  }),
  is: 'above',
  threshold: FULL_RESERVATION_PERCENT,
  periods: STUCK_MINUTES,
  silence: TreatMissingData.NOT_BREACHING,
});

/** Above it, tasks ask for more instances than the capacity provider has. */
const FULL_RESERVATION_PERCENT = 100;
