import {
  BudgetsClient,
  DescribeBudgetCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  ListTagsForResourceCommand as ListBudgetTagsCommand,
} from '@aws-sdk/client-budgets';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeKinesisStreamingDestinationCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetBucketReplicationCommand,
  GetObjectLockConfigurationCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { budgets } from '../../../../../../compliance/audit/live/readers/data/budgets';
import { dynamoDbTables } from '../../../../../../compliance/audit/live/readers/data/dynamodb';
import { logGroups } from '../../../../../../compliance/audit/live/readers/data/logs';
import { buckets } from '../../../../../../compliance/audit/live/readers/data/s3';
import { sns } from '../../../../../../compliance/audit/live/readers/data/sns';
import type { Deployed, LiveReader, Reading } from '../../../../../../compliance/audit/live/reading';
import { UNKNOWN } from '../../../../../../compliance/templates/tokens';
import { kitEvidence } from '../../../../../support/kit-evidence';
import { awsError, deployedResource, mockedRegion } from '../../../../../support/deployed-resource';

// Answers as the API references of the services give them, where an emulator would forget or make up what is asked.
const clients = {
  budgets: mockClient(BudgetsClient),
  dynamodb: mockClient(DynamoDBClient),
  logs: mockClient(CloudWatchLogsClient),
  s3: mockClient(S3Client),
  sns: mockClient(SNSClient),
};

beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
  clients.budgets.onAnyCommand().resolves({});
  clients.dynamodb.onAnyCommand().resolves({});
  clients.logs.onAnyCommand().resolves({});
  clients.s3.onAnyCommand().resolves({});
  clients.sns.onAnyCommand().resolves({});
});

async function read(reader: LiveReader, deployed: Deployed): Promise<Reading> {
  const [reading] = await reader.read([deployed], mockedRegion());
  if (!reading) throw new Error('there is one reading for each resource');
  return reading;
}

/** What the sandbox's template writes of the first resource of a type that has the property. */
function written(type: string, property: string): unknown {
  const [kit] = kitEvidence(['sandbox']);
  const resource = kit?.evidence.ofType(type).find(({ properties }) => property in properties);
  return resource && kit?.evidence.at(resource, property);
}

const readBucket = (): Promise<Reading> => read(buckets, deployedResource('AWS::S3::Bucket', 'a-bucket'));

test('a default hold until an event is part of the lock', async () => {
  const lock = {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192, DefaultEventHold: { Days: 2557 } } },
  } as const;
  clients.s3.on(GetObjectLockConfigurationCommand).resolves({ ObjectLockConfiguration: lock });
  const { properties } = await readBucket();
  expect(properties).toMatchObject({ ObjectLockEnabled: true, ObjectLockConfiguration: lock });
});

test('a bucket without a lock has none', async () => {
  clients.s3.on(GetObjectLockConfigurationCommand).rejects(awsError('ObjectLockConfigurationNotFoundError', 404));
  const { properties } = await readBucket();
  expect(properties).toHaveProperty('ObjectLockConfiguration', undefined);
});

test('an inventory reads as the template writes it, from every page', async () => {
  const inventory = {
    Destination: {
      S3BucketDestination: { Bucket: 'arn:aws:s3:::logs', Format: 'Parquet', Prefix: 'inventory/a-bucket' },
    },
    IsEnabled: true,
    Id: 'locks',
    IncludedObjectVersions: 'All',
    OptionalFields: ['Size', 'ObjectLockMode'],
    Schedule: { Frequency: 'Daily' },
  } as const;
  clients.s3
    .on(ListBucketInventoryConfigurationsCommand)
    .resolvesOnce({ NextContinuationToken: 'more' })
    .resolves({ InventoryConfigurationList: [inventory] as never });
  const { properties } = await readBucket();
  expect(properties['InventoryConfigurations']).toEqual([
    {
      Destination: { BucketArn: 'arn:aws:s3:::logs', Format: 'Parquet', Prefix: 'inventory/a-bucket' },
      Enabled: true,
      Id: 'locks',
      IncludedObjectVersions: 'All',
      OptionalFields: ['Size', 'ObjectLockMode'],
      ScheduleFrequency: 'Daily',
    },
  ]);
  const [shipped] = written('AWS::S3::Bucket', 'InventoryConfigurations') as readonly object[];
  expect(Object.keys((properties['InventoryConfigurations'] as readonly object[])[0] ?? {})).toEqual(
    Object.keys(shipped ?? {}).toSorted(),
  );
});

