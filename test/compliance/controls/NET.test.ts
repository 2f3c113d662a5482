import { NET_01 } from '../../../compliance/controls/NET-01';
import { NET_02 } from '../../../compliance/controls/NET-02';
import { NET_03 } from '../../../compliance/controls/NET-03';
import { NET_04 } from '../../../compliance/controls/NET-04';
import { NET_05 } from '../../../compliance/controls/NET-05';
import { NET_06 } from '../../../compliance/controls/NET-06';
import { NET_07 } from '../../../compliance/controls/NET-07';
import { NET_08 } from '../../../compliance/controls/NET-08';
import { NET_09 } from '../../../compliance/controls/NET-09';
import { NET_10 } from '../../../compliance/controls/NET-10';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, stack } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, ResourceBody>>;

const resource = (Type: string, Properties: Properties = {}): ResourceBody => ({ Type, Properties });

const ofTier = (type: string, tier: string, properties: Properties = {}): ResourceBody =>
  resource(type, { ...properties, Tags: [{ Key: 'voicecell:tier', Value: tier }] });

const group = (tier: string, properties: Properties = {}): ResourceBody =>
  ofTier('AWS::EC2::SecurityGroup', tier, properties);

const from = (CidrIp: unknown, FromPort: unknown, ToPort: unknown = FromPort, IpProtocol: unknown = 'udp') => ({
  IpProtocol,
  FromPort,
  ToPort,
  CidrIp,
});

const from6 = (CidrIpv6: unknown, port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIpv6 });

const ingress = (tier: string, ...rules: readonly unknown[]): Resources => ({
  Group: group(tier, { SecurityGroupIngress: rules }),
});

const apart = (rule: Properties, GroupId: unknown = { 'Fn::GetAtt': ['Group', 'GroupId'] }): Resources => ({
  Group: group('edge'),
  Rule: resource('AWS::EC2::SecurityGroupIngress', { GroupId, ...rule }),
});

const listed = (...cidrs: readonly string[]): Resources => ({
  List: resource('AWS::EC2::PrefixList', { Entries: cidrs.map((Cidr) => ({ Cidr })) }),
});

const CARRIER = '198.51.100.0/28';
const LIST = { IpProtocol: 'udp', FromPort: 5060, ToPort: 5060, SourcePrefixListId: { Ref: 'List' } };

describe('NET-01: call handling, inference and data are apart', () => {
  const judged = (resources: Resources) => answersOf(NET_01, evidence(resources));
  const nodes = (tier: string, subnet: string, sg: string) => ({
    [`${tier}Template`]: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { NetworkInterfaces: [{ Groups: [{ 'Fn::GetAtt': [sg, 'GroupId'] }] }] },
    }),
    [`${tier}Nodes`]: ofTier('AWS::AutoScaling::AutoScalingGroup', tier, {
      VPCZoneIdentifier: [{ Ref: subnet }],
      LaunchTemplate: { LaunchTemplateId: { Ref: `${tier}Template` }, Version: '1' },
    }),
  });
  const places = (...names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => [
        [`${name}Net`, resource('AWS::EC2::Subnet')],
        [`${name}Group`, resource('AWS::EC2::SecurityGroup')],
      ]),
    );

  test('is met where nodes of each have a subnet and a group of their own', () => {
    const given = { ...places('a', 'b'), ...nodes('media', 'aNet', 'aGroup'), ...nodes('llm', 'bNet', 'bGroup') };
    expect(judged(given)).toEqual(['met', 'met']);
  });

  test('is met where models of all three tiers share theirs', () => {
    const given = { ...places('a'), ...nodes('stt', 'aNet', 'aGroup'), ...nodes('tts', 'aNet', 'aGroup') };
    expect(judged(given)).toEqual(['met', 'met']);
  });

  test.each([
    ['subnet', nodes('llm', 'aNet', 'bGroup'), 'aNet'],
    ['group', nodes('llm', 'bNet', 'aGroup'), 'aGroup'],
  ])('is not met where media and models share a %s', (_, models, where) => {
    const given = { ...places('a', 'b'), ...nodes('media', 'aNet', 'aGroup'), ...models };
    expect(complaintsOf(NET_01, evidence(given))).toEqual([
      `unmet ${where}: call and inference share it; give each one of its own`,
    ]);
  });

  test.each([
    ['everybody', ingress('llm', from('0.0.0.0/0', 8000, 8000, 'tcp'))],
    ['everybody by IPv6', ingress('stt', from6('::/0', 8000))],
    ['half of everybody, twice', ingress('data', from('0.0.0.0/1', 443), from('128.0.0.0/1', 443))],
    ['one rule for all, not in a list', { Group: group('tts', { SecurityGroupIngress: from('0.0.0.0/0', 80) }) }],
    ['a prefix list that holds everybody', { ...listed('0.0.0.0/0'), ...ingress('data', LIST) }],
    [
      'a rule of its own',
      {
        Group: group('llm'),
        Rule: resource('AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'Group' }, ...from('0.0.0.0/0', 8000) }),
      },
    ],
  ])('is not met where models or data admit %s', (_, given) => {
    expect(judged(given)).toEqual(['unmet']);
  });

  test.each([
    ['the range of a subnet', ingress('llm', from('10.0.0.0/8', 8000))],
    [
      'the range of the VPC by reference',
      {
        Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }),
        ...ingress('data', from({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 443)),
      },
    ],
    [
      'another group',
      ingress('llm', { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, SourceSecurityGroupId: 'sg-1' }),
    ],
  ])('is met where they admit %s', (_, given) => {
    expect(judged(given)).toEqual(['met']);
  });

  test.each([
    ['a parameter as the range', ingress('llm', from({ Ref: 'Cidr' }, 8000))],
    ['rules under a condition', { Group: group('data', { SecurityGroupIngress: { 'Fn::If': ['Open', [], [1]] } }) }],
    [
      'one rule under a condition',
      ingress('data', { 'Fn::If': ['Open', from('0.0.0.0/0', 80), { Ref: 'AWS::NoValue' }] }),
    ],
    ['a prefix list of elsewhere', ingress('data', { ...LIST, SourcePrefixListId: 'pl-0123' })],
  ])('is not known with %s', (_, given) => {
    expect(judged(given)).toEqual(['indeterminate']);
  });

  test('is not about call handling alone', () => {
    expect(judged(ingress('edge', from('0.0.0.0/0', 5061)))).toEqual([]);
  });
});

