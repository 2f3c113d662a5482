import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MeteredCell, nodeMetric, taskMetric } from './cell-metrics';

/** Metric math and the metrics it names. */
export interface LoadExpression {
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/**
 * Tasks of a tier that will go on carrying calls. A surplus task that waits for its last call still runs but is not
 * desired, and counting it would hide the load of the others; a desired one that has not started carries nothing.
 */
const TASKS = 'IF(running < desired, running, desired)';
const CALLS = 'callsPerNode * mediaNodes';

/** Calls in progress in the cell for each task of the tier. */
export const loadPerTask = (metered: MeteredCell, serviceName: string): LoadExpression => ({
  expression: `${CALLS} / ${TASKS}`,
  metrics: loadMetrics(metered, serviceName),
});

/** The same after one task has gone; `otherwise` when it would have been the last. */
export const loadAfterScaleIn = (metered: MeteredCell, serviceName: string, otherwise: number): LoadExpression => ({
  expression: `IF(${TASKS} > 1, ${CALLS} / (${TASKS} - 1), ${otherwise})`,
  metrics: loadMetrics(metered, serviceName),
});

function loadMetrics(metered: MeteredCell, serviceName: string): Record<string, Metric> {
  return {
    callsPerNode: nodeMetric(metered, 'callsInProgress', 'Average'),
    mediaNodes: taskMetric(metered, 'RunningTaskCount', metered.cell.media.serviceName),
    running: taskMetric(metered, 'RunningTaskCount', serviceName),
    desired: taskMetric(metered, 'DesiredTaskCount', serviceName),
  };
}
