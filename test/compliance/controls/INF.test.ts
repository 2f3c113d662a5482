import { INF_01 } from '../../../compliance/controls/INF-01';
import { INF_02 } from '../../../compliance/controls/INF-02';
import { INF_03 } from '../../../compliance/controls/INF-03';
import { INF_04 } from '../../../compliance/controls/INF-04';
import { INF_05 } from '../../../compliance/controls/INF-05';
import { CARRIES_NO_CALL_DATA, HIPAA_ELIGIBLE } from '../../../compliance/frameworks/hipaa-eligible';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, ResourceBody>>;

const ofTier = (type: string, tier: string, properties: Properties): ResourceBody => ({
  Type: type,
  Properties: { ...properties, Tags: [{ Key: 'voicecell:tier', Value: tier }] },
});

const task = (containers: unknown, properties: Properties = {}, tier = 'llm') =>
  ofTier('AWS::ECS::TaskDefinition', tier, { ContainerDefinitions: containers, ...properties });

const environment = (settings: Properties) => Object.entries(settings).map(([Name, Value]) => ({ Name, Value }));

describe('INF-01: GPU nodes are private', () => {
  const SUBNET: ResourceBody = { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/20' } };
  const PRIVATE = { InstanceType: 'g6.xlarge', NetworkInterfaces: [{ AssociatePublicIpAddress: false }] };

  const fleet = (data: Properties, others: Resources = {}, tier = 'llm'): Resources => ({
    Subnet: SUBNET,
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        VPCZoneIdentifier: [{ Ref: 'Subnet' }],
        LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
        ...(tier ? { Tags: [{ Key: 'voicecell:tier', Value: tier, PropagateAtLaunch: true }] } : {}),
      },
    },
    ...others,
  });
  const judged = (resources: Resources) => answersOf(INF_01, evidence(resources));

  const routed = (destination: Properties): Resources => ({
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    RouteTable: { Type: 'AWS::EC2::RouteTable' },
    Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'RouteTable' }, ...destination } },
    Link: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { RouteTableId: { Ref: 'RouteTable' }, SubnetId: { Ref: 'Subnet' } },
    },
  });

  test.each([
    ['a template that says so', fleet(PRIVATE)],
    ['a subnet that gives no address', fleet({ InstanceType: 'g6.xlarge' })],
    [
      'a route to an endpoint',
      fleet(PRIVATE, routed({ DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: 'pcx-1' })),
    ],
    [
      'an instance by itself',
      { Subnet: SUBNET, Node: ofTier('AWS::EC2::Instance', 'stt', { SubnetId: { Ref: 'Subnet' } }) },
    ],
  ])('is met by %s', (_, resources) => {
    expect(judged(resources)).toEqual(['met']);
  });

  test.each([
    ['a public address', fleet({ NetworkInterfaces: [{ AssociatePublicIpAddress: true }] })],
    [
      'a public address on the second interface',
      fleet({ NetworkInterfaces: [{ AssociatePublicIpAddress: false }, { AssociatePublicIpAddress: 'true' }] }),
    ],
    [
      'a subnet that gives addresses, the default of a tutorial',
      {
        ...fleet({ InstanceType: 'g6.xlarge' }),
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } },
      },
    ],
    [
      'a route to the internet',
      fleet(PRIVATE, routed({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } })),
    ],
    [
      'a route to it by IPv6',
      fleet(PRIVATE, routed({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0123456789abcdef0' })),
    ],
    [
      'a GPU without any tag',
      fleet({ InstanceType: 'p5.48xlarge', NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, {}, ''),
    ],
    [
      'a launch configuration',
      {
        Subnet: SUBNET,
        Old: {
          Type: 'AWS::AutoScaling::LaunchConfiguration',
          Properties: { InstanceType: 'g4dn.xlarge', AssociatePublicIpAddress: true },
        },
        Group: {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Properties: { LaunchConfigurationName: { Ref: 'Old' }, VPCZoneIdentifier: [{ Ref: 'Subnet' }] },
        },
      },
    ],
  ])('is not met by %s', (_, resources) => {
    expect(judged(resources)).toEqual(['unmet']);
  });

  test.each([
    [
      'the address is a condition',
      fleet({ NetworkInterfaces: [{ AssociatePublicIpAddress: { 'Fn::If': ['Dev', true, false] } }] }),
    ],
    ['the interfaces are a parameter', fleet({ NetworkInterfaces: { Ref: 'Interfaces' } })],
    ['the template is elsewhere', { ...fleet(PRIVATE), Template: { Type: 'AWS::EC2::VPC' } }],
    ['the subnet is elsewhere', { ...fleet(PRIVATE), Subnet: { Type: 'AWS::EC2::VPC' } }],
    [
      'its type is a parameter and its address public',
      fleet({ InstanceType: { Ref: 'Type' }, NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, {}, ''),
    ],
  ])('is not known when %s', (_, resources) => {
    expect(judged(resources)).toEqual(['indeterminate']);
  });

  test('is not about edge nodes without GPU', () => {
    expect(
      judged(fleet({ InstanceType: 'c7i.large', NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, {}, 'edge')),
    ).toEqual([]);
  });
});

describe('INF-02: images and models are pinned and scanned', () => {
  const DIGEST = `vllm/vllm-openai@sha256:${'a'.repeat(64)}`;
  const COMMIT = '220b46e3b2180893580a4454f21f22d3ebb187d3';
  const repository = (properties: Properties): ResourceBody => ({
    Type: 'AWS::ECR::Repository',
    Properties: properties,
  });
  const GOOD = {
    RepositoryName: 'voice/llm',
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
  };
  const judged = (container: Properties, others: Resources = {}) =>
    answersOf(INF_02, evidence({ Task: task([container]), ...others })).at(-1);

  test.each([
    ['immutable tags and a scan', repository(GOOD), 'met'],
    ['tags that move', repository({ ...GOOD, ImageTagMutability: 'MUTABLE' }), 'unmet'],
    ['tags of which some move', repository({ ...GOOD, ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }), 'unmet'],
    ['no scan', repository({ ImageTagMutability: 'IMMUTABLE' }), 'unmet'],
    ['nothing set, as ECR makes it', repository({}), 'unmet'],
    [
      'a scan that is a parameter',
      repository({ ...GOOD, ImageScanningConfiguration: { ScanOnPush: { Ref: 'Scan' } } }),
      'indeterminate',
    ],
  ])('a repository with %s is %s', (_, resource, answer) => {
    expect(answersOf(INF_02, evidence({ Repository: resource }))).toEqual([answer]);
  });

  test('a registry that scans everything scans for its repositories', () => {
    const registry = (filter: string): ResourceBody => ({
      Type: 'AWS::ECR::RegistryScanningConfiguration',
      Properties: {
        ScanType: 'ENHANCED',
        Rules: [{ ScanFrequency: 'CONTINUOUS_SCAN', RepositoryFilters: [{ Filter: filter, FilterType: 'WILDCARD' }] }],
      },
    });
    const given = (filter: string) =>
      evidence({ Repository: repository({ ImageTagMutability: 'IMMUTABLE' }), Registry: registry(filter) });
    expect(answersOf(INF_02, given('*'))).toEqual(['met']);
    expect(answersOf(INF_02, given('web/*'))).toEqual(['unmet']);
  });

  const REGISTRY = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

  test.each([
    ['a digest', { Image: DIGEST }, {}],
    ['the hash of a CDK asset', { Image: `${REGISTRY}/cdk-assets:${'0'.repeat(64)}` }, {}],
    ['a tag of an immutable repository', { Image: `${REGISTRY}/voice/llm:v0.24.0` }, { Repository: repository(GOOD) }],
    [
      'the same by reference',
      {
        Image: { 'Fn::Join': ['', ['x.dkr.ecr.us-east-1.amazonaws.com/', { Ref: 'Repository' }, ':v1']] },
      },
      { Repository: repository(GOOD) },
    ],
    ['a commit of the model', { Image: DIGEST, Command: ['serve', 'Qwen/Qwen3-8B', `--revision=${COMMIT}`] }, {}],
    ['a model that is staged', { Image: DIGEST, Command: ['--model', 's3://weights/qwen'] }, {}],
    [
      'a hub that is switched off',
      { Image: DIGEST, Command: ['--model', 'Qwen/Qwen3-8B'], Environment: environment({ HF_HUB_OFFLINE: '1' }) },
      {},
    ],
  ])('a task with %s is met', (_, container, others) => {
    expect(judged(container, others)).toBe('met');
  });

  test.each([
    ['latest', { Image: 'vllm/vllm-openai:latest' }, {}],
    ['a tag of somebody else', { Image: 'vllm/vllm-openai:v0.24.0' }, {}],
    ['no tag', { Image: 'vllm/vllm-openai' }, {}],
    ['latest of an immutable repository', { Image: `${REGISTRY}/voice/llm:latest` }, { Repository: repository(GOOD) }],
    ['a branch', { Image: DIGEST, Environment: environment({ MODEL_REVISION: 'main' }) }, {}],
    ['a branch as an argument', { Image: DIGEST, Command: ['--model', 'Qwen/Qwen3-8B', '--revision', 'main'] }, {}],
    ['a short commit', { Image: DIGEST, Command: [`--revision=${COMMIT.slice(0, 7)}`] }, {}],
    [
      'a model without revision, as every README has it',
      { Image: DIGEST, Command: ['vllm', 'serve', 'Qwen/Qwen3-8B'] },
      {},
    ],
  ])('a task with %s is unmet', (_, container, others) => {
    expect(judged(container, others)).toBe('unmet');
  });

  test.each([
    ['an image by parameter', { Image: { Ref: 'Image' } }],
    ['a revision by parameter', { Image: DIGEST, Environment: environment({ MODEL_REVISION: { Ref: 'Revision' } }) }],
  ])('a task with %s is not known', (_, container) => {
    expect(judged(container)).toBe('indeterminate');
  });

  test('finds the task of a tagged service', () => {
    const given = evidence({
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'model:latest' }] } },
      Service: ofTier('AWS::ECS::Service', 'tts', { TaskDefinition: { Ref: 'Task' } }),
    });
    expect(answersOf(INF_02, given)).toEqual(['unmet']);
  });
});