describe('NET-02: SIP is for carriers', () => {
  const judged = (resources: Resources) => answersOf(NET_02, evidence(resources));

  test.each([
    ["a carrier's range", ingress('edge', from(CARRIER, 5060))],
    ['a /8, which somebody may own', ingress('edge', from('16.0.0.0/8', 5061, 5061, 'tcp'))],
    ['an own address', { Ip: resource('AWS::EC2::EIP'), ...ingress('edge', from({ 'Fn::Sub': '${Ip}/32' }, 5060)) }],
    ['a group', ingress('media', { IpProtocol: '-1', SourceSecurityGroupId: { Ref: 'Group' } })],
    ['a prefix list of carriers', { ...listed(CARRIER, '203.0.113.0/24'), ...ingress('edge', LIST) }],
  ])('is met by %s', (_, given) => {
    expect(judged(given)).toEqual(['met']);
  });

  test.each([
    ['5060 to all', ingress('edge', from('0.0.0.0/0', 5060))],
    ['5061 to all, because it is TLS', ingress('edge', from('0.0.0.0/0', 5061, 5061, 'tcp'))],
    ['IPv6', ingress('edge', from6('::/0', 5061))],
    ['every global address of IPv6', ingress('edge', from6('2000::/3', 5061))],
    ['a /7', ingress('edge', from('16.0.0.0/7', 5060))],
    ['a range of ports that holds it', ingress('edge', from('0.0.0.0/0', 1024, 65535))],
    ['a range that ends at it', ingress('edge', from('0.0.0.0/0', 5000, 5060))],
    ['every protocol', ingress('edge', { IpProtocol: -1, CidrIp: '0.0.0.0/0' })],
    ['the protocol by number', ingress('edge', from('0.0.0.0/0', '5060', '5060', '17'))],
    ['every port, which -1 means', ingress('edge', from('0.0.0.0/0', -1, -1, 'tcp'))],
    ['a prefix list that holds all', { ...listed(CARRIER, '0.0.0.0/0'), ...ingress('edge', LIST) }],
    ['a rule of its own', apart(from('0.0.0.0/0', 5060))],
  ])('is not met by %s', (_, given) => {
    expect(judged(given)).toEqual(['unmet']);
  });

  test.each([
    ['a parameter as the range', ingress('edge', from({ Ref: 'Carrier' }, 5060))],
    ['a parameter as the port of everybody', ingress('edge', from('0.0.0.0/0', { Ref: 'Port' }))],
    ['a parameter as the protocol', ingress('edge', from('0.0.0.0/0', 5060, 5060, { Ref: 'Protocol' }))],
    ['a prefix list of elsewhere', ingress('edge', { ...LIST, SourcePrefixListId: 'pl-0123' })],
    ['an imported range', apart(from({ 'Fn::ImportValue': 'carrier' }, 5060))],
  ])('is not known with %s', (_, given) => {
    expect(judged(given)).toEqual(['indeterminate']);
  });

  test.each([
    ['other ports', from('0.0.0.0/0', 5059)],
    ['ports above', from('0.0.0.0/0', 5062, 65535)],
    ['other protocols', from('0.0.0.0/0', 5060, 5060, 'icmp')],
  ])('is not about %s', (_, rule) => {
    expect(judged(ingress('edge', rule))).toEqual([]);
  });
});

