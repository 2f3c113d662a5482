import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { RegionPlan } from '../../../regions/plan/types';
import type { AlarmSpec } from './alarm-spec';

/** What stands between the ledger and its locked copy; the stream keeps a change for 24 hours only. */
export const ledgerAlarms = ({ names, budgets }: RegionPlan): AlarmSpec[] => [
  {
    id: 'LedgerCopyLate',
    description:
      'Changes of the ledger wait to be written to its locked copy. The log group "ledger-delivery" has why.',
    metric: firehose(names.ledgerDelivery, 'DeliveryToS3.DataFreshness', 'Maximum'),
    is: 'above',
    threshold: budgets.ledgerCopySeconds,
    periods: 1,
    // No calls, no changes.
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'LedgerNotCarried',
    description: 'The ledger is written and no change arrives at its delivery stream: look at the pipe and its role.',
    metric: new MathExpression({
      expression: 'IF(FILL(written, 0) > 0 AND FILL(arrived, 0) == 0, 1, 0)',
      usingMetrics: {
        written: writes(names.ledgerTable, 'PutItem'),
        arrived: firehose(names.ledgerDelivery, 'IncomingRecords', 'Sum'),
      },
      label: 'written and not carried',
      period: PERIOD,
    }),
    is: 'above',
    threshold: 0,
    // What is written at the end of a period arrives in the next.
    periods: 2,
    silence: TreatMissingData.NOT_BREACHING,
  },
];

const PERIOD = Duration.minutes(15);

const firehose = (deliveryStream: string, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/Firehose',
    metricName,
    dimensionsMap: { DeliveryStreamName: deliveryStream },
    statistic,
    period: PERIOD,
  });

/** DynamoDB counts requests by the latency of those that succeed (DynamoDB developer guide, "Metrics and dimensions"). */
const writes = (table: string, operation: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: 'SuccessfulRequestLatency',
    dimensionsMap: { TableName: table, Operation: operation },
    statistic: 'SampleCount',
    period: PERIOD,
  });
