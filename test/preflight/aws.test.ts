import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeAddressesCommand,
  DescribeCapacityReservationsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeRegionsCommand,
  DescribeVpcEndpointServicesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeImagesCommand as DescribeContainerImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetHostedZoneCommand, ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53';
import { HeadBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { Asking } from '../../aws/ask';
import { CloudFormationReader } from '../../preflight/aws/cloudformation';
import { Ec2Reader } from '../../preflight/aws/ec2';
import { Ec2UsageReader } from '../../preflight/aws/ec2-usage';
import { EcrReader } from '../../preflight/aws/ecr';
import { QuotaReader } from '../../preflight/aws/quotas';
import type { ReaderProps } from '../../aws/reader';
import { Route53Reader } from '../../preflight/aws/route53';
import { S3Reader } from '../../preflight/aws/s3';
import { secretFacts } from '../../preflight/aws/secret-facts';
import { SecretsReader } from '../../preflight/aws/secrets';
import { AwsSource } from '../../preflight/aws/source';
import { SsmReader } from '../../preflight/aws/ssm';
import { known } from '../../aws/answer';
import { bucketState } from '../../preflight/facts/buckets';
import { regionPlan } from '../support/region-plan';
import { accountFacts, silent } from './facts';
import { issue } from './x509';

const clients = {
  cloudFormation: mockClient(CloudFormationClient),
  ec2: mockClient(EC2Client),
  ecr: mockClient(ECRClient),
  iam: mockClient(IAMClient),
  quotas: mockClient(ServiceQuotasClient),
  route53: mockClient(Route53Client),
  s3: mockClient(S3Client),
  secrets: mockClient(SecretsManagerClient),
  ssm: mockClient(SSMClient),
  sts: mockClient(STSClient),
};

beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
});

const reader = (): ReaderProps => ({ region: 'us-east-1', ask: new Asking().in('us-east-1'), client: {} });

const awsError = (name: string, message = name, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('service quotas', () => {
  const code = { service: 'ec2', code: 'L-DB2E81BA' };

  test('the applied value', async () => {
    clients.quotas
      .on(GetServiceQuotaCommand, { ServiceCode: 'ec2', QuotaCode: 'L-DB2E81BA' })
      .resolves({ Quota: { Value: 96 } });
    expect(await new QuotaReader(reader()).quota(code)).toEqual(known(96));
  });

  test('the default where the account never asked for another', async () => {
    clients.quotas.on(GetServiceQuotaCommand).rejects(awsError('NoSuchResourceException'));
    clients.quotas.on(GetAWSDefaultServiceQuotaCommand).resolves({ Quota: { Value: 0 } });
    expect(await new QuotaReader(reader()).quota(code)).toEqual(known(0));
  });

  test('an answer without a value is no quota of zero', async () => {
    clients.quotas.on(GetServiceQuotaCommand).resolves({});
    clients.quotas.on(GetAWSDefaultServiceQuotaCommand).resolves({});
    expect(await new QuotaReader(reader()).quota(code)).toMatchObject({ known: false });
  });
});

describe('what is in use', () => {
  const mine = [{ Key: 'voicecell:deployment', Value: 'demo' }];
  const usage = () => new Ec2UsageReader(reader(), 'demo');

  test('on-demand instances of every page and unused reservations; neither Spot nor dedicated hosts', async () => {
    const cpu = { CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 } };
    clients.ec2
      .on(DescribeInstancesCommand)
      .resolves({
        Reservations: [
          {
            Instances: [
              { InstanceType: 'c7i.xlarge', ...cpu, Tags: mine },
              { InstanceType: 'g6.xlarge', ...cpu, InstanceLifecycle: 'spot' },
              { InstanceType: 'm5.xlarge', ...cpu, Placement: { Tenancy: 'host' } },
            ],
          },
        ],
        NextToken: 'more',
      })
      .on(DescribeInstancesCommand, { NextToken: 'more' })
      .resolves({ Reservations: [{ Instances: [{ InstanceType: 't3.micro' }] }] });
    clients.ec2.on(DescribeCapacityReservationsCommand).resolves({
      CapacityReservations: [
        {
          InstanceType: 'g6.xlarge',
          AvailableInstanceCount: 2,
          TotalInstanceCount: 3,
          Tags: [{ Key: 'voicecell:deployment', Value: 'other' }],
        },
        { InstanceType: 'g6.xlarge', AvailableInstanceCount: 0 },
      ],
    });
    expect(await usage().capacity()).toEqual(
      known([
        { instanceType: 'c7i.xlarge', count: 1, vcpus: 4, ours: true },
        { instanceType: 't3.micro', count: 1, ours: false },
        { instanceType: 'g6.xlarge', count: 2, ours: false },
      ]),
    );
  });

  test('half an answer is none', async () => {
    clients.ec2.on(DescribeInstancesCommand).resolves({});
    clients.ec2.on(DescribeCapacityReservationsCommand).rejects(awsError('UnauthorizedOperation'));
    expect(await usage().capacity()).toMatchObject({ known: false, action: 'ec2:DescribeCapacityReservations' });
  });

  test('addresses, ours told from others by tag', async () => {
    clients.ec2.on(DescribeAddressesCommand).resolves({ Addresses: [{ Tags: mine }, {}, { Tags: [] }] });
    expect(await usage().elasticIps()).toEqual(known({ ours: 1, others: 2 }));
  });
});

