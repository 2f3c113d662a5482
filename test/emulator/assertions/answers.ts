import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { regionPlan } from '../../support/region-plan';

export const plan = regionPlan();

export const clients = {
  autoscaling: mockClient(AutoScalingClient),
  cloudformation: mockClient(CloudFormationClient),
  cloudtrail: mockClient(CloudTrailClient),
  cloudwatch: mockClient(CloudWatchClient),
  ec2: mockClient(EC2Client),
  ecs: mockClient(ECSClient),
  events: mockClient(EventBridgeClient),
  s3: mockClient(S3Client),
};

export const CELL = 'demo-us-east-1-use1-az4';
export const VAULT = 'demo-us-east-1-recordings-123456789012';
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:demo-us-east-1-alarms';

const ALARMS = [
  'nodes-silent',
  'capacity-short',
  'calls-refused',
  'turns-slow',
  'recordings-waiting',
  'spool-full',
  'nodes-not-held',
  'certificate-expiring',
  ...['edge', 'media', 'stt', 'llm', 'tts'].flatMap((tier) =>
    ['below-minimum', 'tasks-missing', 'nodes-wanted'].map((name) => `${tier}-${name}`),
  ),
];

/** One fact of an account: how it is answered, sound and wrong. */
export interface Fact {
  readonly wrong: string;
  readonly group: string;
  readonly assertion: string;
  readonly answer: (sound: boolean) => void;
}

export const FACTS: readonly Fact[] = [
  {
    wrong: 'a stack that was rolled back',
    group: 'stacks',
    assertion: 'stack demo-us-east-1-records: status',
    answer: (sound) =>
      clients.cloudformation.on(DescribeStacksCommand).resolves({
        Stacks: [
          { StackName: 'x', CreationTime: new Date(0), StackStatus: sound ? 'CREATE_COMPLETE' : 'ROLLBACK_COMPLETE' },
        ],
      }),
  },
  {
    wrong: 'a route to the internet from a media subnet',
    group: 'network',
    assertion: 'subnet use1-az4 media: ways out',
    answer: (sound) => {
      clients.ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [{ VpcId: 'vpc-1' }] });
      clients.ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ SubnetId: 'subnet-1' }] });
      const out = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
      const inside = { DestinationCidrBlock: '10.20.0.0/16', GatewayId: 'local' };
      clients.ec2
        .on(DescribeRouteTablesCommand)
        .resolves({ RouteTables: [{ Routes: sound ? [inside] : [inside, out] }] });
    },
  },
  {
    wrong: 'a subnet in another Availability Zone',
    group: 'network',
    assertion: 'subnet use1-az4 edge: place',
    answer: (sound) => {
      clients.ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [{ VpcId: 'vpc-1' }] });
      const place = { CidrBlock: '10.20.0.0/21', MapPublicIpOnLaunch: false };
      clients.ec2
        .on(DescribeSubnetsCommand)
        .resolves({ Subnets: [{ ...place, AvailabilityZoneId: sound ? 'use1-az4' : 'use1-az6' }] });
    },
  },
  {
    wrong: 'a vault locked in GOVERNANCE mode',
    group: 'records',
    assertion: `bucket ${VAULT}: Object Lock`,
    answer: (sound) =>
      clients.s3.on(GetObjectLockConfigurationCommand).resolves({
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: {
            DefaultRetention: { Mode: sound ? 'COMPLIANCE' : 'GOVERNANCE', Days: plan.retention.recording.days },
          },
        },
      }),
  },
  {
    wrong: 'a trail that has been stopped',
    group: 'records',
    assertion: 'trail demo-us-east-1-trail: logging',
    answer: (sound) => clients.cloudtrail.on(GetTrailStatusCommand).resolves({ IsLogging: sound }),
  },
  {
    wrong: 'nodes whose metadata service answers without a token',
    group: 'cell',
    assertion: `launch template ${CELL}-llm: metadata service`,
    answer: (sound) => {
      clients.autoscaling.on(DescribeAutoScalingGroupsCommand).resolves({
        AutoScalingGroups: [{ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } } as never],
      });
      const MetadataOptions = {
        HttpEndpoint: 'enabled' as const,
        HttpTokens: sound ? ('required' as const) : ('optional' as const),
        HttpPutResponseHopLimit: 1,
      };
      clients.ec2
        .on(DescribeLaunchTemplateVersionsCommand)
        .resolves({ LaunchTemplateVersions: [{ LaunchTemplateData: { MetadataOptions } }] });
    },
  },
  {
    wrong: 'a secret in a variable',
    group: 'cell',
    assertion: `task ${CELL}-llm: secrets in the open`,
    answer: (sound) => {
      clients.ecs.on(DescribeServicesCommand).resolves({ services: [{ taskDefinition: 'td' }] });
      const environment = sound
        ? [{ name: 'TLS_SECRET', value: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:tls' }]
        : [{ name: 'HF_TOKEN', value: 'hf_abc' }];
      clients.ecs
        .on(DescribeTaskDefinitionCommand)
        .resolves({ taskDefinition: { containerDefinitions: [{ name: 'llm', environment }] } });
    },
  },
  {
    wrong: 'an alarm that tells nobody',
    group: 'watch',
    assertion: 'alarms of use1-az4: told to the topic',
    answer: (sound) =>
      clients.cloudwatch.on(DescribeAlarmsCommand).resolves({
        MetricAlarms: ALARMS.map((name) => ({
          AlarmName: `${CELL}-${name}`,
          AlarmActions: sound || name !== 'turns-slow' ? [TOPIC] : [],
          OKActions: [TOPIC],
        })),
      }),
  },
  {
    wrong: 'an alert that is switched off',
    group: 'guard',
    assertion: 'alert when the audit trail was changed or stopped',
    answer: (sound) =>
      clients.events.on(ListRulesCommand).resolves({
        Rules: [
          {
            Name: 'r',
            Description: 'demo: the audit trail was changed or stopped',
            State: sound ? 'ENABLED' : 'DISABLED',
            EventPattern: JSON.stringify({
              source: ['aws.cloudtrail'],
              detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
            }),
          },
        ],
      }),
  },
];