test.each([
  ['with an empty prefix', { Prefix: '' }, { Prefix: '' }],
  ['with no prefix', {}, { Prefix: '' }],
  ['by a tag', { Tag: { Key: 'a', Value: 'b' } }, { TagFilter: { Key: 'a', Value: 'b' } }],
  [
    'by both',
    { And: { Prefix: 'a/', Tags: [{ Key: 'a', Value: 'b' }] } },
    { And: { Prefix: 'a/', TagFilters: [{ Key: 'a', Value: 'b' }] } },
  ],
])('a replication that filters %s', async (_, Filter, expected) => {
  const rule = {
    Priority: 1,
    Status: 'Enabled',
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: { Bucket: 'arn:aws:s3:::copy', EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:of:key' } },
  } as const;
  clients.s3.on(GetBucketReplicationCommand).resolves({
    ReplicationConfiguration: { Role: 'arn:of:role', Rules: [{ ...rule, ID: 'SecondLockedCopy', Filter }] },
  });
  const { properties } = await readBucket();
  expect(properties['ReplicationConfiguration']).toEqual({
    Role: 'arn:of:role',
    Rules: [{ ...rule, Id: 'SecondLockedCopy', Filter: expected }],
  });
});

test('an archive that objects move to is read', async () => {
  const Tierings = [{ AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 }] as const;
  clients.s3.on(ListBucketIntelligentTieringConfigurationsCommand).resolves({
    IntelligentTieringConfigurationList: [{ Id: 'all', Status: 'Enabled', Tierings: [...Tierings] }],
  });
  const { properties } = await readBucket();
  expect(properties['IntelligentTieringConfigurations']).toEqual([{ Id: 'all', Status: 'Enabled', Tierings }]);
});

test.each([true, false])('a log group that is protected from deletion: %s', async (deletionProtectionEnabled) => {
  clients.logs.on(DescribeLogGroupsCommand).resolves({
    logGroups: [{ logGroupName: '/a/group', deletionProtectionEnabled, retentionInDays: 90 }],
  });
  clients.logs.on(ListTagsForResourceCommand).resolves({ tags: { 'aws:cloudformation:stack-name': 'a', own: 'b' } });
  const group = deployedResource('AWS::Logs::LogGroup', '/a/group', { DeletionProtectionEnabled: true });
  expect((await read(logGroups, group)).properties).toEqual({
    DeletionProtectionEnabled: deletionProtectionEnabled,
    KmsKeyId: undefined,
    LogGroupClass: undefined,
    LogGroupName: undefined,
    RetentionInDays: 90,
    Tags: [{ Key: 'own', Value: 'b' }],
  });
});

test.each([
  ['ACTIVE', { StreamArn: 'arn:of:stream', ApproximateCreationDateTimePrecision: 'MILLISECOND' }],
  ['DISABLED', undefined],
  ['ENABLE_FAILED', undefined],
] as const)('a table whose stream to Kinesis is %s', async (DestinationStatus, expected) => {
  clients.dynamodb.on(DescribeKinesisStreamingDestinationCommand).resolves({
    KinesisDataStreamDestinations: [
      { StreamArn: 'arn:of:stream', DestinationStatus, ApproximateCreationDateTimePrecision: 'MILLISECOND' },
    ],
  });
  const { properties } = await read(dynamoDbTables, deployedResource('AWS::DynamoDB::Table', 'ledger'));
  expect(properties['KinesisStreamSpecification']).toEqual(expected);
});

describe('a budget', () => {
  const deployed = deployedResource('AWS::Budgets::Budget', 'a-budget');
  const alert = {
    ComparisonOperator: 'GREATER_THAN',
    NotificationType: 'ACTUAL',
    Threshold: 80,
    ThresholdType: 'PERCENTAGE',
  } as const;
  const subscribers = [{ Address: 'ops@example.com', SubscriptionType: 'EMAIL' }] as const;

  test('has its limit as a number and its subscribers within its notifications', async () => {
    clients.budgets.on(DescribeBudgetCommand, { ShowFilterExpression: true }).resolves({
      Budget: {
        BudgetName: 'a-budget',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '3000.0', Unit: 'USD' },
        LastUpdatedTime: new Date(0),
      },
    });
    clients.budgets
      .on(DescribeNotificationsForBudgetCommand)
      .resolves({ Notifications: [{ ...alert, NotificationState: 'ALARM' }] });
    clients.budgets.on(DescribeSubscribersForNotificationCommand).resolves({ Subscribers: [...subscribers] });
    clients.budgets.on(ListBudgetTagsCommand).resolves({ ResourceTags: [{ Key: 'own', Value: 'b' }] });
    expect((await read(budgets, deployed)).properties).toEqual({
      Budget: {
        BudgetName: 'a-budget',
        BudgetType: 'COST',
        BudgetLimit: { Amount: 3000, Unit: 'USD' },
        TimeUnit: 'MONTHLY',
      },
      NotificationsWithSubscribers: [{ Notification: alert, Subscribers: subscribers }],
      ResourceTags: [{ Key: 'own', Value: 'b' }],
    });
  });

  test('that is not there is gone', async () => {
    clients.budgets.onAnyCommand().rejects(awsError('NotFoundException'));
    expect(await read(budgets, deployed)).toEqual({ deployed, isGone: true, properties: {} });
  });
});

test('a subscription that nobody has confirmed yet is known by its address', async () => {
  const topic = 'arn:aws:sns:us-east-1:111122223333:alarms';
  const address = { Protocol: 'email', Endpoint: 'ops@example.com' };
  const waiting = { ...address, TopicArn: topic, SubscriptionArn: 'PendingConfirmation' };
  clients.sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [waiting] });
  const subscription = deployedResource('AWS::SNS::Subscription', `${topic}:1234`, address);
  const both = [subscription, deployedResource('AWS::SNS::Topic', topic)];
  const [found, ofTopic] = await sns.read(both, mockedRegion());
  expect(found?.properties).toEqual({ ...address, TopicArn: topic });
  expect(ofTopic?.beside).toBeUndefined();
});

test('a policy that is no JSON is unknown', async () => {
  const topic = 'arn:aws:sns:us-east-1:111122223333:alarms';
  clients.sns.onAnyCommand().resolves({ Attributes: { Policy: 'not JSON' } });
  const { properties } = await read(sns, deployedResource('AWS::SNS::TopicPolicy', 'any', { Topics: [topic] }));
  expect(properties).toEqual({ Topics: [topic], PolicyDocument: UNKNOWN });
});