describe('what a region offers', () => {
  test('all pages of the planned types, by AZ id', async () => {
    clients.ec2
      .on(DescribeInstanceTypeOfferingsCommand)
      .resolves({ InstanceTypeOfferings: [{ InstanceType: 'g6.xlarge', Location: 'use1-az4' }], NextToken: 'more' })
      .on(DescribeInstanceTypeOfferingsCommand, { NextToken: 'more' })
      .resolves({ InstanceTypeOfferings: [{ InstanceType: 'c7i.large', Location: 'use1-az4' }] });
    const offered = await new Ec2Reader(reader()).offerings(['g6.xlarge', 'c7i.large']);
    expect(offered).toEqual(known(new Map([['use1-az4', new Set(['g6.xlarge', 'c7i.large'])]])));
    expect(clients.ec2.commandCalls(DescribeInstanceTypeOfferingsCommand)[0]?.args[0].input).toMatchObject({
      LocationType: 'availability-zone-id',
      Filters: [{ Name: 'instance-type', Values: ['g6.xlarge', 'c7i.large'] }],
    });
  });

  test('interface endpoint services of every page, without gateways', async () => {
    clients.ec2
      .on(DescribeVpcEndpointServicesCommand)
      .resolves({
        ServiceDetails: [
          {
            ServiceName: 'com.amazonaws.us-east-1.ecr.api',
            ServiceType: [{ ServiceType: 'Interface' }],
            AvailabilityZones: ['us-east-1a'],
          },
        ],
        NextToken: 'more',
      })
      .on(DescribeVpcEndpointServicesCommand, { NextToken: 'more' })
      .resolves({
        ServiceDetails: [
          {
            ServiceName: 'com.amazonaws.us-east-1.kms',
            ServiceType: [{ ServiceType: 'Interface' }],
            AvailabilityZoneIds: ['use1-az4'],
          },
          { ServiceName: 'com.amazonaws.us-east-1.s3', ServiceType: [{ ServiceType: 'Gateway' }] },
        ],
      });
    expect(await new Ec2Reader(reader()).endpointServices(['ecr.api', 'kms'])).toEqual(
      known([
        { service: 'ecr.api', azIds: [], azNames: ['us-east-1a'] },
        { service: 'kms', azIds: ['use1-az4'], azNames: [] },
      ]),
    );
  });
});

