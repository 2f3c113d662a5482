import { ApplicationAutoScalingClient, DescribeScalingPoliciesCommand } from '@aws-sdk/client-application-auto-scaling';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogsClient, DescribeQueryDefinitionsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeCapacityReservationsCommand,
  DescribeInstancesCommand,
  DescribePlacementGroupsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  ListNamespacesCommand,
  ListTagsForResourceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { mockClient } from 'aws-sdk-client-mock';
import { Asking } from '../../../../../../aws/ask';
import { PLATFORM_READERS } from '../../../../../../compliance/audit/live/readers/platform';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../../../../../compliance/audit/live/reading';
import { isAsWritten } from '../../../../../../compliance/audit/live/compare';
import { Links } from '../../../../../../compliance/audit/live/links';

const clients = {
  autoscaling: mockClient(AutoScalingClient),
  ec2: mockClient(EC2Client),
  ecs: mockClient(ECSClient),
  logs: mockClient(CloudWatchLogsClient),
  names: mockClient(ServiceDiscoveryClient),
  route53: mockClient(Route53Client),
  scaling: mockClient(ApplicationAutoScalingClient),
};

const REGION: LiveRegion = {
  region: 'us-east-1',
  account: '111122223333',
  partition: 'aws',
  ask: new Asking().in('us-east-1'),
  client: { credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
};

const STACK = { name: 'cell', templatePath: 'cell.json', region: 'us-east-1', body: {} };

const deployed = (type: string, physicalId: string, properties: Record<string, unknown>): Deployed => ({
  physicalId,
  resource: { stack: STACK, logicalId: physicalId, type, properties, body: { Type: type, Properties: properties } },
});

function readerOf(type: string): LiveReader {
  const reader = PLATFORM_READERS.find(({ types }) => types.includes(type));
  if (!reader) throw new Error(`nothing reads ${type}`);
  return reader;
}

async function readingOf(one: Deployed, ...others: readonly Deployed[]): Promise<Reading> {
  const readings = await readerOf(one.resource.type).read([one, ...others], REGION);
  const reading = readings.find((candidate) => candidate.deployed === one);
  if (!reading) throw new Error(`no reading of ${one.physicalId}`);
  return reading;
}

/** Properties that the account has otherwise than the template, or besides it. */
const different = ({ deployed: { resource }, properties }: Reading): string[] =>
  Object.entries(properties)
    .filter(([name, live]) => !isAsWritten(resource.properties[name], live, new Links([])))
    .map(([name]) => name);

beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
});

const ARN = 'arn:aws:ecs:us-east-1:111122223333:service/use1-az1/edge';

interface Recorded {
  readonly what: string;
  readonly of: Deployed;
  /** @param changed whether somebody changed the account */
  readonly answer: (changed: boolean) => void;
  readonly changes: readonly string[];
}

