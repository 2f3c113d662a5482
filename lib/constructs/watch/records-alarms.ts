import { Duration } from 'aws-cdk-lib';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSIONS, METRICS, RECORDS_FINDINGS } from '../../../media/contract/metrics';
import { reconciledDaysAgo, reconciliationOf } from '../../../regions/plan/reconciliation';
import type { RegionPlan } from '../../../regions/plan/types';
import type { AlarmSpec } from './alarm-spec';

/** What the daily comparison of ledger, vaults and copies finds, and that it is made at all. */
export const recordsAlarms = (plan: RegionPlan): AlarmSpec[] => [
  {
    id: 'RecordsFindings',
    description:
      'Ledger, vaults and copies disagree. The log group "reconciler" has each finding; "voicecell records reconcile" looks again.',
    metric: findings(plan, 'Sum'),
    is: 'above',
    threshold: 0,
    periods: 1,
    // Said by the other alarm.
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'RecordsNotReconciled',
    description:
      'Ledger, vaults and copies have not been compared for two days, or not all of them. The log group "reconciler" has why.',
    metric: findings(plan, 'SampleCount'),
    is: 'below',
    threshold: reconciledDaysAgo(reconciliationOf(plan)).length,
    // A period ends at any hour, also between the comparisons of one morning.
    periods: 2,
    silence: TreatMissingData.BREACHING,
  },
];

const findings = ({ deployment, region }: RegionPlan, statistic: 'Sum' | 'SampleCount'): Metric =>
  new Metric({
    namespace: METRICS.namespace,
    metricName: RECORDS_FINDINGS.name,
    dimensionsMap: { [DIMENSIONS.deployment]: deployment, [DIMENSIONS.region]: region },
    statistic,
    period: Duration.days(1),
  });