describe('buckets', () => {
  const NAME = 'demo-us-east-1-logs-123456789012';

  test.each([
    ['there', undefined, 'ours'],
    ['there and in another region', { BucketRegion: 'eu-west-1' }, 'elsewhere'],
    ['404', awsError('NotFound', 'UnknownError', 404), 'absent'],
    ['403', awsError('403', 'UnknownError', 403), 'forbidden'],
    ['301', awsError('PermanentRedirect', 'UnknownError', 301), 'elsewhere'],
  ])('a HEAD that says %s', async (_, answer, state) => {
    if (answer instanceof Error) clients.s3.on(HeadBucketCommand).rejects(answer);
    else clients.s3.on(HeadBucketCommand, { Bucket: NAME, ExpectedBucketOwner: '123456789012' }).resolves(answer ?? {});
    expect(await new S3Reader(reader()).bucket(NAME, '123456789012')).toEqual(known(state));
  });

  test('the account’s own are listed by prefix, page by page', async () => {
    clients.s3
      .on(ListBucketsCommand)
      .resolves({ Buckets: [{ Name: 'demo-us-east-1-a' }], ContinuationToken: 'more' })
      .on(ListBucketsCommand, { ContinuationToken: 'more' })
      .resolves({ Buckets: [{ Name: 'demo-us-east-1-b' }] });
    expect(await new S3Reader(reader()).owned('demo-us-east-1')).toEqual(
      known(new Set(['demo-us-east-1-a', 'demo-us-east-1-b'])),
    );
  });

  test.each([
    ['absent', silent, 'absent'],
    ['ours', silent, 'ours'],
    ['forbidden', known(new Set(['b'])), 'ours'],
    ['forbidden', known(new Set<string>()), 'taken'],
    ['elsewhere', known(new Set(['b'])), 'elsewhere'],
    ['elsewhere', known(new Set<string>()), 'taken'],
  ] as const)('%s, with the list %j, is %s', (head, owned, state) => {
    expect(bucketState('b', known(head), owned)).toEqual(known(state));
  });

  test('whose a forbidden bucket is, nobody can tell without the list', () => {
    expect(bucketState('b', known('forbidden'), silent)).toBe(silent);
  });
});

describe('stacks', () => {
  const missing = awsError('ValidationError', 'Stack with id demo-us-east-1-records does not exist');

  test('one that is not there, or no more', async () => {
    clients.cloudFormation.on(DescribeStacksCommand).rejectsOnce(missing);
    expect(await new CloudFormationReader(reader()).stack('demo-us-east-1-records')).toEqual(known(undefined));
  });

  test('another validation error is no absence', async () => {
    clients.cloudFormation.on(DescribeStacksCommand).rejects(awsError('ValidationError', 'bad name'));
    expect(await new CloudFormationReader(reader()).stack('s')).toMatchObject({ known: false });
  });

  test('state and protection', async () => {
    const stack = { StackName: 's', CreationTime: new Date(0), StackStatus: 'ROLLBACK_COMPLETE' as const };
    clients.cloudFormation
      .on(DescribeStacksCommand)
      .resolves({ Stacks: [{ ...stack, EnableTerminationProtection: true }] });
    expect(await new CloudFormationReader(reader()).stack('s')).toEqual(
      known({ status: 'ROLLBACK_COMPLETE', terminationProtected: true }),
    );
  });

  test.each([
    ['CREATE_COMPLETE', 'AWS::S3::Bucket', 'billing'],
    ['DELETE_SKIPPED', 'AWS::S3::Bucket', undefined],
    ['CREATE_COMPLETE', 'AWS::DynamoDB::Table', undefined],
  ] as const)('a resource that is %s, of type %s, belongs to %s', async (status, type, owner) => {
    const resource = { StackName: 'billing', LogicalResourceId: 'B', Timestamp: new Date(0) };
    clients.cloudFormation.on(DescribeStackResourcesCommand, { PhysicalResourceId: 'b' }).resolves({
      StackResources: [{ ...resource, PhysicalResourceId: 'b', ResourceType: type, ResourceStatus: status }],
    });
    expect(await new CloudFormationReader(reader()).ownerOf('b', 'AWS::S3::Bucket')).toEqual(known(owner));
  });
});