const RECORDED: readonly Recorded[] = [
  {
    what: 'a service that ECS may move between zones',
    of: deployed('AWS::ECS::Service', ARN, { AvailabilityZoneRebalancing: 'DISABLED', ServiceName: 'edge' }),
    answer: (changed) =>
      clients.ecs.on(DescribeServicesCommand).resolves({
        services: [
          {
            serviceArn: ARN,
            serviceName: 'edge',
            status: 'ACTIVE',
            availabilityZoneRebalancing: changed ? 'ENABLED' : 'DISABLED',
            desiredCount: 4,
            launchType: 'EC2',
            deploymentController: { type: 'ECS' },
            deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
            healthCheckGracePeriodSeconds: 0,
            propagateTags: 'NONE',
            schedulingStrategy: 'REPLICA',
            enableExecuteCommand: false,
            enableECSManagedTags: false,
          },
        ],
      }),
    changes: ['AvailabilityZoneRebalancing'],
  },
  {
    what: 'a group that may end half of its nodes at once',
    of: deployed('AWS::AutoScaling::AutoScalingGroup', 'edge', {
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      MaxSize: '2',
    }),
    answer: (changed) =>
      clients.autoscaling.on(DescribeAutoScalingGroupsCommand).resolves({
        AutoScalingGroups: [
          {
            AutoScalingGroupName: 'edge',
            AvailabilityZones: [],
            CapacityReservationSpecification: { CapacityReservationPreference: 'default' },
            CreatedTime: new Date(0),
            DefaultCooldown: 300,
            DesiredCapacity: 1,
            HealthCheckType: 'EC2',
            InstanceMaintenancePolicy: { MinHealthyPercentage: changed ? 50 : 100, MaxHealthyPercentage: 200 },
            MaxSize: 2,
            MinSize: undefined,
            TerminationPolicies: ['Default'],
          },
        ],
      }),
    changes: ['InstanceMaintenancePolicy'],
  },
  {
    what: 'a saved query about other groups',
    of: deployed('AWS::Logs::QueryDefinition', 'q-1', { Name: 'a', QueryString: 'fields x', LogGroupNames: ['/a'] }),
    answer: (changed) =>
      clients.logs
        .on(DescribeQueryDefinitionsCommand, { nextToken: undefined })
        .resolves({ queryDefinitions: [], nextToken: 'more' })
        .on(DescribeQueryDefinitionsCommand, { nextToken: 'more' })
        .resolves({
          queryDefinitions: [
            { queryDefinitionId: 'q-1', name: 'a', queryString: 'fields x', logGroupNames: [changed ? '/b' : '/a'] },
          ],
        }),
    changes: ['LogGroupNames'],
  },
  {
    what: 'a placement group that spreads',
    of: deployed('AWS::EC2::PlacementGroup', 'gpus', { Strategy: 'cluster' }),
    answer: (changed) =>
      clients.ec2.on(DescribePlacementGroupsCommand).resolves({
        PlacementGroups: [{ GroupName: 'gpus', State: 'available', Strategy: changed ? 'spread' : 'cluster' }],
      }),
    changes: ['Strategy'],
  },
  {
    what: 'a reservation of fewer nodes',
    of: deployed('AWS::EC2::CapacityReservation', 'cr-1', {
      AvailabilityZoneId: 'use1-az1',
      InstanceCount: 2,
      TagSpecifications: [{ ResourceType: 'capacity-reservation', Tags: [{ Key: 'voicecell:tier', Value: 'llm' }] }],
    }),
    answer: (changed) =>
      clients.ec2.on(DescribeCapacityReservationsCommand).resolves({
        CapacityReservations: [
          {
            CapacityReservationId: 'cr-1',
            AvailabilityZoneId: 'use1-az1',
            Tenancy: 'default',
            TotalInstanceCount: changed ? 1 : 2,
            Tags: [
              { Key: 'voicecell:tier', Value: 'llm' },
              { Key: 'aws:cloudformation:stack-name', Value: 'cell' },
            ],
          },
        ],
      }),
    changes: ['InstanceCount'],
  },
  {
    what: 'an endpoint without a policy, which AWS gives one that lets everybody in',
    of: deployed('AWS::EC2::VPCEndpoint', 'vpce-1', { ServiceName: 'com.amazonaws.us-east-1.s3' }),
    answer: (changed) =>
      clients.ec2.on(DescribeVpcEndpointsCommand).resolves({
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-1',
            ServiceName: 'com.amazonaws.us-east-1.s3',
            ServiceRegion: 'us-east-1',
            State: 'available' as never,
            PolicyDocument: JSON.stringify({
              Version: '2008-10-17',
              Statement: [{ Effect: changed ? 'Deny' : 'Allow', Principal: '*', Action: '*', Resource: '*' }],
            }),
          },
        ],
      }),
    changes: ['PolicyDocument'],
  },
  {
    what: 'a zone that another VPC sees',
    of: deployed('AWS::ServiceDiscovery::PrivateDnsNamespace', 'ns-1', { Name: 'cell.internal', Vpc: 'vpc-1' }),
    answer: (changed) => {
      const DnsProperties = { HostedZoneId: 'Z1' };
      clients.names
        .on(ListNamespacesCommand)
        .resolves({
          Namespaces: [{ Id: 'ns-1', Arn: 'arn:ns-1', Name: 'cell.internal', Properties: { DnsProperties } }],
        })
        .on(ListTagsForResourceCommand)
        .resolves({ Tags: [] });
      clients.route53.on(GetHostedZoneCommand).resolves({
        HostedZone: { Id: 'Z1', Name: 'cell.internal.', CallerReference: 'a' },
        VPCs: [{ VPCId: 'vpc-1' }, ...(changed ? [{ VPCId: 'vpc-2' }] : [])],
      });
    },
    changes: ['Vpc'],
  },
  {
    what: 'a scaling policy with another target',
    of: deployed(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      'arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:u:resource/ecs/service/c/llm:policyName/llm-out',
      {
        PolicyName: 'llm-out',
        ScalingTargetId: 'service/c/llm|ecs:service:DesiredCount|ecs',
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 20 },
      },
    ),
    answer: (changed) =>
      clients.scaling
        .on(DescribeScalingPoliciesCommand, { ServiceNamespace: 'ecs', PolicyNames: ['llm-out'] })
        .resolves({
          ScalingPolicies: [
            {
              PolicyARN:
                'arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:u:resource/ecs/service/c/llm:policyName/llm-out',
              PolicyName: 'llm-out',
              PolicyType: undefined,
              ResourceId: 'service/c/llm',
              ScalableDimension: 'ecs:service:DesiredCount',
              ServiceNamespace: 'ecs',
              TargetTrackingScalingPolicyConfiguration: { TargetValue: changed ? 90 : 20 },
              CreationTime: new Date(0),
            },
          ],
        }),
    changes: ['TargetTrackingScalingPolicyConfiguration'],
  },
];

