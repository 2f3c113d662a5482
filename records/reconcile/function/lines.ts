import { DIMENSIONS, METRICS, RECORDS_FINDINGS } from '../../../media/contract/metrics';
import type { Reconciliation } from '../../../regions/plan/reconciliation';
import { KINDS } from '../model';
import type { ReconciledDay } from '../reconcile';

/** Of one day; `counts` has them all. */
const MOST_LINES = 1000;

type Place = Pick<Reconciliation, 'deployment' | 'region'>;

/** A line a finding, and one that says how much was compared. No line names a caller. */
export const findingLines = (
  { deployment, region }: Place,
  { day, calls, versions, findings }: ReconciledDay,
): string[] => [
  ...findings
    .slice(0, MOST_LINES)
    .map((finding) => JSON.stringify({ event: 'records.finding', deployment, region, day, ...finding })),
  JSON.stringify({ event: 'records.reconciled', deployment, region, day, calls, versions, findings: findings.length }),
];

/** How many findings there are, of all kinds and of each, in CloudWatch's embedded metric format. */
export const metricLines = (place: Place, { findings }: ReconciledDay, timestamp: number): string[] => [
  metricLine(place, findings.length, timestamp),
  ...KINDS.map((kind) => metricLine(place, findings.filter((one) => one.kind === kind).length, timestamp, kind)),
];

function metricLine({ deployment, region }: Place, count: number, timestamp: number, kind?: string): string {
  const dimensions = {
    [DIMENSIONS.deployment]: deployment,
    [DIMENSIONS.region]: region,
    ...(kind === undefined ? {} : { [RECORDS_FINDINGS.kind]: kind }),
  };
  const Metrics = [{ Name: RECORDS_FINDINGS.name, Unit: 'Count' }];
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: METRICS.namespace, Dimensions: [Object.keys(dimensions)], Metrics }],
    },
    ...dimensions,
    [RECORDS_FINDINGS.name]: count,
  });
}