describe('INF-03: Bedrock models are named', () => {
  const policy = (...statements: readonly Properties[]): ResourceBody => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Statement: statements } },
  });
  const allow = (resource: unknown, action: unknown = 'bedrock:InvokeModel') => ({
    Effect: 'Allow',
    Action: action,
    Resource: resource,
  });
  const judged = (resource: ResourceBody) => answersOf(INF_03, evidence({ Holder: resource }));
  const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';

  test.each([
    ['one model', policy(allow(MODEL))],
    ['models in a list', policy(allow([MODEL, 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc']))],
    [
      'a model of a region by pseudo parameter',
      policy(
        allow({ 'Fn::Sub': 'arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova-lite-v1:0' }),
      ),
    ],
  ])('is met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['met']);
  });

  test.each([
    ['all models', policy(allow('arn:aws:bedrock:*::foundation-model/*'))],
    ['all models of a vendor', policy(allow('arn:aws:bedrock:us-east-1::foundation-model/anthropic.*'))],
    ['everything', policy(allow('*'))],
    ['everything of Bedrock', policy(allow('arn:aws:bedrock:us-east-1:*:*', 'bedrock:*'))],
    ['a wildcard among models', policy(allow([MODEL, 'arn:aws:bedrock:us-east-1::foundation-model/*']))],
    ['an administrator', policy(allow('*', '*'))],
    ['all actions but a few', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    ['all resources but one', policy({ Effect: 'Allow', Action: 'bedrock:Invoke*', NotResource: MODEL })],
    ['every ARN', policy(allow('arn:*'))],
    [
      'an inline policy',
      { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow('*') } }] } },
    ],
    [
      'a policy of AWS',
      {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess'] },
      },
    ],
  ])('is not met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['unmet']);
  });

  test.each([
    ['the resource is a parameter', policy(allow({ Ref: 'Model' }))],
    ['the action is a parameter', policy(allow(MODEL, { Ref: 'Action' }))],
  ])('is not known when %s', (_, resource) => {
    expect(judged(resource)).toEqual(['indeterminate']);
  });

  test.each([
    ['other services', policy(allow('*', 's3:GetObject'))],
    ['listing', policy(allow('*', 'bedrock:ListFoundationModels'))],
    ['a denial', policy({ Effect: 'Deny', Action: 'bedrock:*', Resource: '*' })],
    ['every action on a bucket', policy(allow('arn:aws:s3:::vault/*', '*'))],
    ['a document as text', { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: '{}' } }],
  ])('is not about %s', (_, resource) => {
    expect(judged(resource)).toEqual([]);
  });
});

