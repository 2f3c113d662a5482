import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSIONS, METRICS, type MetricName } from '../../../media/contract/metrics';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';

/** The cell whose metrics are meant. */
export interface MeteredCell {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
}

/** Service counts of Container Insights (CloudWatch user guide, "Amazon ECS Container Insights metrics"). */
export type TaskCount = 'RunningTaskCount' | 'DesiredTaskCount';

/** Nodes and Container Insights alike report once a minute. */
export const PERIOD = Duration.minutes(1);

/** What the nodes of a cell emit. */
export const nodeMetric = ({ plan, cell }: MeteredCell, name: MetricName, statistic: string): Metric =>
  new Metric({
    namespace: METRICS.namespace,
    metricName: METRICS[name],
    dimensionsMap: {
      [DIMENSIONS.deployment]: plan.deployment,
      [DIMENSIONS.region]: plan.region,
      [DIMENSIONS.cell]: cell.azId,
    },
    statistic,
    period: PERIOD,
  });

export const taskMetric = ({ cell }: MeteredCell, metricName: TaskCount, serviceName: string): Metric =>
  new Metric({
    namespace: 'ECS/ContainerInsights',
    metricName,
    dimensionsMap: { ClusterName: cell.name, ServiceName: serviceName },
    statistic: 'Average',
    period: PERIOD,
  });

/** A per-node value times the media nodes that report it: unlike a sum, it does not double when a node reports twice. */
export function overMediaNodes(metered: MeteredCell, name: MetricName, label: string): MathExpression {
  const media = taskMetric(metered, 'RunningTaskCount', metered.cell.media.serviceName);
  return new MathExpression({
    // Ids must differ where two such products share a graph.
    expression: `${name}PerNode * mediaNodes`,
    usingMetrics: { [`${name}PerNode`]: nodeMetric(metered, name, 'Average'), mediaNodes: media },
    period: PERIOD,
    label,
  });
}
