import { hopProblems, hopsOf, openHops } from '../../compliance/colocation/assess';
import { TemplateSet, type ResourceBody, type StackTemplate } from '../../compliance/templates/template-set';

const CELL = 'use1-az4';
const REGION = 'us-east-1';

type Resources = Record<string, ResourceBody>;

const tags = (tier: string, cell: string | undefined = CELL) => [
  { Key: 'voicecell:tier', Value: tier },
  ...(cell ? [{ Key: 'voicecell:cell', Value: cell }] : []),
];

const subnet = (azId: string): ResourceBody => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZoneId: azId } });

const group = (tier: string, subnets: unknown[]): ResourceBody => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { VPCZoneIdentifier: subnets, Tags: tags(tier) },
});

const task = (environment: Record<string, unknown>, tier = 'media'): ResourceBody => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: {
    Tags: tags(tier),
    ContainerDefinitions: [{ Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })) }],
  },
});

const namespace: ResourceBody = {
  Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
  Properties: { Name: `${CELL}.demo.voicecell.internal`, Tags: tags('none') },
};

const stack = (name: string, resources: Resources, outputs: StackTemplate['body']['Outputs'] = {}): StackTemplate => ({
  name,
  templatePath: `${name}.template.json`,
  region: REGION,
  body: { Resources: resources, Outputs: outputs },
});

const problems = (...stacks: StackTemplate[]) =>
  hopProblems(new TemplateSet(stacks)).map(({ hop, problem }) => `${hop}: ${problem}`);

test('a tier in a subnet of its own AZ id has no problem', () => {
  expect(problems(stack('a', { Own: subnet(CELL), Media: group('media', [{ Ref: 'Own' }]) }))).toEqual([]);
});

test('a tier that can run in another AZ is named with its hop', () => {
  const found = problems(
    stack('a', {
      Own: subnet(CELL),
      Other: subnet('use1-az6'),
      Media: group('media', [{ Ref: 'Own' }, { Ref: 'Other' }]),
    }),
  );
  expect(found).toEqual([expect.stringContaining('edge → media: runs in use1-az6, outside its cell use1-az4')]);
});

test('a subnet imported from the network stack is followed through its export', () => {
  const network = (azId: string) =>
    stack('network', { Subnet: subnet(azId) }, { Out: { Value: { Ref: 'Subnet' }, Export: { Name: 'net:Subnet' } } });
  const cell = stack('cell', { Media: group('media', [{ 'Fn::ImportValue': 'net:Subnet' }]) });
  expect(problems(network(CELL), cell)).toEqual([]);
  expect(problems(network('use1-az1'), cell)).toHaveLength(1);
});

test.each([
  ['a parameter', { Ref: 'SubnetParameter' }],
  ['a literal id', 'subnet-0123456789abcdef0'],
  ['an import of nothing known', { 'Fn::ImportValue': 'elsewhere' }],
])('a subnet that is %s is not shown to be in the cell, so it fails', (_, value) => {
  expect(problems(stack('a', { Stt: group('stt', [value]) }))).toEqual([expect.stringContaining('cannot be resolved')]);
});

test('a service on the host network runs where the instances of its capacity provider run', () => {
  const service: ResourceBody = {
    Type: 'AWS::ECS::Service',
    Properties: { Tags: tags('media'), CapacityProviderStrategy: [{ CapacityProvider: 'media-provider' }] },
  };
  const provider: ResourceBody = {
    Type: 'AWS::ECS::CapacityProvider',
    Properties: { Name: 'media-provider', AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } },
  };
  const at = (azId: string) =>
    stack('a', { S: subnet(azId), Group: group('media', [{ Ref: 'S' }]), Provider: provider, Service: service });
  expect(problems(at(CELL))).toEqual([]);
  expect(problems(at('use1-az2'))).toHaveLength(2);
});

test('a hot tier without a cell is a problem: nothing says where it belongs', () => {
  const untagged: ResourceBody = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { VPCZoneIdentifier: [], Tags: tags('llm', '') },
  };
  expect(problems(stack('a', { Group: untagged }))).toEqual([expect.stringContaining('names no cell')]);
});

