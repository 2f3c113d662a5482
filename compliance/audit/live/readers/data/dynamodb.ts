import {
  DescribeContinuousBackupsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  type ContinuousBackupsDescription,
  type GlobalSecondaryIndexDescription,
  type KinesisDataStreamDestination,
  type SSEDescription,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { answering, given } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { serviceReader, type Question } from './service-reader';
import { everyToken, picked, tagsOf } from './shapes';

const gone = answering(GONE, 'ResourceNotFoundException', 'TableNotFoundException');

const TABLE: Question<DynamoDBClient> = {
  action: 'dynamodb:DescribeTable',
  names: [
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'TableName',
  ],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeTableCommand({ TableName: id }), { abortSignal })
      .then(({ Table }) => tableOf(given(Table, 'table')))
      .catch(gone),
};

const BACKUPS: Question<DynamoDBClient> = {
  action: 'dynamodb:DescribeContinuousBackups',
  names: ['PointInTimeRecoverySpecification'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeContinuousBackupsCommand({ TableName: id }), { abortSignal })
      .then(({ ContinuousBackupsDescription: backups }) => recoveryOf(backups))
      .catch(gone),
};

const DISPOSAL: Question<DynamoDBClient> = {
  action: 'dynamodb:DescribeTimeToLive',
  names: ['TimeToLiveSpecification'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeTimeToLiveCommand({ TableName: id }), { abortSignal })
      .then(({ TimeToLiveDescription: ttl }) => ({
        TimeToLiveSpecification: isOn(ttl?.TimeToLiveStatus)
          ? { Enabled: true, AttributeName: ttl?.AttributeName }
          : undefined,
      }))
      .catch(gone),
};

const STREAMING: Question<DynamoDBClient> = {
  action: 'dynamodb:DescribeKinesisStreamingDestination',
  names: ['KinesisStreamSpecification'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeKinesisStreamingDestinationCommand({ TableName: id }), { abortSignal })
      .then(({ KinesisDataStreamDestinations: all }) => ({ KinesisStreamSpecification: streamingOf(all) }))
      .catch(gone),
};

const TAGS: Question<DynamoDBClient> = {
  action: 'dynamodb:ListTagsOfResource',
  names: ['Tags'],
  read: ({ client, id, region: { partition, region, account }, abortSignal }) => {
    const ResourceArn = `arn:${partition}:dynamodb:${region}:${account}:table/${id}`;
    return everyToken(
      (NextToken) => client.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }), { abortSignal }),
      ({ Tags }) => Tags,
    )
      .then(tagsOf)
      .catch(gone);
  },
};

export const dynamoDbTables = serviceReader({
  type: 'AWS::DynamoDB::Table',
  client: DynamoDBClient,
  questions: [TABLE, BACKUPS, DISPOSAL, STREAMING, TAGS],
  defaults: ({ physicalId }) => ({
    TableName: physicalId,
    BillingMode: 'PROVISIONED',
    DeletionProtectionEnabled: false,
    TableClass: 'STANDARD',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
  }),
});

const tableOf = (table: TableDescription): Properties => ({
  ...picked(table, ['AttributeDefinitions', 'DeletionProtectionEnabled', 'KeySchema', 'TableName']),
  BillingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
  GlobalSecondaryIndexes: table.GlobalSecondaryIndexes?.map(indexOf),
  LocalSecondaryIndexes: table.LocalSecondaryIndexes?.map(indexOf),
  SSESpecification: encryptionOf(table.SSEDescription),
  StreamSpecification: table.StreamSpecification?.StreamEnabled
    ? { StreamViewType: table.StreamSpecification.StreamViewType }
    : undefined,
  TableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
});

const indexOf = (index: Pick<GlobalSecondaryIndexDescription, 'IndexName' | 'KeySchema' | 'Projection'>) =>
  picked(index, ['IndexName', 'KeySchema', 'Projection']);

/** A table without it is encrypted by a key of DynamoDB's own. */
const encryptionOf = (encryption: SSEDescription | undefined): Properties | undefined =>
  isOn(encryption?.Status) || encryption?.Status === 'UPDATING'
    ? { SSEEnabled: true, SSEType: encryption?.SSEType, KMSMasterKeyId: encryption?.KMSMasterKeyArn }
    : undefined;

function recoveryOf(backups: ContinuousBackupsDescription | undefined): Properties {
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } = backups?.PointInTimeRecoveryDescription ?? {};
  const PointInTimeRecoveryEnabled = PointInTimeRecoveryStatus === 'ENABLED';
  return {
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled,
      ...(PointInTimeRecoveryEnabled && { RecoveryPeriodInDays }),
    },
  };
}

function streamingOf(destinations: readonly KinesisDataStreamDestination[] = []): Properties | undefined {
  const active = destinations.find(({ DestinationStatus: status }) => isOn(status) || status === 'UPDATING');
  return (
    active && {
      StreamArn: active.StreamArn,
      ApproximateCreationDateTimePrecision: active.ApproximateCreationDateTimePrecision,
    }
  );
}

const isOn = (status: string | undefined): boolean => /^(ENABLED|ENABLING|ACTIVE)$/.test(status ?? '');
