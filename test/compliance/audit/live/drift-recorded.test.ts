import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  type LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DestinationStatus,
} from '@aws-sdk/client-dynamodb';
import { DescribeServicesCommand, ECSClient, type AvailabilityZoneRebalancing } from '@aws-sdk/client-ecs';
import {
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetObjectLockConfigurationCommand,
  ListBucketInventoryConfigurationsCommand,
  S3Client,
  type ObjectLockRetentionMode,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { auditLive } from '../../../../compliance/audit/live/live';
import type { Finding } from '../../../../compliance/audit/posture';
import type { Resource } from '../../../../compliance/templates/template-set';
import { AS_OF } from '../../../support/postures';
import { awsError, mockedRegion } from '../../../support/deployed-resource';
import { changesBetween } from '../../../support/drifts/changes';
import { kitEvidence } from '../../../support/kit-evidence';

/** What the emulator does not tell truly, as AWS answers: before somebody changed it, and after. */
interface Recorded {
  readonly what: string;
  readonly of: readonly [type: string, logicalId: RegExp];
  readonly physicalId: string;
  readonly before: () => unknown;
  readonly after: () => unknown;
  readonly found: string;
  readonly minded: readonly string[];
}

const clients = {
  autoscaling: mockClient(AutoScalingClient),
  budgets: mockClient(BudgetsClient),
  cloudformation: mockClient(CloudFormationClient),
  dynamodb: mockClient(DynamoDBClient),
  ecs: mockClient(ECSClient),
  logs: mockClient(CloudWatchLogsClient),
  s3: mockClient(S3Client),
};

const [kit] = kitEvidence(['brokerage-us']);
if (!kit) throw new Error('the brokerage has no region');
const { set } = kit.evidence;
const [HOME = ''] = set.stacks.flatMap(({ name, region }) => (name.endsWith('/records') && region ? [region] : []));

const stackNameOf = (name: string): string => name.replaceAll('/', '-');

/** An account with one resource of the kit in it, beside one that nobody reads: it is never empty. */
function holding({ stack, logicalId }: Resource, physicalId: string): void {
  const stacks = set.stacks.filter(({ region }) => region === HOME);
  clients.cloudformation.on(DescribeStacksCommand).resolves({
    Stacks: stacks.map(({ name }) => ({
      StackName: stackNameOf(name),
      StackStatus: 'UPDATE_COMPLETE',
      CreationTime: new Date(0),
    })),
  });
  const beside = resourceOf(['AWS::Logs::LogStream', /./]);
  for (const { name } of stacks)
    clients.cloudformation.on(ListStackResourcesCommand, { StackName: stackNameOf(name) }).resolves({
      StackResourceSummaries: [
        ...(name === stack.name ? [summary(logicalId, physicalId)] : []),
        ...(name === beside.stack.name ? [summary(beside.logicalId, 'stream')] : []),
      ],
    });
}

const summary = (LogicalResourceId: string, PhysicalResourceId: string) => ({
  LogicalResourceId,
  PhysicalResourceId,
  ResourceType: 'any',
  ResourceStatus: 'UPDATE_COMPLETE' as const,
  LastUpdatedTimestamp: new Date(0),
});

async function audit(): Promise<readonly Finding[]> {
  const stackNames = new Map(set.stacks.map(({ name }) => [name, stackNameOf(name)]));
  const regions = new Map([[HOME, mockedRegion(HOME)]]);
  const { findings } = await auditLive(
    { audited: kit as NonNullable<typeof kit>, stackNames, regions },
    { waivers: [], asOf: AS_OF },
    () => {},
  );
  return findings;
}

function resourceOf([type, logicalId]: Recorded['of']): Resource {
  const found = set.resources.find(
    (one) => one.type === type && one.stack.region === HOME && logicalId.test(one.logicalId),
  );
  if (!found) throw new Error(`the brokerage has no ${type} like ${logicalId.source}`);
  return found;
}

const BUCKET = ['AWS::S3::Bucket', /^RecordingsBucket/] as const;

const lock = (Mode: ObjectLockRetentionMode, Days: number) => () =>
  clients.s3.on(GetObjectLockConfigurationCommand).resolves({
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
  });

/** Seven, and a day of each leap year in them. */
const YEARS = 2557;

const replication = (Bucket: string, Account?: string) => () =>
  clients.s3.on(GetBucketReplicationCommand).resolves({
    ReplicationConfiguration: {
      Role: 'arn:aws:iam::111122223333:role/replication',
      Rules: [{ ID: 'SecondLockedCopy', Status: 'Enabled', Destination: { Bucket, Account } }],
    },
  });

const streaming = (DestinationStatus: DestinationStatus) => () => {
  clients.dynamodb.on(DescribeTableCommand).resolves({ Table: { TableName: 'ledger' } });
  clients.dynamodb.on(DescribeKinesisStreamingDestinationCommand).resolves({
    KinesisDataStreamDestinations: [
      { StreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/ledger', DestinationStatus },
    ],
  });
};

const logGroup = (settings: Partial<LogGroup>) => () =>
  clients.logs.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: 'trail', ...settings }] });