test.each(RECORDED)('$what is found, and the same unchanged is not', async ({ of, answer, changes }) => {
  answer(false);
  expect(different(await readingOf(of))).toEqual([]);
  answer(true);
  expect(different(await readingOf(of))).toEqual(changes);
});

const LISTING = deployed('AWS::EC2::SecurityGroup', 'sg-1', {
  GroupDescription: 'edge',
  SecurityGroupIngress: [],
  SecurityGroupEgress: [
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-1', Description: 'S3' },
  ],
});
const APART = deployed('AWS::EC2::SecurityGroupEgress', 'sgr-apart', {
  GroupId: 'sg-1',
  DestinationSecurityGroupId: 'sg-2',
  Description: 'media',
  IpProtocol: 'udp',
  FromPort: 5060,
  ToPort: 5060,
});
const RULE = { GroupId: 'sg-1', IsEgress: true, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const RULES = [
  { ...RULE, SecurityGroupRuleId: 'sgr-list', PrefixListId: 'pl-1', Description: 'S3' },
  {
    ...RULE,
    SecurityGroupRuleId: 'sgr-apart',
    IpProtocol: 'udp',
    FromPort: 5060,
    ToPort: 5060,
    ReferencedGroupInfo: { GroupId: 'sg-2' },
    Description: 'media',
  },
];
const BY_HAND = { ...RULE, SecurityGroupRuleId: 'sgr-hand', CidrIpv4: '0.0.0.0/0' };

const answerRules = (...rules: readonly (typeof RULE)[]): void => {
  clients.ec2
    .on(DescribeSecurityGroupsCommand)
    .resolves({ SecurityGroups: [{ GroupId: 'sg-1', Description: 'edge' }] })
    .on(DescribeSecurityGroupRulesCommand)
    .resolves({ SecurityGroupRules: [...rules] });
};

test('a rule that is a resource is none of the group', async () => {
  answerRules(...RULES);
  expect(different(await readingOf(LISTING, APART))).toEqual([]);
  expect(different(await readingOf(APART, LISTING))).toEqual([]);
});

test('a rule by hand is one more in the list of the group', async () => {
  answerRules(...RULES, BY_HAND);
  const reading = await readingOf(LISTING, APART);
  expect(different(reading)).toEqual(['SecurityGroupEgress']);
  expect(reading.beside).toBeUndefined();
});

test('a rule by hand stands beside a group that lists none, which is born open outwards', async () => {
  const born = { ...RULE, SecurityGroupRuleId: 'sgr-born', IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
  answerRules(born, BY_HAND);
  const silent = deployed('AWS::EC2::SecurityGroup', 'sg-1', { GroupDescription: 'edge' });
  const reading = await readingOf(silent);
  expect(different(reading)).toEqual([]);
  expect(reading.beside).toEqual([
    {
      type: 'AWS::EC2::SecurityGroupEgress',
      id: 'sgr-hand',
      properties: expect.objectContaining({ CidrIp: '0.0.0.0/0' }),
    },
  ]);
});

test('a cluster that is gone takes its services with it', async () => {
  clients.ecs
    .on(DescribeServicesCommand)
    .rejects(Object.assign(new Error('no'), { name: 'ClusterNotFoundException', $metadata: {} }));
  expect(await readingOf(deployed('AWS::ECS::Service', ARN, {}))).toMatchObject({ isGone: true, properties: {} });
});

test('eleven services of a cluster are two questions', async () => {
  clients.ecs.on(DescribeServicesCommand).resolves({ services: [] });
  const services = Array.from({ length: 11 }, (_, at) => deployed('AWS::ECS::Service', `${ARN}${at}`, {}));
  const [first, ...others] = services;
  if (first) await readingOf(first, ...others);
  expect(clients.ecs.commandCalls(DescribeServicesCommand)).toHaveLength(2);
});

test("an instance with a public address is nobody's, unless a group of the deployment launched it", async () => {
  const instance = {
    InstanceId: 'i-1',
    VpcId: 'vpc-1',
    PublicIpAddress: '192.0.2.1',
    Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'edge' }],
  };
  clients.ec2
    .onAnyCommand()
    .resolves({})
    .on(DescribeVpcsCommand)
    .resolves({ Vpcs: [{ VpcId: 'vpc-1' }] })
    .on(DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [instance] }] });
  const vpc = deployed('AWS::EC2::VPC', 'vpc-1', {});
  const besideWith = async (...made: readonly string[]) => {
    const [reading] = await readerOf('AWS::EC2::VPC').read([vpc], { ...REGION, made: new Set(made) });
    return reading?.beside?.map(({ type, id }) => `${type} ${id}`);
  };
  expect(await besideWith('vpc-1')).toEqual(['AWS::EC2::Instance i-1']);
  expect(await besideWith('vpc-1', 'edge')).toBeUndefined();
});

describe('the attachment of a VPC to a transit gateway', () => {
  const written = { SubnetIds: ['subnet-1'], TransitGatewayId: 'tgw-1', VpcId: 'vpc-1' };
  const attachment = deployed('AWS::EC2::TransitGatewayVpcAttachment', 'tgw-attach-1', written);
  const listed = (live: object) =>
    clients.ec2.on(DescribeTransitGatewayVpcAttachmentsCommand).resolves({
      TransitGatewayVpcAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1', ...written, Tags: [], ...live }],
    });

  test('is read as it stands', async () => {
    listed({ State: 'available' });
    expect(different(await readingOf(attachment))).toEqual([]);
    listed({ State: 'available', TransitGatewayId: 'tgw-2' });
    expect(different(await readingOf(attachment))).toEqual(['TransitGatewayId']);
  });

  test('is gone where it was deleted, though it is still listed', async () => {
    listed({ State: 'deleted' });
    expect((await readingOf(attachment)).isGone).toBe(true);
  });
});
