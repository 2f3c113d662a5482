import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type MeteredCell, nodeMetric, overMediaNodes } from '../scaling/cell-metrics';
import type { AlarmSpec } from './alarm-spec';

/** What goes wrong for callers and for recordings. */
export const callAlarms = (metered: MeteredCell): AlarmSpec[] => [
  {
    id: 'NodesSilent',
    description: 'No media node of the cell reports calls: the cell is down or its metrics are.',
    metric: nodeMetric(metered, 'callsInProgress', 'SampleCount'),
    is: 'below',
    threshold: 1,
    periods: 5,
    silence: TreatMissingData.BREACHING,
  },
  {
    id: 'CapacityShort',
    description: 'The cell has less room for new calls than the plan keeps spare.',
    metric: overMediaNodes(metered, 'callCapacity', 'calls the cell would accept'),
    is: 'below',
    threshold: (metered.cell.calls.max * metered.plan.budgets.spareCapacityPercent) / 100,
    periods: 5,
    silence: TreatMissingData.BREACHING,
  },
  {
    id: 'CallsRefused',
    description: 'Callers were turned away with 503. The saved query "refused calls" has the reasons.',
    metric: nodeMetric(metered, 'callsRefused', 'Sum').with({ period: Duration.minutes(5) }),
    is: 'above',
    threshold: 0,
    periods: 1,
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'TurnsSlow',
    description: 'Replies take longer than the budget of a cell at p95. The dashboard has the turn round trip.',
    metric: nodeMetric(metered, 'turnRoundTrip', 'p95'),
    is: 'above',
    threshold: metered.plan.budgets.turnRoundTripMs,
    periods: 5,
    // No turns are taken at night.
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'RecordingsWaiting',
    description: 'A finished recording is not in the vault. The saved query "recordings not stored" has the reasons.',
    metric: nodeMetric(metered, 'spoolAge', 'Maximum'),
    is: 'above',
    threshold: metered.plan.budgets.spoolAgeSeconds,
    periods: 3,
    silence: TreatMissingData.BREACHING,
  },
  {
    id: 'SpoolFull',
    description:
      'A media node is about to have no room for recordings and takes no calls. See why they are not stored.',
    metric: nodeMetric(metered, 'spoolUsed', 'Maximum'),
    is: 'above',
    threshold: metered.plan.budgets.spoolUsedPercent,
    periods: 3,
    silence: TreatMissingData.BREACHING,
  },
  {
    id: 'NodesNotHeld',
    description:
      'AWS does not let nodes protect their tasks, renew their hooks or settle who leaves: a scale-in may cut calls, or never end. Logs say "lifecycle".',
    metric: nodeMetric(metered, 'holdFailures', 'Sum').with({ period: Duration.minutes(5) }),
    is: 'above',
    threshold: 2,
    // Much less than the quarter of their time that is over when they are renewed.
    periods: 3,
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'CertificateExpiring',
    description: 'The SIP certificate is about to expire: renew the secret.',
    metric: nodeMetric(metered, 'certificateDays', 'Minimum').with({ period: Duration.hours(1) }),
    is: 'below',
    threshold: metered.plan.budgets.certificateDays,
    periods: 1,
    silence: TreatMissingData.BREACHING,
  },
];
