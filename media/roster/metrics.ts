import type { DIMENSIONS, METRICS } from '../contract/metrics';
import type { Settings } from './settings';

// An image is built from its folder alone; the types hold these to the contract.
const CERTIFICATE_DAYS: typeof METRICS.certificateDays = 'CertificateDaysLeft';
const DIMENSION_NAMES: typeof DIMENSIONS = { deployment: 'Deployment', region: 'Region', cell: 'Cell' };

/** The days a certificate is still good for, in CloudWatch's embedded metric format. */
export const certificateLine = (settings: Settings, days: number, timestamp: number): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: settings.metricsNamespace,
          Dimensions: [Object.values(DIMENSION_NAMES)],
          Metrics: [{ Name: CERTIFICATE_DAYS, Unit: 'Count' }],
        },
      ],
    },
    [DIMENSION_NAMES.deployment]: settings.deployment,
    [DIMENSION_NAMES.region]: settings.region,
    [DIMENSION_NAMES.cell]: settings.cell,
    [CERTIFICATE_DAYS]: days,
  });