const query = (queryString: string) => () =>
  clients.logs.on(DescribeQueryDefinitionsCommand).resolves({
    queryDefinitions: [{ queryDefinitionId: 'query', name: 'one call', queryString }],
  });

const budget = (Amount: string) => () =>
  clients.budgets.on(DescribeBudgetCommand).resolves({
    Budget: { BudgetName: 'budget', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount, Unit: 'USD' } },
  });

const SERVICE = 'arn:aws:ecs:us-east-1:111122223333:service/cell/stt';

const service = (availabilityZoneRebalancing: AvailabilityZoneRebalancing) => () =>
  clients.ecs.on(DescribeServicesCommand).resolves({
    services: [{ serviceArn: SERVICE, serviceName: 'stt', status: 'ACTIVE', availabilityZoneRebalancing }],
  });

const group = (MinHealthyPercentage: number) => () =>
  clients.autoscaling.on(DescribeAutoScalingGroupsCommand).resolves({
    AutoScalingGroups: [
      {
        AutoScalingGroupName: 'edge',
        MinSize: 0,
        MaxSize: 2,
        DesiredCapacity: 0,
        DefaultCooldown: 300,
        AvailabilityZones: ['us-east-1a'],
        HealthCheckType: 'EC2',
        CreatedTime: new Date(0),
        InstanceMaintenancePolicy: { MinHealthyPercentage, MaxHealthyPercentage: 200 },
      },
    ],
  });

const KEPT: readonly Recorded[] = [
  {
    what: 'a lock that ends a day earlier',
    of: BUCKET,
    physicalId: 'recordings',
    before: lock('COMPLIANCE', YEARS),
    after: lock('COMPLIANCE', YEARS - 1),
    found: 'RecordingsBucket.ObjectLockConfiguration',
    minded: ['REC-02 met RecordingsBucket', 'REC-05 unmet RecordingsBucket'],
  },
  {
    what: 'a lock that a privilege breaks',
    of: BUCKET,
    physicalId: 'recordings',
    before: lock('COMPLIANCE', YEARS),
    after: lock('GOVERNANCE', YEARS),
    found: 'RecordingsBucket.ObjectLockConfiguration',
    minded: ['REC-01 unmet RecordingsBucket'],
  },
  {
    what: 'no inventory of locks',
    of: BUCKET,
    physicalId: 'recordings',
    before: () =>
      clients.s3.on(ListBucketInventoryConfigurationsCommand).resolves({
        InventoryConfigurationList: [
          {
            Id: 'locks',
            IsEnabled: true,
            IncludedObjectVersions: 'All',
            Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::logs', Format: 'Parquet' } },
            Schedule: { Frequency: 'Daily' },
          },
        ],
      }),
    after: () => clients.s3.on(ListBucketInventoryConfigurationsCommand).resolves({}),
    found: 'RecordingsBucket.InventoryConfigurations',
    minded: ['REC-10 unmet RecordingsBucket'],
  },
  {
    what: 'copies in a bucket of somebody else',
    of: BUCKET,
    physicalId: 'recordings',
    before: replication('arn:aws:s3:::brokerage-us-us-east-1-recordings-copy'),
    after: replication('arn:aws:s3:::somebody-else', '999988887777'),
    found: 'RecordingsBucket.ReplicationConfiguration',
    minded: ['REC-08 indeterminate RecordingsBucket', 'RES-04 indeterminate RecordingsBucket'],
  },
  {
    what: 'a ledger that no longer streams',
    of: ['AWS::DynamoDB::Table', /^LedgerTable/],
    physicalId: 'ledger',
    before: streaming('ACTIVE'),
    after: streaming('DISABLED'),
    found: 'LedgerTable.KinesisStreamSpecification',
    minded: [],
  },
];

