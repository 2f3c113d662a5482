import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { RegionPlan } from '../../../regions/plan/types';
import type { AlarmSpec } from './alarm-spec';

/** What stands between the ledger and its locked copy; the stream keeps a change for a week only. */
export const ledgerAlarms = ({ names, budgets }: RegionPlan): AlarmSpec[] => [
  {
    id: 'LedgerCopyLate',
    description:
      'Changes of the ledger wait to be written to its locked copy. The log group "ledger-delivery" has why.',
    metric: metric('AWS/Firehose', 'DeliveryToS3.DataFreshness', 'Maximum', {
      DeliveryStreamName: names.ledgerDelivery,
    }),
    is: 'above',
    threshold: budgets.ledgerCopySeconds,
    periods: 1,
    // No calls, no changes.
    silence: TreatMissingData.NOT_BREACHING,
  },
  {
    id: 'LedgerNotStreamed',
    description:
      'The ledger is written and no change arrives in its stream: see whether the table still streams to Kinesis.',
    metric: new MathExpression({
      expression: 'IF(FILL(written, 0) > 0 AND FILL(arrived, 0) == 0, 1, 0)',
      usingMetrics: {
        // DynamoDB counts requests by the latency of those that succeed (developer guide, "Metrics and dimensions").
        written: metric('AWS/DynamoDB', 'SuccessfulRequestLatency', 'SampleCount', {
          TableName: names.ledgerTable,
          Operation: 'PutItem',
        }),
        arrived: metric('AWS/Kinesis', 'IncomingRecords', 'Sum', { StreamName: names.ledgerStream }),
      },
      label: 'written and not streamed',
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

const metric = (
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Readonly<Record<string, string>>,
): Metric => new Metric({ namespace, metricName, dimensionsMap, statistic, period: PERIOD });
