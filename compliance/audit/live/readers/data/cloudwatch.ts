import {
  CloudWatchClient,
  ListTagsForResourceCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { answering } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { type ArnOf, type Listing, serviceReader, type TagQuestion } from './service-reader';
import { everyPage, picked, tagsOf, tidy } from './shapes';

const NAMES = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'InsufficientDataActions',
  'MetricName',
  'Metrics',
  'Namespace',
  'OKActions',
  'Period',
  'Statistic',
  'Threshold',
  'ThresholdMetricId',
  'TreatMissingData',
  'Unit',
] as const;

/** How many are asked for by name at once (CloudWatch API reference, `DescribeAlarms`). */
const AT_ONCE = 100;

const ALARMS: Listing<CloudWatchClient> = {
  action: 'cloudwatch:DescribeAlarms',
  names: NAMES,
  list: async ({ client, deployed, abortSignal }) => {
    const read = inLots(deployed.map(({ physicalId }) => physicalId)).map((AlarmNames) =>
      everyPage(
        paginateDescribeAlarms(
          { client },
          { AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: AT_ONCE },
          { abortSignal },
        ),
        ({ MetricAlarms }) => MetricAlarms,
      ),
    );
    const alarms = (await Promise.all(read)).flat();
    return new Map(alarms.map((alarm) => [alarm.AlarmName ?? '', alarmOf(alarm)]));
  },
};

const arnOf: ArnOf = (id, { partition, region, account }) =>
  `arn:${partition}:cloudwatch:${region}:${account}:alarm:${id}`;

const TAGS: TagQuestion<CloudWatchClient> = {
  action: 'cloudwatch:ListTagsForResource',
  names: ['Tags'],
  arnOf,
  read: ({ client, id, region, abortSignal }) =>
    client
      .send(new ListTagsForResourceCommand({ ResourceARN: arnOf(id, region) }), { abortSignal })
      .then((answer) => tagsOf(answer.Tags))
      .catch(answering(GONE, 'ResourceNotFoundException', 'ResourceNotFound')),
};

export const alarms = serviceReader({
  type: 'AWS::CloudWatch::Alarm',
  client: CloudWatchClient,
  listings: [ALARMS],
  tags: TAGS,
  defaults: ({ physicalId }) => ({ ActionsEnabled: true, AlarmName: physicalId, TreatMissingData: 'missing' }),
});

const alarmOf = (alarm: MetricAlarm): Properties => tidy(picked(alarm, NAMES)) as Properties;

const inLots = (names: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, lot) =>
    names.slice(lot * AT_ONCE, (lot + 1) * AT_ONCE),
  );