const WATCHED: readonly Recorded[] = [
  {
    what: 'a log in clear',
    of: ['AWS::Logs::LogGroup', /^TrailLogGroup/],
    physicalId: 'trail',
    before: logGroup({ kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/0a1b' }),
    after: logGroup({}),
    found: 'TrailLogGroup.KmsKeyId',
    minded: ['ENC-03 unmet TrailLogGroup'],
  },
  {
    what: 'a log that may be deleted',
    of: ['AWS::Logs::LogGroup', /^TrailLogGroup/],
    physicalId: 'trail',
    before: logGroup({ deletionProtectionEnabled: true }),
    after: logGroup({ deletionProtectionEnabled: false }),
    found: 'TrailLogGroup.DeletionProtectionEnabled',
    minded: ['AUD-08 unmet TrailLogGroup'],
  },
  {
    what: 'a saved query that asks something else',
    of: ['AWS::Logs::QueryDefinition', /^SavedQueriesOneCall/],
    physicalId: 'query',
    before: query('fields @timestamp'),
    after: query('fields @message'),
    found: 'SavedQueriesOneCall.QueryString',
    minded: [],
  },
  {
    what: 'a budget of ten times as much',
    of: ['AWS::Budgets::Budget', /^MonthlyBudget/],
    physicalId: 'budget',
    before: budget('80000'),
    after: budget('800000'),
    found: 'MonthlyBudget.Budget',
    minded: [],
  },
  {
    what: 'a budget deleted',
    of: ['AWS::Budgets::Budget', /^MonthlyBudget/],
    physicalId: 'budget',
    before: budget('80000'),
    after: () => clients.budgets.on(DescribeBudgetCommand).rejects(awsError('NotFoundException')),
    found: 'MonthlyBudget is gone',
    minded: ['RES-01 met'],
  },
];

const RUNNING: readonly Recorded[] = [
  {
    what: 'a service that ECS spreads anew',
    of: ['AWS::ECS::Service', /^SttService/],
    physicalId: SERVICE,
    before: service('DISABLED'),
    after: service('ENABLED'),
    found: 'SttService.AvailabilityZoneRebalancing',
    minded: [],
  },
  {
    what: 'nodes that are replaced before there are others',
    of: ['AWS::AutoScaling::AutoScalingGroup', /^EdgeFleetGroup/],
    physicalId: 'edge',
    before: group(100),
    after: group(0),
    found: 'EdgeFleetGroup.InstanceMaintenancePolicy',
    minded: [],
  },
];

/** What is not recorded says nothing. */
beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
  clients.autoscaling.onAnyCommand().resolves({});
  clients.budgets.onAnyCommand().resolves({});
  clients.dynamodb.onAnyCommand().resolves({});
  clients.ecs.onAnyCommand().resolves({});
  clients.logs.onAnyCommand().resolves({});
  clients.s3.onAnyCommand().resolves({});
  clients.s3.on(GetBucketTaggingCommand).resolves({ TagSet: [{ Key: 'voicecell:data-class', Value: 'recording' }] });
});

test.each([...KEPT, ...WATCHED, ...RUNNING])(
  '$what is found, and nothing else',
  async ({ of, physicalId, before, after, found, minded }) => {
    const resource = resourceOf(of);
    holding(resource, physicalId);
    before();
    const then = await audit();
    after();
    expect(changesBetween(then, await audit())).toEqual({ found: [found], minded });
  },
);
