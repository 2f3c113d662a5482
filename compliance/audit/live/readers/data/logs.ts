import {
  CloudWatchLogsClient,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  paginateDescribeMetricFilters,
  type LogGroup,
  type MetricFilter,
  type MetricTransformation,
} from '@aws-sdk/client-cloudwatch-logs';
import { answering } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { type ArnOf, serviceReader } from './service-reader';
import { everyPage, tagsOf } from './shapes';

const arnOf: ArnOf = (id, { partition, region, account }) =>
  `arn:${partition}:logs:${region}:${account}:log-group:${id}`;

export const logGroups = serviceReader({
  type: 'AWS::Logs::LogGroup',
  client: CloudWatchLogsClient,
  listings: [
    {
      action: 'logs:DescribeLogGroups',
      names: ['DeletionProtectionEnabled', 'KmsKeyId', 'LogGroupClass', 'LogGroupName', 'RetentionInDays'],
      list: async ({ client, deployed, abortSignal }) => {
        const logGroupNamePrefix = commonPrefix(deployed.map(({ physicalId }) => physicalId));
        const pages = paginateDescribeLogGroups(
          { client },
          { ...(logGroupNamePrefix && { logGroupNamePrefix }) },
          { abortSignal },
        );
        const groups = await everyPage(pages, (page) => page.logGroups);
        return new Map(groups.map((group) => [group.logGroupName ?? '', groupOf(group)]));
      },
    },
  ],
  tags: {
    action: 'logs:ListTagsForResource',
    names: ['Tags'],
    arnOf,
    read: ({ client, id, region, abortSignal }) =>
      client
        .send(new ListTagsForResourceCommand({ resourceArn: arnOf(id, region) }), { abortSignal })
        .then(({ tags = {} }) => tagsOf(Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))))
        .catch(answering(GONE, 'ResourceNotFoundException')),
  },
  defaults: ({ physicalId }) => ({
    DeletionProtectionEnabled: false,
    LogGroupClass: 'STANDARD',
    LogGroupName: physicalId,
  }),
});

/** Other people's groups of an account may be thousands. */
function commonPrefix([first = '', ...others]: readonly string[]): string {
  let prefix = first;
  for (const other of others) while (!other.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

const groupOf = (group: LogGroup): Properties => ({
  DeletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
  KmsKeyId: group.kmsKeyId,
  LogGroupClass: group.logGroupClass ?? 'STANDARD',
  LogGroupName: group.logGroupName,
  RetentionInDays: group.retentionInDays,
});

export const metricFilters = serviceReader({
  type: 'AWS::Logs::MetricFilter',
  client: CloudWatchLogsClient,
  listings: [
    {
      action: 'logs:DescribeMetricFilters',
      names: ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'],
      list: async ({ client, abortSignal }) => {
        const pages = paginateDescribeMetricFilters({ client }, {}, { abortSignal });
        const filters = await everyPage(pages, (page) => page.metricFilters);
        return new Map(filters.map((filter) => [filter.filterName ?? '', filterOf(filter)]));
      },
    },
  ],
  defaults: ({ physicalId }) => ({ FilterName: physicalId }),
});

const filterOf = ({ filterName, filterPattern, logGroupName, metricTransformations }: MetricFilter): Properties => ({
  FilterName: filterName,
  FilterPattern: filterPattern,
  LogGroupName: logGroupName,
  MetricTransformations: metricTransformations?.map(transformationOf),
});

const transformationOf = (one: MetricTransformation): Properties => ({
  MetricName: one.metricName,
  MetricNamespace: one.metricNamespace,
  MetricValue: one.metricValue,
  ...(one.defaultValue !== undefined && { DefaultValue: one.defaultValue }),
  ...(one.dimensions && { Dimensions: Object.entries(one.dimensions).map(([Key, Value]) => ({ Key, Value })) }),
  ...(one.unit && one.unit !== 'None' && { Unit: one.unit }),
});