describe('INF-04: nothing is left behind where calls are processed', () => {
  const nodes = (encrypted: unknown): Resources => ({
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateName: 'llm',
        LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: encrypted } }] },
      },
    },
    Group: ofTier('AWS::AutoScaling::AutoScalingGroup', 'llm', { LaunchTemplate: { LaunchTemplateName: 'llm' } }),
  });
  const SCRATCH = { Volumes: [{ Name: 'cache', Host: { SourcePath: '/opt/cache' } }] };
  const judged = (container: Properties, properties: Properties = {}, others: Resources = {}) =>
    answersOf(INF_04, evidence({ Task: task([{ Name: 'llm', ...container }], properties), ...others }));
  const LOGGED = { LogConfiguration: { Options: { 'awslogs-group': { Ref: 'Log' } } } };

  test.each([
    ['no volume', {}, {}, {}],
    ['scratch on encrypted disks', {}, SCRATCH, nodes(true)],
    [
      'a volume of the task alone',
      {},
      { Volumes: [{ Name: 'tmp', DockerVolumeConfiguration: { Scope: 'task' } }] },
      {},
    ],
    [
      'requests that are not logged',
      { Command: ['--disable-log-requests'], Environment: environment({ VLLM_LOGGING_LEVEL: 'INFO' }) },
      {},
      {},
    ],
    [
      'prompts that are logged as prompts',
      { Command: ['--enable-log-requests'], ...LOGGED },
      {},
      {
        Log: tagged('AWS::Logs::LogGroup', 'prompt', { KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' }),
      },
    ],
  ])('is met by %s', (_, container, properties, others) => {
    expect(judged(container, properties, others)).toEqual(['met']);
  });

  test.each([
    [
      'a shared file system',
      {},
      { Volumes: [{ Name: 'cache', EFSVolumeConfiguration: { FilesystemId: 'fs-1' } }] },
      {},
    ],
    [
      'a shared Docker volume',
      {},
      { Volumes: [{ DockerVolumeConfiguration: { Scope: 'shared', Autoprovision: true } }] },
      {},
    ],
    ['scratch on plain disks', {}, SCRATCH, nodes(false)],
    ['scratch on disks of which nothing is said', {}, SCRATCH, nodes({ Ref: 'AWS::NoValue' })],
    ['logged requests', { Command: ['--enable-log-requests'] }, {}, {}],
    ['the level debug, left from yesterday', { Environment: environment({ LOG_LEVEL: 'debug' }) }, {}, {}],
    ['the level debug as an argument', { Command: ['--log-level', 'debug'] }, {}, {}],
    [
      'prompts in a group of logs',
      { Environment: environment({ LOG_PROMPTS: 'true' }), ...LOGGED },
      {},
      { Log: tagged('AWS::Logs::LogGroup', 'log', { KmsKeyId: 'k' }) },
    ],
    [
      'prompts in a group without key',
      { Environment: environment({ LOG_PROMPTS: 'true' }), ...LOGGED },
      {},
      { Log: tagged('AWS::Logs::LogGroup', 'prompt') },
    ],
  ])('is not met by %s', (_, container, properties, others) => {
    expect(judged(container, properties, others)).toEqual(['unmet']);
  });

  test.each([
    ['the level is a parameter', { Environment: environment({ LOG_LEVEL: { Ref: 'Level' } }) }, {}, {}],
    ['the command is a parameter', { Command: { Ref: 'Command' } }, {}, {}],
    ['the volumes are a condition', {}, { Volumes: { 'Fn::If': ['Efs', [{ Name: 'a' }], []] } }, {}],
    ['the nodes are not on the templates', {}, SCRATCH, {}],
    ['the encryption is a parameter', {}, SCRATCH, nodes({ Ref: 'Encrypted' })],
  ])('is not known when %s', (_, container, properties, others) => {
    expect(judged(container, properties, others)).toEqual(['indeterminate']);
  });

  test('is not known when the containers are not a list, and is not about web servers', () => {
    expect(answersOf(INF_04, evidence({ Task: task({ Ref: 'Containers' }) }))).toEqual(['indeterminate']);
    expect(answersOf(INF_04, evidence({ Task: task([{}], {}, 'web') }))).toEqual([]);
  });
});

