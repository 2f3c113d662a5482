import type { DIMENSIONS, METRICS, REASON_DIMENSION } from '../contract/metrics';
import type { LifeSettings } from './lifecycle/settings';

// An image is built from its folder alone; the types hold these to the contract.
const CERTIFICATE_DAYS: typeof METRICS.certificateDays = 'CertificateDaysLeft';
const HOLD_FAILURES: typeof METRICS.holdFailures = 'HoldFailures';
const CALLS_REFUSED: typeof METRICS.callsRefused = 'CallsRefused';
const DIMENSION_NAMES: typeof DIMENSIONS = { deployment: 'Deployment', region: 'Region', cell: 'Cell' };
const REASON: typeof REASON_DIMENSION = 'Reason';
/** What a carrier is told 503 for; anything else it was told is the caller's or the carrier's own doing. */
const BUSY: ReadonlySet<string> = new Set(['draining', 'carrier-rate', 'carrier-calls', 'no-media-node', 'no-media']);

type Place = Pick<LifeSettings, 'metricsNamespace' | 'deployment' | 'region' | 'cell'>;

/** The days a certificate is still good for. */
export const certificateLine = (place: Place, days: number, timestamp: number): string =>
  line(place, CERTIFICATE_DAYS, days, timestamp);

/** AWS did not let the node hold itself or settle with others who leaves, once. */
export const holdFailureLine = (place: Place, timestamp: number): string => line(place, HOLD_FAILURES, 1, timestamp);

/** Calls refused since the last look, a line for each reason: together they are the cell's count, apart they say why. */
export const refusalLines = (place: Place, counts: ReadonlyMap<string, number>, timestamp: number): string[] =>
  [...counts].map(([reason, count]) => line(place, CALLS_REFUSED, count, timestamp, { [REASON]: reason }));

/** Counters of the proxy begin at zero when it does. */
export function refusedSince(
  last: ReadonlyMap<string, number>,
  counters: ReadonlyMap<string, number>,
): Map<string, number> {
  const since = (reason: string, count: number) => {
    const before = last.get(reason) ?? 0;
    return count < before ? count : count - before;
  };
  return new Map(
    [...counters]
      .filter(([reason]) => BUSY.has(reason))
      .map(([reason, count]) => [reason, since(reason, count)] as const)
      .filter(([, count]) => count > 0),
  );
}

/** One value in CloudWatch's embedded metric format; with more dimensions it counts under these as well as without. */
function line(
  place: Place,
  name: string,
  value: number,
  timestamp: number,
  more: Readonly<Record<string, string>> = {},
): string {
  const common = Object.values(DIMENSION_NAMES);
  const sets = Object.keys(more).length > 0 ? [common, [...common, ...Object.keys(more)]] : [common];
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        { Namespace: place.metricsNamespace, Dimensions: sets, Metrics: [{ Name: name, Unit: 'Count' }] },
      ],
    },
    [DIMENSION_NAMES.deployment]: place.deployment,
    [DIMENSION_NAMES.region]: place.region,
    [DIMENSION_NAMES.cell]: place.cell,
    ...more,
    [name]: value,
  });
}