describe('NET-03: RTP is bounded', () => {
  const judged = (resources: Resources) => answersOf(NET_03, evidence(resources));
  const fromGroup = (FromPort: number, ToPort: number, IpProtocol: string) => ({
    IpProtocol,
    FromPort,
    ToPort,
    SourceSecurityGroupId: 'sg-1',
  });

  test.each([
    ['edge', from(CARRIER, 10000, 11199)],
    ['media', from(CARRIER, 10000, 32767)],
    ['media', fromGroup(10000, 10119, 'udp')],
  ])('is met on nodes of tier %s', (tier, rule) => {
    expect(judged(ingress(tier, rule))).toEqual(['met']);
  });

  test.each([
    ['one port more than the widest', 'media', from(CARRIER, 10000, 32768)],
    ['every unprivileged port', 'edge', from(CARRIER, 1024, 65535)],
    ['every protocol and port', 'edge', { IpProtocol: '-1', CidrIp: CARRIER }],
    ['everything between media nodes', 'media', fromGroup(0, 0, '-1')],
    ['a range on nodes of models', 'llm', from(CARRIER, 10000, 11199)],
  ])('is not met by %s', (_, tier, rule) => {
    expect(judged(ingress(tier, rule))).toEqual(['unmet']);
  });

  test('is not met on a group that does not say whose it is', () => {
    const rules = [from(CARRIER, 10000, 11199)];
    expect(judged({ Group: resource('AWS::EC2::SecurityGroup', { SecurityGroupIngress: rules }) })).toEqual(['unmet']);
  });

  test.each([
    ['a parameter as the last port', ingress('edge', from(CARRIER, 10000, { Ref: 'Last' }))],
    ['a group of elsewhere', apart(from(CARRIER, 10000, 11199), { Ref: 'Group2' })],
    ['a tier under a condition', ingress({ 'Fn::If': ['A', 'media', 'llm'] } as never, from(CARRIER, 10000, 11199))],
  ])('is not known with %s', (_, given) => {
    expect(judged(given)).toEqual(['indeterminate']);
  });

  test('is not about a few ports, about TCP, or about what groups of other tiers let each other do', () => {
    const others = [from(CARRIER, 5060, 5061), from(CARRIER, 1024, 65535, 'tcp'), fromGroup(0, 0, '-1')];
    expect(judged(ingress('llm', ...others))).toEqual([]);
  });
});

describe('NET-04: nobody administers a node from the internet', () => {
  const judged = (resources: Resources) => answersOf(NET_04, evidence(resources));

  test.each([22, 3389, 5038, 8021])('is not met by %i open to all', (port) => {
    expect(judged(ingress('edge', from('0.0.0.0/0', port, port, 'tcp')))).toEqual(['unmet']);
  });

  test.each([
    ['the office', from('203.0.113.7/32', 22, 22, 'tcp')],
    ['IPv6', from6('::/0', 22)],
    ['every port for a carrier', from(CARRIER, 0, 65535, 'tcp')],
    ['every protocol', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
    ['a private range and all around it', from('10.0.0.0/7', 22, 22, 'tcp')],
    ['a neighbour of a private range', from('172.32.0.0/16', 22, 22, 'tcp')],
  ])('is not met by SSH from %s', (_, rule) => {
    expect(judged(ingress('edge', rule))).toEqual(['unmet']);
    expect(judged(apart(rule))).toEqual(['unmet', 'met']);
  });

  test.each([
    ['no rule', {}],
    ['a private range', { SecurityGroupIngress: [from('172.31.0.0/16', 22, 22, 'tcp')] }],
    ['a unique local range', { SecurityGroupIngress: [from6('fd00::/8', 22)] }],
    ['RTP that spans such numbers by UDP', { SecurityGroupIngress: [from('0.0.0.0/0', 1024, 65535)] }],
  ])('is met by %s', (_, properties) => {
    expect(judged({ Group: group('edge', properties) })).toEqual(['met']);
  });

  test.each([
    ['a parameter as the range', from({ Ref: 'Office' }, 22, 22, 'tcp')],
    ['a parameter as the port', from('0.0.0.0/0', { Ref: 'Port' }, { Ref: 'Port' }, 'tcp')],
    ['a prefix list of elsewhere', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourcePrefixListId: 'pl-1' }],
  ])('is not known with %s', (_, rule) => {
    expect(judged(ingress('edge', rule))).toEqual(['indeterminate']);
  });
});