test.each([
  ['a public API', 'https://api.openai.com/v1'],
  ['a public host without scheme', 'stt.deepgram.com:443'],
  ['another cell of the same region', 'http://stt.use1-az6.demo.voicecell.internal:8000'],
  ["another region's AWS API", 'https://bedrock-runtime.us-west-2.amazonaws.com'],
  ['an address', '10.1.2.3:8000'],
  ['an address in a URL with credentials', 'wss://user:pw@203.0.113.9/media'],
  ['a host inside a JSON value', '{"llm":"https://llm.example.com/v1"}'],
  ['a URL whose host cannot be known', { 'Fn::Join': ['', ['http://', { Ref: 'Host' }, ':8000']] }],
])('an environment that points at %s fails', (_, value) => {
  expect(problems(stack('a', { Zone: namespace, Task: task({ LLM_URL: value }) }))).toEqual([
    expect.stringContaining('media → LLM_URL'),
  ]);
});

test.each([
  ['a parameter', { Ref: 'LlmUrl' }],
  ['a condition', { 'Fn::If': ['Public', 'https://llm.example.com', 'http://127.0.0.1'] }],
  ['a lookup at deployment', '{{resolve:ssm:/llm/url}}'],
  ['a value another stack exports and nobody knows', { 'Fn::ImportValue': 'elsewhere' }],
  ['a substitution with a parameter', { 'Fn::Sub': 'http://${Host}/v1' }],
])('an environment that is %s is not shown to stay in the cell, so it fails', (_, value) => {
  expect(problems(stack('a', { Zone: namespace, Task: task({ LLM_URL: value }) }))).toHaveLength(1);
});

test('an attribute of a resource of the app is no hop, and a URL made of one is', () => {
  const key: ResourceBody = { Type: 'AWS::KMS::Key' };
  const env = (value: unknown) => problems(stack('a', { Key: key, Task: task({ SETTING: value }) }));
  expect(env({ 'Fn::GetAtt': ['Key', 'Arn'] })).toEqual([]);
  expect(env({ 'Fn::Sub': 'key ${Key.Arn} in ${AWS::Region}' })).toEqual([]);
  expect(env({ 'Fn::Sub': 'http://${Key.Arn}/' })).toHaveLength(1);
});

test('environment files fail: nothing shows what is in them', () => {
  const withFile: ResourceBody = {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Tags: tags('media'),
      ContainerDefinitions: [{ Name: 'agent', EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::b/env' }] }],
    },
  };
  expect(problems(stack('a', { Task: withFile }))).toEqual([
    expect.stringContaining('EnvironmentFiles cannot be resolved'),
  ]);
});

test('a launch template whose interface lies in another AZ wins over the subnet of the group', () => {
  const template: ResourceBody = {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { NetworkInterfaces: [{ SubnetId: { Ref: 'Other' } }] } },
  };
  const launched: ResourceBody = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      VPCZoneIdentifier: [{ Ref: 'Own' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } },
      Tags: tags('media'),
    },
  };
  const found = problems(
    stack('a', { Own: subnet(CELL), Other: subnet('use1-az6'), Template: template, Media: launched }),
  );
  expect(found).toEqual([expect.stringContaining('runs in use1-az6')]);
});

test('a zone by name is another zone in every account, so it fails', () => {
  const byName: ResourceBody = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { AvailabilityZones: ['us-east-1a'], Tags: tags('edge') },
  };
  expect(problems(stack('a', { Edge: byName }))).toEqual([expect.stringContaining('cannot be resolved')]);
});

test('what runs beside the hot path and says no tier fails', () => {
  const untagged: ResourceBody = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { VPCZoneIdentifier: [{ Ref: 'Own' }] },
  };
  const found = problems(stack('a', { Own: subnet(CELL), Media: group('media', [{ Ref: 'Own' }]), Helper: untagged }));
  expect(found).toEqual([expect.stringContaining('says no tier')]);
});

const endpoint = (service: string, properties: Record<string, unknown> = {}): ResourceBody => ({
  Type: 'AWS::EC2::VPCEndpoint',
  Properties: { ServiceName: `com.amazonaws.us-east-1.${service}`, ...properties },
});

const endpoints = { Kms: endpoint('kms'), Ecr: endpoint('ecr.api'), Sts: endpoint('sts') };