describe('INF-05: call data passes through eligible services', () => {
  const judged = (type: string, attestations: Parameters<typeof evidence>[1] = {}) =>
    answersOf(INF_05, evidence({ Resource: { Type: type } }, attestations));

  test.each(['AWS::S3::Bucket', 'AWS::Transcribe::VocabularyFilter', 'AWS::KinesisVideo::Stream'])(
    'is met by %s',
    (type) => {
      expect(judged(type)).toEqual(['met']);
    },
  );

  test.each([
    'AWS::Pinpoint::App',
    'AWS::Lightsail::Instance',
    'AWS::IVS::RecordingConfiguration',
    'AWS::S3Outposts::Bucket',
    'Datadog::Monitors::Monitor',
    'Deepgram',
  ])('is not met by %s', (type) => {
    expect(judged(type)).toEqual(['unmet']);
  });

  test.each([
    'AWS::IAM::Role',
    'AWS::CDK::Metadata',
    'AWS::CloudFormation::CustomResource',
    'Custom::S3AutoDeleteObjects',
  ])('is not about %s', (type) => {
    expect(judged(type)).toEqual([]);
  });

  test('takes an attestation that names the service, while it is fresh', () => {
    const attestation = (statement: string, date = '2026-09-01') => ({
      attestations: [{ id: 'INF-05', statement, by: 'privacy officer', date }],
    });
    expect(judged('AWS::Lex::Bot', attestation('AWS::Lex is on the list of 2026-08-01'))).toEqual(['met']);
    expect(judged('AWS::Lex::Bot', attestation('AWS::LexV1 is on the list'))).toEqual(['unmet']);
    expect(judged('AWS::Lex::Bot', attestation('AWS::Lex is on the list', '2025-01-01'))).toEqual(['unmet']);
  });

  test('names every resource of a service, and the service once where it is listed', () => {
    const given = evidence({
      One: { Type: 'AWS::Pinpoint::App' },
      Two: { Type: 'AWS::Pinpoint::VoiceChannel' },
      Three: { Type: 'AWS::SQS::Queue' },
      Four: { Type: 'AWS::SQS::QueuePolicy' },
    });
    expect(complaintsOf(INF_05, given).map((line) => line.split(':')[0])).toEqual(['unmet One', 'unmet Two']);
    expect(answersOf(INF_05, given)).toHaveLength(3);
  });

  test('rests on a table that claims nothing it did not read, and puts no service on both sides', () => {
    const entries = Object.entries(HIPAA_ELIGIBLE);
    expect(entries.every(([, { basis }]) => ['secondary', 'general-knowledge'].includes(basis))).toBe(true);
    expect(entries.every(([, { checkedOn, source }]) => /^2026-11-2\d$/.test(checkedOn) && source.length > 10)).toBe(
      true,
    );
    expect(entries.filter(([service]) => CARRIES_NO_CALL_DATA.has(service))).toEqual([]);
  });
});