const endpoint = (service: unknown, over: Properties = {}): ResourceBody =>
  resource('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Interface',
    VpcId: { Ref: 'Vpc' },
    ServiceName: typeof service === 'string' ? { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${service}` } : service,
    PrivateDnsEnabled: true,
    ...over,
  });

const gateway = (service: string, over: Properties = {}): ResourceBody =>
  endpoint(service, { VpcEndpointType: 'Gateway', PrivateDnsEnabled: undefined, RouteTableIds: ['rtb-1'], ...over });

const NETWORK: Resources = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Net: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' } }),
};

describe('NET-05: AWS is reached by private endpoints', () => {
  const FARGATE = resource('AWS::ECS::TaskDefinition', {
    RequiresCompatibilities: ['FARGATE'],
    ContainerDefinitions: [],
  });
  const pulled = { Api: endpoint('ecr.api'), Dkr: endpoint('ecr.dkr'), Logs: endpoint('logs') };
  const complaints = (resources: Resources) => complaintsOf(NET_05, evidence({ ...NETWORK, ...resources }));
  const missing = (...services: readonly string[]) =>
    `unmet Vpc: it has no endpoint for ${services.join(', ')}, which what runs in it uses; add one for each`;

  test('is met where each service that is used has one', () => {
    expect(complaints({ Task: FARGATE, ...pulled })).toEqual([]);
    const stores = {
      Bucket: resource('AWS::S3::Bucket'),
      S3: gateway('s3'),
      Table: resource('AWS::DynamoDB::Table'),
      Db: gateway('dynamodb'),
    };
    expect(
      complaints({ Task: FARGATE, ...pulled, ...stores, Key: resource('AWS::KMS::Key'), Kms: endpoint('kms-fips') }),
    ).toEqual([]);
  });

  test.each([
    ['a task on an instance', { Task: resource('AWS::ECS::TaskDefinition') }, ['ecs', 'ecs-agent', 'ecs-telemetry']],
    ['a bucket', { Task: FARGATE, Bucket: resource('AWS::S3::Bucket') }, ['s3']],
    ['a key', { Task: FARGATE, Key: resource('AWS::KMS::Key') }, ['kms']],
    [
      'a secret of a container',
      {
        Task: resource('AWS::ECS::TaskDefinition', {
          RequiresCompatibilities: ['FARGATE'],
          ContainerDefinitions: [
            {
              Secrets: [
                { Name: 'A', ValueFrom: 'arn:aws:secretsmanager:x' },
                { Name: 'B', ValueFrom: 'arn:aws:ssm:us-east-1:1:parameter/b' },
              ],
            },
          ],
        }),
      },
      ['secretsmanager', 'ssm'],
    ],
    [
      'what the role of a node may call',
      {
        Task: FARGATE,
        Role: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: {
            Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          },
          Policies: [
            {
              PolicyDocument: {
                Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'bedrock:InvokeModel'], Resource: '*' }],
              },
            },
          ],
        }),
      },
      ['bedrock-runtime', 'sts'],
    ],
  ])('is not met where %s has none', (_, resources: Resources, services) => {
    expect(complaints({ ...resources, ...pulled })).toEqual([missing(...services)]);
  });

  test.each([
    ['an interface endpoint without private DNS', endpoint('ecr.dkr', { PrivateDnsEnabled: false })],
    ['one that says nothing of it', endpoint('ecr.dkr', { PrivateDnsEnabled: undefined })],
    ['a gateway that no table leads to', gateway('s3', { RouteTableIds: undefined })],
  ])('is not met by %s', (_, Odd) => {
    expect(complaints({ Task: FARGATE, ...pulled, Odd })).toEqual([expect.stringMatching(/^unmet Odd/)]);
  });

  test.each([
    ['an endpoint whose service is a parameter', { Odd: endpoint({ Ref: 'Service' }), Task: FARGATE }, 'Vpc'],
    [
      'private DNS that is a parameter',
      { Odd: endpoint('sts', { PrivateDnsEnabled: { Ref: 'Dns' } }), Task: FARGATE, ...pulled },
      'Odd',
    ],
  ])('is not known with %s', (_, resources: Resources, where) => {
    expect(complaints(resources)).toEqual([expect.stringMatching(`^indeterminate ${where}`)]);
  });

  test('is not known where the VPC is of elsewhere', () => {
    expect(answersOf(NET_05, evidence({ Task: FARGATE }))).toEqual(['indeterminate']);
  });

  test('is not about public subnets, nor about templates in which nothing runs', () => {
    const way = {
      Table: resource('AWS::EC2::RouteTable'),
      Of: resource('AWS::EC2::SubnetRouteTableAssociation', {
        SubnetId: { Ref: 'Net' },
        RouteTableId: { Ref: 'Table' },
      }),
      Out: resource('AWS::EC2::Route', {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: 'igw-1',
      }),
    };
    expect(complaints({ Task: FARGATE, ...way })).toEqual([]);
    expect(answersOf(NET_05, evidence(NETWORK))).toEqual([]);
  });
});

describe('NET-06: endpoints admit own principals and resources', () => {
  const judged = (PolicyDocument: unknown, service = 'kms') =>
    answersOf(NET_06, evidence({ ...NETWORK, It: endpoint(service, { PolicyDocument }) }));
  const policy = (over: Properties) => ({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...over }],
  });
  const when = (operator: string, key: string, value: unknown) =>
    policy({ Condition: { [operator]: { [key]: value } } });

  test.each([
    ['the organization of principals', when('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorgid')],
    ['the account of resources', when('StringEquals', 'aws:ResourceAccount', ['123456789012'])],
    ['either, case aside', when('StringLike', 'AWS:principalaccount', '123456789012')],
    ['named buckets', policy({ Principal: { AWS: '*' }, Resource: ['arn:aws:s3:::calls', 'arn:aws:s3:::calls/*'] })],
    ['things of one account', policy({ Resource: 'arn:aws:sqs:us-east-1:123456789012:*' })],
    ['named principals', policy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })],
    ['the same as text', JSON.stringify(when('StringEquals', 'aws:ResourceOrgID', 'o-exampleorgid'))],
    ['nothing allowed', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] }],
  ])('is met by %s', (_, document) => {
    expect(judged(document)).toEqual(['met']);
  });

  test.each([
    ['no policy', undefined],
    ['everything for everybody', policy({})],
    ['chosen actions for everybody', policy({ Action: 'kms:Decrypt' })],
    ['all buckets by ARN', policy({ Resource: 'arn:aws:s3:::*' })],
    ['all keys of all accounts', policy({ Resource: 'arn:aws:kms:*:*:key/*' })],
    [
      'a condition that also holds without the key',
      when('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-exampleorgid'),
    ],
    ['a condition that excludes', when('StringNotEquals', 'aws:PrincipalAccount', '210987654321')],
    ['a condition that anything fulfils', when('StringLike', 'aws:PrincipalOrgID', '*')],
    ['a condition on something else', when('StringEquals', 'aws:SourceVpc', 'vpc-1')],
    [
      'everything but some resources',
      { Statement: { Effect: 'Allow', Principal: '*', Action: '*', NotResource: 'arn:aws:s3:::x' } },
    ],
    [
      'one open statement among bound ones',
      { Statement: [...when('StringEquals', 'aws:ResourceAccount', '1').Statement, ...policy({}).Statement] },
    ],
  ])('is not met by %s', (_, document) => {
    expect(judged(document)).toEqual(['unmet']);
  });

  test.each([
    ['a parameter as the organization', when('StringEquals', 'aws:PrincipalOrgID', { Ref: 'Org' })],
    ['a parameter as the policy', { Ref: 'Policy' }],
    ['a statement under a condition', { Statement: [{ 'Fn::If': ['Open', policy({}), { Ref: 'AWS::NoValue' }] }] }],
    ['text that is no JSON', '{"Statement":'],
  ])('is not known with %s', (_, document) => {
    expect(judged(document)).toEqual(['indeterminate']);
  });

  test.each([
    ['ecs-agent', []],
    ['ecs-telemetry', []],
    ['transfer.server', []],
    ['servicediscovery', ['indeterminate']],
    ['xray', ['unmet']],
  ])('knows whether %s takes a policy', (service, answers) => {
    expect(judged(undefined, service)).toEqual(answers);
  });

  test('is about gateways too, and not about what partners or load balancers offer', () => {
    expect(answersOf(NET_06, evidence({ ...NETWORK, S3: gateway('s3') }))).toEqual(['unmet']);
    const partner = endpoint('com.amazonaws.vpce.us-east-1.vpce-svc-0123', {
      ServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123',
    });
    const appliance = endpoint('x', { VpcEndpointType: 'GatewayLoadBalancer' });
    expect(answersOf(NET_06, evidence({ ...NETWORK, Partner: partner, Appliance: appliance }))).toEqual([]);
  });
});

describe('NET-07: inference and data have no way out', () => {
  const routed = (subnet: ResourceBody, route: Properties = {}, type = 'AWS::EC2::Route'): Resources => ({
    Net: subnet,
    Table: resource('AWS::EC2::RouteTable'),
    Of: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: { Ref: 'Net' }, RouteTableId: { Ref: 'Table' } }),
    ...(Object.keys(route).length === 0 ? {} : { Way: resource(type, { RouteTableId: { Ref: 'Table' }, ...route }) }),
  });
  const judged = (resources: Resources) => answersOf(NET_07, evidence(resources));
  const DATA = ofTier('AWS::EC2::Subnet', 'data');
  const ALL = { DestinationCidrBlock: '0.0.0.0/0' };

  test.each(['stt', 'llm', 'tts', 'data'])('is met by a subnet of tier %s without any route', (tier) => {
    expect(judged(routed(ofTier('AWS::EC2::Subnet', tier)))).toEqual(['met']);
    expect(judged(routed(ofTier('AWS::EC2::Subnet', tier), { ...ALL, NatGatewayId: 'nat-1' }))).toEqual(['unmet']);
  });

  test.each([
    ['an internet gateway', { ...ALL, GatewayId: { Ref: 'Igw' } }],
    ['a NAT, so that weights can be fetched', { ...ALL, NatGatewayId: { Ref: 'Nat' } }],
    ['an egress-only gateway', { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
    ['a transit gateway', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1' }],
    ['a peering', { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: { Ref: 'Peer' } }],
    ['a NAT that somebody made of an instance', { ...ALL, NetworkInterfaceId: 'eni-1' }],
    ['a firewall that leads on', { ...ALL, VpcEndpointId: 'vpce-1' }],
  ])('is not met by a route to %s', (_, route) => {
    const gateways = {
      Igw: resource('AWS::EC2::InternetGateway'),
      Nat: resource('AWS::EC2::NatGateway'),
      Peer: resource('AWS::EC2::VPCPeeringConnection'),
    };
    expect(judged({ ...gateways, ...routed(DATA, route) })).toEqual(['unmet']);
  });

  test('is not met by routes that a VPN gateway propagates', () => {
    const propagation = { RouteTableIds: [{ Ref: 'Table' }], VpnGatewayId: 'vgw-1' };
    expect(judged(routed(DATA, propagation, 'AWS::EC2::VPNGatewayRoutePropagation'))).toEqual(['unmet']);
  });

  test('finds the subnets of models by what runs in them, across stacks', () => {
    const network = stack(routed(resource('AWS::EC2::Subnet'), { ...ALL, NatGatewayId: 'nat-1' }), {
      name: 'demo/network',
      Outputs: { Net: { Value: { Ref: 'Net' }, Export: { Name: 'net' } } },
    });
    const cell = stack({
      Nodes: ofTier('AWS::AutoScaling::AutoScalingGroup', 'llm', { VPCZoneIdentifier: [{ 'Fn::ImportValue': 'net' }] }),
    });
    expect(complaintsOf(NET_07, evidence([network, cell]))).toEqual([
      'unmet Net: Way leads out by NatGatewayId; remove it and reach AWS by endpoints',
    ]);
  });

  test.each([
    ['no table of its own', { Net: DATA }],
    ['a gateway that is a parameter', routed(DATA, { ...ALL, GatewayId: { Ref: 'Gateway' } })],
    [
      'a route under a condition',
      routed(DATA, { ...ALL, NatGatewayId: { 'Fn::If': ['Nat', 'nat-1', { Ref: 'AWS::NoValue' }] } }),
    ],
    [
      'a route in a table that is a parameter',
      {
        ...routed(DATA),
        Stray: resource('AWS::EC2::Route', { ...ALL, RouteTableId: { Ref: 'Some' }, NatGatewayId: 'nat-1' }),
      },
    ],
  ])('is not known with %s', (_, given) => {
    expect(judged(given)).toEqual(['indeterminate']);
  });

  test('is not about edge and media, and takes the route within the VPC for none', () => {
    expect(judged(routed(ofTier('AWS::EC2::Subnet', 'edge'), { ...ALL, GatewayId: 'igw-1' }))).toEqual([]);
    expect(judged(routed(DATA, { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }))).toEqual(['met']);
  });
});

describe('NET-08: nodes reach what is stated', () => {
  const to = (CidrIp: unknown, FromPort: unknown, ToPort: unknown = FromPort, IpProtocol: unknown = 'tcp') => ({
    IpProtocol,
    FromPort,
    ToPort,
    CidrIp,
  });
  const egress = (tier: string, ...rules: readonly unknown[]): Resources => ({
    Group: group(tier, { SecurityGroupEgress: rules }),
  });
  const judged = (resources: Resources) => answersOf(NET_08, evidence(resources));

  test.each([
    ['media', to('10.0.0.0/16', 443)],
    ['media', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: { Ref: 'S3PrefixListId' } }],
    ['llm', { IpProtocol: '-1', DestinationSecurityGroupId: 'sg-1' }],
    ['data', to('255.255.255.255/32', 252, 86, 'icmp')],
    ['edge', to('0.0.0.0/0', 1024, 65535, 'udp')],
  ])('is met by a stated rule of tier %s', (tier, rule) => {
    expect(judged(egress(tier, rule))).toEqual(['met']);
  });

  test.each([
    ['everything, as allowAllOutbound has it', 'edge', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
    ['everything by IPv6', 'media', { IpProtocol: -1, CidrIpv6: '::/0' }],
    ['every port of TCP', 'edge', to('0.0.0.0/0', 0, 65535)],
    ['HTTPS to all from media, for an API', 'media', to('0.0.0.0/0', 443)],
    ['halves of everything', 'stt', to('128.0.0.0/1', 443)],
  ])('is not met by %s', (_, tier, rule) => {
    expect(judged(egress(tier, rule))).toEqual(['unmet']);
  });

  test('is not met by a group without rules, which EC2 lets out everywhere, whatever stands apart', () => {
    expect(judged({ Group: group('media') })).toEqual(['unmet']);
    expect(judged(egress('media'))).toEqual(['unmet']);
    const rule = resource('AWS::EC2::SecurityGroupEgress', { GroupId: { Ref: 'Group' }, ...to('10.0.0.0/16', 443) });
    expect(judged({ Group: group('media'), Rule: rule })).toEqual(['unmet']);
  });

  test('is not met by a rule that stands apart', () => {
    const rule = (GroupId: unknown) =>
      resource('AWS::EC2::SecurityGroupEgress', { GroupId, IpProtocol: '-1', CidrIp: '0.0.0.0/0' });
    expect(judged({ ...egress('media', to('10.0.0.0/16', 443)), Rule: rule({ Ref: 'Group' }) })).toEqual(['unmet']);
    expect(judged({ Rule: rule('sg-elsewhere') })).toEqual(['unmet']);
  });

  test.each([
    ['a parameter as the range', to({ Ref: 'Cidr' }, 443)],
    ['a rule under a condition', { 'Fn::If': ['Open', to('0.0.0.0/0', 443), { Ref: 'AWS::NoValue' }] }],
    ['everything to a prefix list of elsewhere', { IpProtocol: '-1', DestinationPrefixListId: 'pl-1' }],
  ])('is not known with %s', (_, rule) => {
    expect(judged(egress('media', rule))).toEqual(['indeterminate']);
  });
});

const EDGE_GROUP = { 'Fn::GetAtt': ['EdgeGroup', 'GroupId'] };
const sourced = (id: string) => ({ SourceSecurityGroupId: { 'Fn::GetAtt': [id, 'GroupId'] } });
const sealed = { SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }] };
const toWeb = { SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }] };

describe('NET-09: the web is reached by a proxy', () => {
  const edge = (hosts: unknown, egress: Properties = toWeb): Resources => ({
    EdgeTask: ofTier('AWS::ECS::TaskDefinition', 'edge', {
      ContainerDefinitions: [
        {
          Name: 'proxy',
          Environment: [
            ...(hosts === undefined ? [] : [setting('OUTSIDE_HOSTS', hosts)]),
            setting('PROXY_PORT', '3128'),
          ],
        },
      ],
    }),
    EdgeGroup: group('edge', egress),
    MediaGroup: group('media', sealed),
    LlmGroup: group('llm', sealed),
  });
  const setting = (Name: string, Value: unknown) => ({ Name, Value });
  const client = (from: Properties): Resources => ({
    Client: resource('AWS::EC2::SecurityGroupIngress', {
      GroupId: EDGE_GROUP,
      IpProtocol: 'tcp',
      FromPort: 3128,
      ToPort: 3128,
      ...from,
    }),
  });
  const declared = { outsideHosts: ['crm.example.com', 'pay.example.com'] };
  const judged = (resources: Resources) => answersOf(NET_09, evidence(resources, declared));

  test.each([
    ['one declared host', edge('crm.example.com')],
    ['all of them', edge('crm.example.com,pay.example.com')],
    ['media nodes as its clients', { ...edge('crm.example.com'), ...client(sourced('MediaGroup')) }],
    ['no proxy and no way to the web', edge(undefined, sealed)],
  ])('is met by %s', (_, resources) => {
    expect(judged(resources)).toEqual(['met', 'met']);
  });

  test.each([
    ['a host that nobody declared', edge('crm.example.com,api.example.net'), ['unmet', 'met']],
    ['a whole domain', edge('.example.com'), ['unmet', 'met']],
    ['HTTPS to everywhere without a proxy, for one API', edge(undefined), ['met', 'unmet']],
    ['HTTPS to everywhere by IPv6', edge(undefined, { SecurityGroupEgress: [from6('::/0', 443)] }), ['met', 'unmet']],
    [
      'the whole network as clients',
      { ...edge('crm.example.com'), ...client({ CidrIp: '10.0.0.0/16' }) },
      ['met', 'unmet'],
    ],
    ['models as clients', { ...edge('crm.example.com'), ...client(sourced('LlmGroup')) }, ['met', 'unmet']],
  ])('is not met by %s', (_, resources, answers) => {
    expect(judged(resources)).toEqual(answers);
  });

  test.each([
    ['hosts that a parameter names', edge({ Ref: 'Hosts' }), ['indeterminate', 'met']],
    [
      'clients of another template',
      { ...edge('crm.example.com'), ...client({ SourceSecurityGroupId: 'sg-1' }) },
      ['met', 'indeterminate'],
    ],
  ])('is not known with %s', (_, resources, answers) => {
    expect(judged(resources)).toEqual(answers);
  });

  test('says nothing of media and inference', () => {
    expect(judged({ MediaGroup: group('media', toWeb) })).toEqual([]);
  });
});

describe('NET-10: media nodes reach declared queues', () => {
  const QUEUES = ['192.168.40.8/29', '192.168.40.0/24'];
  const VPC = resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const to = (CidrIp: unknown) => ({ IpProtocol: 'udp', FromPort: 5060, ToPort: 5060, CidrIp });
  const judged = (resources: Resources, queueCidrs: readonly string[] = QUEUES) =>
    answersOf(NET_10, evidence({ Vpc: VPC, ...resources }, { queueCidrs }));
  const media = (list: 'SecurityGroupIngress' | 'SecurityGroupEgress', rule: unknown): Resources => ({
    Group: group('media', { [list]: [rule] }),
  });
  const routed = (route: Properties): Resources => ({
    Table: resource('AWS::EC2::RouteTable'),
    Subnet: ofTier('AWS::EC2::Subnet', 'media'),
    Link: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: 'Subnet' },
      RouteTableId: { Ref: 'Table' },
    }),
    Route: resource('AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, ...route }),
  });
  const toPeers = { TransitGatewayId: 'tgw-1' };

  test.each([
    ['calls to a queue', media('SecurityGroupEgress', to('192.168.40.8/29'))],
    ['a part of a declared block', media('SecurityGroupIngress', to('192.168.40.10/32'))],
    ['ranges of the VPC', media('SecurityGroupIngress', to('10.0.4.0/24'))],
    [
      'other groups',
      media('SecurityGroupIngress', { IpProtocol: 'udp', FromPort: 5060, ToPort: 5060, ...sourced('Group') }),
    ],
    ['a route to a queue', routed({ DestinationCidrBlock: '192.168.40.0/24', ...toPeers })],
  ])('is met by %s', (_, resources) => {
    expect(judged(resources)).toEqual(['met']);
  });

  test.each([
    ['calls from a carrier', media('SecurityGroupIngress', to('198.51.100.0/28'))],
    ['calls to everybody', media('SecurityGroupEgress', to('0.0.0.0/0'))],
    ['a block that is wider than what is declared', media('SecurityGroupEgress', to('192.168.0.0/16'))],
    ['a route to everywhere', routed({ DestinationCidrBlock: '0.0.0.0/0', ...toPeers })],
    ['a NAT gateway', routed({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' })],
    ['a route by IPv6', routed({ DestinationIpv6CidrBlock: '::/0', ...toPeers })],
  ])('is not met by %s', (_, resources) => {
    expect(judged(resources)).toEqual(['unmet']);
  });

  test('is not met by what was a queue once', () => {
    expect(judged(media('SecurityGroupEgress', to('192.168.40.8/29')), [])).toEqual(['unmet']);
  });

  test('is not known with a range that a parameter names, and is not about other tiers', () => {
    expect(judged(media('SecurityGroupEgress', to({ Ref: 'Desk' })))).toEqual(['indeterminate']);
    expect(judged({ Group: group('edge', { SecurityGroupIngress: [to('198.51.100.0/28')] }) })).toEqual([]);
  });
});

describe('odd input', () => {
  const controls = [NET_01, NET_02, NET_03, NET_04, NET_05, NET_06, NET_07, NET_08, NET_09, NET_10];
  const ODD: readonly unknown[] = [
    null,
    7,
    'text',
    [],
    [null, 7],
    { 'Fn::If': [] },
    { Ref: 'Nothing' },
    [[{}]],
    { A: 1 },
  ];
  const KEYS = [
    'SecurityGroupIngress',
    'SecurityGroupEgress',
    'GroupId',
    'IpProtocol',
    'FromPort',
    'CidrIp',
    'CidrIpv6',
    'SourcePrefixListId',
    'Entries',
    'SubnetId',
    'RouteTableId',
    'RouteTableIds',
    'GatewayId',
    'VpcId',
    'ServiceName',
    'VpcEndpointType',
    'PolicyDocument',
    'VPCZoneIdentifier',
    'ContainerDefinitions',
    'LaunchTemplateData',
    'Tags',
  ];
  const TYPES = [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::PrefixList',
    'AWS::EC2::Subnet',
    'AWS::EC2::Route',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::VPNGatewayRoutePropagation',
    'AWS::EC2::VPCEndpoint',
    'AWS::ECS::TaskDefinition',
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::EC2::LaunchTemplate',
  ];

  test.each(controls.map((control) => [control.id, control] as const))('%s never throws', (_, control) => {
    for (const value of ODD)
      for (const type of TYPES) {
        const odd = resource(type, Object.fromEntries(KEYS.map((key) => [key, value])));
        const given = evidence({
          ...NETWORK,
          Odd: odd,
          Bare: { Type: type },
          Tagged: ofTier(type, 'data', odd.Properties),
        });
        expect(() => control.check(given)).not.toThrow();
      }
  });
});