describe('a stack of more resources than are described at once', () => {
  const queue = {
    StackName: 'billing',
    StackId: 'arn:billing',
    PhysicalResourceId: 'q',
    LogicalResourceId: 'R',
    ResourceType: 'AWS::SQS::Queue',
    ResourceStatus: 'CREATE_COMPLETE' as const,
    LastUpdatedTimestamp: new Date(0),
    Timestamp: new Date(0),
  };
  const many = Array.from({ length: 100 }, () => queue);
  const bucket = { ...queue, PhysicalResourceId: 'b', ResourceType: 'AWS::S3::Bucket' };
  const owner = () => new CloudFormationReader(reader()).ownerOf('b', 'AWS::S3::Bucket');

  test('is listed to the end before a name is free of it', async () => {
    clients.cloudFormation.on(DescribeStackResourcesCommand).resolves({ StackResources: many });
    clients.cloudFormation
      .on(ListStackResourcesCommand, { StackName: 'arn:billing' })
      .resolves({ StackResourceSummaries: many, NextToken: 'more' })
      .on(ListStackResourcesCommand, { StackName: 'arn:billing', NextToken: 'more' })
      .resolves({ StackResourceSummaries: [bucket] });
    expect(await owner()).toEqual(known('billing'));
  });

  test('that may not be listed leaves nobody to tell', async () => {
    clients.cloudFormation.on(DescribeStackResourcesCommand).resolves({ StackResources: many });
    clients.cloudFormation.on(ListStackResourcesCommand).rejects(awsError('AccessDenied'));
    expect(await owner()).toMatchObject({ known: false });
  });
});

test.each([
  [undefined, known(undefined)],
  ['30', known(30)],
  ['', expect.objectContaining({ known: false })],
  ['new', expect.objectContaining({ known: false })],
])('a bootstrap whose parameter says %j', async (Value, version) => {
  if (Value === undefined) clients.ssm.on(GetParameterCommand).rejects(awsError('ParameterNotFound'));
  else clients.ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });
  expect(await new SsmReader(reader()).bootstrapVersion()).toEqual(version);
});

test('AMIs are asked for whatever has become of them', async () => {
  clients.ec2.on(DescribeImagesCommand).resolves({ Images: [{ ImageId: 'ami-1', State: 'disabled' }] });
  expect(await new Ec2Reader(reader()).machineImages(['ami-1'])).toEqual(known([{ id: 'ami-1', state: 'disabled' }]));
  expect(clients.ec2.commandCalls(DescribeImagesCommand)[0]?.args[0].input).toMatchObject({
    IncludeDeprecated: true,
    IncludeDisabled: true,
  });
});

test('what the bucket of another account holds says nothing', async () => {
  clients.s3
    .on(ListObjectsV2Command, { ExpectedBucketOwner: '123456789012' })
    .rejects(awsError('AccessDenied', 'Access Denied', 403));
  expect(await new S3Reader(reader()).missing('b', '123456789012', ['m/1/list'])).toMatchObject({ known: false });
});

test.each([
  [{}, 'present', {}],
  [{ KmsKeyId: 'arn:aws:kms:us-east-1:1:alias/aws/secretsmanager' }, 'present', {}],
  [{ KmsKeyId: 'arn:aws:kms:us-east-1:1:key/a' }, 'own key', { key: 'arn:aws:kms:us-east-1:1:key/a' }],
  [{ ARN: 'arn:secret:sip-AbCdEf' }, 'part of an ARN', {}],
  [{ DeletedDate: new Date(0) }, 'deleted', {}],
])('a secret that answers %j is: %s', async (answer, state, key) => {
  clients.secrets.on(DescribeSecretCommand).resolves(answer);
  expect(await new SecretsReader(reader()).describe('arn:secret:sip')).toEqual({
    arn: 'arn:secret:sip',
    state: known(state),
    ...key,
  });
});

test.each([
  ['ImageNotFoundException', 'absent'],
  ['RepositoryNotFoundException', 'no repository'],
])('ECR’s %s means: %s', async (name, state) => {
  clients.ecr.on(DescribeContainerImagesCommand).rejects(awsError(name));
  expect(await new EcrReader(reader()).image('r', 'sha256:a')).toEqual(known(state));
});

