import type { LiveReader } from '../../reading';
import { budgets } from './budgets';
import { cloudTrails } from './cloudtrail';
import { alarms } from './cloudwatch';
import { dynamoDbTables } from './dynamodb';
import { ecrRepositories } from './ecr';
import { eventRules } from './events';
import { deliveryStreams } from './firehose';
import { iam } from './iam';
import { kinesisStreams } from './kinesis';
import { kmsAliases, kmsKeys } from './kms';
import { logGroups, metricFilters } from './logs';
import { bucketPolicies, buckets } from './s3';
import { sns } from './sns';

/** What holds, guards and watches records. */
export const DATA_READERS: readonly LiveReader[] = [
  alarms,
  bucketPolicies,
  buckets,
  budgets,
  cloudTrails,
  deliveryStreams,
  dynamoDbTables,
  ecrRepositories,
  eventRules,
  iam,
  kinesisStreams,
  kmsAliases,
  kmsKeys,
  logGroups,
  metricFilters,
  sns,
];
