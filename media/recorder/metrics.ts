import type { DIMENSIONS, METRICS } from '../contract/metrics';
import type { Settings } from './settings';

// An image is built from its folder alone; the types hold these to the contract.
const NAMES: Pick<typeof METRICS, 'spoolBytes' | 'spoolAge' | 'spoolUsed'> = {
  spoolBytes: 'SpoolBytes',
  spoolAge: 'SpoolAge',
  spoolUsed: 'SpoolUsedPercent',
};
const DIMENSION_NAMES: typeof DIMENSIONS = { deployment: 'Deployment', region: 'Region', cell: 'Cell' };

export interface SpoolFigures {
  /** Of ended calls that are not yet in the vault. */
  readonly bytes: number;
  /** Since the oldest of these ended, 0 when there is none. */
  readonly oldestSeconds: number;
  readonly usedPercent: number;
}

type Place = Pick<Settings, 'METRICS_NAMESPACE' | 'VOICECELL_DEPLOYMENT' | 'AWS_REGION' | 'VOICECELL_CELL'>;

/** The state of the spool in CloudWatch's embedded metric format. */
export const spoolLine = (
  place: Place,
  { bytes, oldestSeconds, usedPercent }: SpoolFigures,
  timestamp: number,
): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: place.METRICS_NAMESPACE,
          Dimensions: [Object.values(DIMENSION_NAMES)],
          Metrics: [
            { Name: NAMES.spoolBytes, Unit: 'Bytes' },
            { Name: NAMES.spoolAge, Unit: 'Seconds' },
            { Name: NAMES.spoolUsed, Unit: 'Percent' },
          ],
        },
      ],
    },
    [DIMENSION_NAMES.deployment]: place.VOICECELL_DEPLOYMENT,
    [DIMENSION_NAMES.region]: place.AWS_REGION,
    [DIMENSION_NAMES.cell]: place.VOICECELL_CELL,
    [NAMES.spoolBytes]: bytes,
    [NAMES.spoolAge]: oldestSeconds,
    [NAMES.spoolUsed]: usedPercent,
  });