test('zones of exactly the name: Cloud Map’s with its name servers, others by id, private ones not at all', async () => {
  const zone = (Id: string, Name: string, more = {}) => ({ Id, Name, CallerReference: Id, ...more });
  clients.route53.on(ListHostedZonesByNameCommand, { DNSName: 'use1.demo.example' }).resolves({
    HostedZones: [
      zone('/hostedzone/Z1', 'use1.demo.example.', {
        LinkedService: { ServicePrincipal: 'servicediscovery.amazonaws.com' },
      }),
      zone('/hostedzone/Z2', 'use1.demo.example.'),
      zone('/hostedzone/Z3', 'use1.demo.example.', { Config: { PrivateZone: true } }),
      zone('/hostedzone/Z4', 'zzz.example.'),
    ],
  });
  clients.route53
    .on(GetHostedZoneCommand, { Id: '/hostedzone/Z1' })
    .resolves({ DelegationSet: { NameServers: ['ns-1.aws'] } });
  expect(await new Route53Reader(reader()).zones('use1.demo.example')).toEqual(
    known({ managed: ['ns-1.aws'], foreign: ['Z2'] }),
  );
});

describe('the certificate', () => {
  const plan = regionPlan();

  test('is read, and no part of the secret comes out', async () => {
    const { certificate, privateKey } = issue(plan.sip.hostname, '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z');
    clients.secrets.on(DescribeSecretCommand).resolves({});
    clients.secrets.on(GetSecretValueCommand).resolves({ SecretString: `${certificate}\n${privateKey}` });
    const facts = await secretFacts(plan, reader());
    expect(facts.certificate).toMatchObject(known({ covers: true }));
    expect(JSON.stringify(facts)).not.toContain(privateKey.split('\n')[1]);
  });

  test('is not read where there is none', async () => {
    clients.secrets.on(DescribeSecretCommand).rejects(awsError('ResourceNotFoundException'));
    expect((await secretFacts(plan, reader())).certificate).toBeUndefined();
    expect(clients.secrets.commandCalls(GetSecretValueCommand)).toEqual([]);
  });

  test('that one may not read, nobody can tell about', async () => {
    clients.secrets.on(DescribeSecretCommand).resolves({});
    clients.secrets.on(GetSecretValueCommand).rejects(awsError('AccessDeniedException'));
    expect((await secretFacts(plan, reader())).certificate).toMatchObject({
      why: 'not allowed: secretsmanager:GetSecretValue',
    });
  });
});

describe('what is not worth asking', () => {
  const source = () => new AwsSource({ plans: [regionPlan()], manifestKeys: () => ['m/1/manifest.json'] });
  const calls = (): number => Object.values(clients).reduce((sum, client) => sum + client.calls().length, 0);

  test('with the credentials of another account', async () => {
    const account = await source().account({ account: '210987654321', arn: 'a' });
    await source().region(regionPlan(), account);
    expect(account.regions).toMatchObject({ why: 'not asked with credentials of account 210987654321' });
    expect(calls()).toBe(0);
  });

  test('in a region that is not enabled', async () => {
    const regions = known(
      new Map([
        ['us-east-1', false],
        ['us-west-2', false],
      ]),
    );
    const facts = await source().region(regionPlan(), accountFacts({ regions }));
    expect(facts.vpcs).toMatchObject({ known: false, why: 'us-east-1 is not enabled' });
    expect(calls()).toBe(0);
  });

  test('the list of regions is asked elsewhere where the first region is off', async () => {
    clients.ec2
      .on(DescribeRegionsCommand)
      .rejectsOnce(awsError('AuthFailure'))
      .resolves({ Regions: [{ RegionName: 'us-east-1', OptInStatus: 'not-opted-in' }] });
    clients.iam.on(GetRoleCommand).rejects(awsError('NoSuchEntityException'));
    const { regions, serviceRoles } = await source().account(accountFacts().caller);
    expect(regions).toEqual(known(new Map([['us-east-1', false]])));
    expect(serviceRoles.map(({ present }) => present)).toEqual([known(false), known(false), known(false)]);
  });
});