test.each([
  ['its own cell', `http://stt.${CELL}.demo.voicecell.internal:8000`],
  ['its own host', 'ws://127.0.0.1:9100/media'],
  ["its own region's AWS API", 'https://kms.us-east-1.amazonaws.com'],
  [
    'its own region, written as a join',
    { 'Fn::Join': ['', ['https://sts.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] },
  ],
  ['nothing at all', 'always'],
])('an environment that points at %s is inside the cell', (_, value) => {
  expect(problems(stack('a', { Zone: namespace, ...endpoints, Task: task({ SETTING: value }) }))).toEqual([]);
});

test('an ARN of another region in the environment fails', () => {
  const found = problems(
    stack('a', { Task: task({ ROLE: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x' }) }),
  );
  expect(found).toEqual([expect.stringContaining('an ARN of eu-west-1, outside us-east-1')]);
});

test('an interface endpoint that leads to another region fails', () => {
  expect(problems(stack('a', { E: endpoint('kms') }))).toEqual([]);
  expect(problems(stack('a', { E: endpoint('kms', { ServiceName: 'com.amazonaws.us-west-2.kms' }) }))).toHaveLength(1);
  expect(problems(stack('a', { E: endpoint('kms', { ServiceRegion: 'us-west-2' }) }))).toHaveLength(1);
});

test.each([
  'api.openai.com/v1',
  '//api.openai.com',
  'api.openai.com.',
  '  api.openai.com',
  '{"host":"api.openai.com"}',
  'stt.example.com,llm.example.com',
  'sip:x@vendor.com',
  'stun:stun.vendor.com:3478',
  'http://127.evil.com/',
  '2001:db8::1',
  'redis:6379',
  'https://x.execute-api.us-east-1.amazonaws.com',
  'bedrock-runtime.us-east-1.amazonaws.com',
])('a host written as %s is found', (value) => {
  const found = problems(stack('a', { Zone: namespace, ...endpoints, Task: task({ LLM: value }) }));
  expect(found.length).toBeGreaterThan(0);
});

test.each([
  '/app/health.js',
  'config.json',
  'kokoro-v1_0.pth',
  'Qwen/Qwen3-8B-FP8',
  '[{"signallingCidrs":["198.51.100.0/28"]}]',
  '10000-11199',
  '12:30:45',
  'calm scheduler who confirms date, place and name before booking',
  'udp:127.0.0.1:22222',
  'api.ecr.us-east-1.amazonaws.com',
])('%s is no host outside the cell', (value) => {
  expect(problems(stack('a', { Zone: namespace, ...endpoints, Task: task({ SETTING: value }) }))).toEqual([]);
});

describe('the SIP hostname', () => {
  const zone: ResourceBody = {
    Type: 'AWS::ServiceDiscovery::PublicDnsNamespace',
    Properties: { Name: 'use1.example.com' },
  };
  const host: ResourceBody = {
    Type: 'AWS::ServiceDiscovery::Service',
    Properties: { Name: 'sip', NamespaceId: { 'Fn::GetAtt': ['Zone', 'Id'] } },
  };
  const told = (value: string, tier: string) =>
    problems(stack('a', { Zone: zone, Host: host, Task: task({ NAME: value }, tier) }));

  test('is what edge nodes answer to', () => {
    expect(told('sip.use1.example.com', 'edge')).toEqual([]);
  });

  test('is no way for another tier, nor are other names of its zone', () => {
    expect(told('sip.use1.example.com', 'media')).toHaveLength(1);
    expect(told('llm.use1.example.com', 'edge')).toHaveLength(1);
  });
});

test.each([
  ['an environment behind a condition', { Environment: { 'Fn::If': ['A', [], []] } }],
  ['an entry point', { EntryPoint: ['agent', '--llm=api.openai.com'] }],
  ['a health check', { HealthCheck: { Command: ['CMD', 'curl', 'http://status.example.com'] } }],
  ['an extra host', { ExtraHosts: [{ Hostname: 'stt', IpAddress: '203.0.113.7' }] }],
  ['a DNS server', { DnsServers: ['8.8.8.8'] }],
  ['a log option', { LogConfiguration: { Options: { 'splunk-url': 'https://logs.example.com' } } }],
])('a container that leaves the cell through %s is found', (_, container) => {
  const leaving: ResourceBody = {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Tags: tags('media'), ContainerDefinitions: [container] },
  };
  expect(problems(stack('a', { Task: leaving })).length).toBeGreaterThan(0);
});

describe('a name of the private namespace', () => {
  const service = (arn: unknown): ResourceBody => ({
    Type: 'AWS::ECS::Service',
    Properties: {
      Tags: tags('stt'),
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Own' }] } },
      ServiceRegistries: [{ RegistryArn: arn }],
    },
  });
  const name: ResourceBody = {
    Type: 'AWS::ServiceDiscovery::Service',
    Properties: { Name: 'stt', NamespaceId: { Ref: 'Zone' } },
  };
  const zoneOf = (cell: string): ResourceBody => ({
    ...namespace,
    Properties: { Name: 'x.internal', Tags: tags('none', cell) },
  });
  const registered = (cell: string, arn: unknown = { 'Fn::GetAtt': ['Name', 'Arn'] }) =>
    problems(stack('a', { Own: subnet(CELL), Zone: zoneOf(cell), Name: name, Stt: service(arn) }));

  test('leads into its own cell', () => {
    expect(registered(CELL)).toEqual([]);
  });

  test('of another cell, or of nobody knows which, fails', () => {
    expect(registered('use1-az6')).toEqual([expect.stringContaining('media → stt: is registered in a namespace')]);
    expect(registered(CELL, 'arn:aws:servicediscovery:us-east-1:1:service/srv-1')).toHaveLength(1);
  });
});

test.each([
  'AWS::EC2::Instance',
  'AWS::EC2::EC2Fleet',
  'AWS::ECS::TaskSet',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::SageMaker::Endpoint',
])('a hot tier that runs as %s is not shown to be in the cell, so it fails', (Type) => {
  expect(problems(stack('a', { Thing: { Type, Properties: { Tags: tags('llm') } } }))).toHaveLength(1);
});

test('a capacity reservation of another AZ fails, however it is tagged', () => {
  const reservation = (azId: string): ResourceBody => ({
    Type: 'AWS::EC2::CapacityReservation',
    Properties: {
      AvailabilityZoneId: azId,
      TagSpecifications: [{ ResourceType: 'capacity-reservation', Tags: tags('llm') }],
    },
  });
  expect(problems(stack('a', { R: reservation(CELL) }))).toEqual([]);
  expect(problems(stack('a', { R: reservation('use1-az6') }))).toHaveLength(1);
});

test.each(['Media', 'inference'])('the tier %s, which nobody knows, fails beside the hot path', (tier) => {
  const stranger = group(tier, [{ Ref: 'Own' }]);
  const found = problems(stack('a', { Own: subnet(CELL), Edge: group('edge', [{ Ref: 'Own' }]), Stranger: stranger }));
  expect(found).toEqual([expect.stringContaining('says no tier')]);
});

test('a cell that is no AZ id fails', () => {
  const named: ResourceBody = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { VPCZoneIdentifier: [{ Ref: 'Own' }], Tags: tags('stt', 'anything') },
  };
  expect(problems(stack('a', { Own: subnet('anything'), Stt: named }))).toEqual([
    expect.stringContaining('is no AZ id'),
  ]);
});

test('a task with a public address fails', () => {
  const open: ResourceBody = {
    Type: 'AWS::ECS::Service',
    Properties: {
      Tags: tags('tts'),
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Own' }], AssignPublicIp: 'ENABLED' } },
    },
  };
  expect(problems(stack('a', { Own: subnet(CELL), Tts: open }))).toEqual([
    expect.stringContaining('has a public address'),
  ]);
});

test('a whole app whose cell lacks a tier has a hop without an end', () => {
  const set = new TemplateSet([
    stack('a', { Own: subnet(CELL), Edge: group('edge', [{ Ref: 'Own' }]), Media: group('media', [{ Ref: 'Own' }]) }),
  ]);
  expect(openHops(set).map(({ problem }) => problem)).toEqual(
    ['stt', 'llm', 'tts'].map((tier) => `cell ${CELL} has no ${tier}`),
  );
});

test('every hop is listed with the AZ ids of both ends', () => {
  const set = new TemplateSet([
    stack('a', { S: subnet(CELL), Edge: group('edge', [{ Ref: 'S' }]), Media: group('media', [{ Ref: 'S' }]) }),
  ]);
  expect(hopsOf(set)[0]).toEqual({ cell: CELL, from: 'edge', to: 'media', fromAzIds: [CELL], toAzIds: [CELL] });
});
