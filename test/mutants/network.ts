import { alter, beside, drop, push, put, removed } from './edits';
import type { Draft, Json } from './draft';
import { ways, type Kind } from './mutant';
import { amend } from './statements';
import { ENDPOINT, FLEET, GROUP, INFERENCE, isOfTier, TASK } from './subjects';

const IN = 'SecurityGroupIngress';
const OUT = 'SecurityGroupEgress';
const ALL4 = { CidrIp: '0.0.0.0/0' };
const ALL6 = { CidrIpv6: '::/0' };
const rule = (list: string, more: Json) =>
  push(list, () => ({ IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, ...more }));
const ports = (from: number, to = from, protocol = 'tcp'): Json => ({
  FromPort: from,
  ToPort: to,
  IpProtocol: protocol,
});

const inner = isOfTier(...INFERENCE, 'data');
const endpoints = ({ id }: Draft): boolean => id.startsWith('InterfaceEndpoints');

const OPEN_INNER = {
  'everybody reaches it': rule(IN, ALL4),
  'everybody reaches it by IPv6': rule(IN, ALL6),
  'half of everybody reaches it': rule(IN, { CidrIp: '128.0.0.0/1' }),
};

/** The rules on SIP of an edge group, widened. */
const sipFrom = (cidr: Json) =>
  alter(IN, (rules) =>
    (rules as readonly Json[]).map((one) => {
      const { CidrIp: _, ...rest } = one;
      return one['FromPort'] === 5061 ? { ...rest, ...cidr } : one;
    }),
  );
const rtp = (more: Json) =>
  alter(IN, (rules) =>
    (rules as readonly Json[]).map((one) => (one['IpProtocol'] === 'udp' ? { ...one, ...more } : one)),
  );

const ADMIN: Readonly<Record<string, Json>> = {
  'SSH is open to everybody': { ...ports(22), ...ALL4 },
  'SSH is open to an office': { ...ports(22), CidrIp: '198.51.100.7/32' },
  'SSH is open by IPv6': { ...ports(22), ...ALL6 },
  'RDP is open to everybody': { ...ports(3389), ...ALL4 },
  'the manager of Asterisk is open': { ...ports(5038), ...ALL4 },
  'the event socket is open': { ...ports(8021), ...ALL4 },
  'SSH is in a range': { ...ports(20, 25), CidrIp: '203.0.113.9/32' },
};

const bound = 'AccountToItself';
const UNBOUND = {
  'it has no policy': drop('PolicyDocument'),
  'its policy asks for no account': amend(bound, (statement) => delete statement['Condition']),
  'its policy asks only where there is a key': amend(bound, (statement) => {
    statement['Condition'] = { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } };
  }),
  'its policy excludes one account': amend(bound, (statement) => {
    statement['Condition'] = { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } };
  }),
};

const routeTo = (DestinationCidrBlock: string, target: (draft: Draft) => Json) =>
  beside('AWS::EC2::Route', (draft) => ({ RouteTableId: { Ref: draft.id }, DestinationCidrBlock, ...target(draft) }));
const routeOut = (target: (draft: Draft) => Json) => routeTo('0.0.0.0/0', target);
const isPrivate = ({ id }: Draft): boolean => id.includes('PrivateRoutes');
const gateway = (draft: Draft): Json => ({ GatewayId: { Ref: draft.ofType('AWS::EC2::InternetGateway')[0] } });
const table = 'AWS::EC2::RouteTable';

const LINK = 'AWS::EC2::SubnetRouteTableAssociation';
const isInner = ({ id }: Draft): boolean => /InferenceRoutes|DataRoutes/.test(id);
const edgeTable = (draft: Draft) => draft.ofType(table).find((id) => id.includes('EdgeRoutes'));

/** Models on the subnet of the media nodes. */
const amongMedia = (draft: Draft): void => {
  const media = draft.ofType(FLEET).find((id) => id.startsWith('MediaFleet'));
  const to = media && (draft.at(media)['Properties'] as Json)['VPCZoneIdentifier'];
  if (to) draft.properties['VPCZoneIdentifier'] = to;
};

const isEdge = isOfTier('edge');
const isMedia = isOfTier('media');
/** Whether the edge has a way to declared hosts. */
const hasProxy = ({ properties }: Draft): boolean => JSON.stringify(properties[OUT]).includes('0.0.0.0/0');
const admitsModels = (draft: Draft): void => {
  const models = draft.ofType(GROUP).find((id) => id.startsWith('SecurityGroupsLlm'));
  if (models) put('SourceSecurityGroupId', { 'Fn::GetAtt': [models, 'GroupId'] })(draft);
};
/** Where the media nodes of the deployment find their routes. */
const isOfMedia = (draft: Draft): boolean =>
  draft.id.includes('MediaRouteTable') ||
  (isPrivate(draft) && !draft.ofType(table).some((id) => id.includes('MediaRouteTable')));
const toStranger: Json = { ...ports(5060, 5060, 'udp'), CidrIp: '198.51.100.0/28' };

export const NETWORK: readonly Kind[] = [
  ...ways('NET-01', GROUP, OPEN_INNER, (draft) => inner(draft) || endpoints(draft)),
  ...ways('NET-01', FLEET, { 'it stands among media nodes': amongMedia }, isOfTier(...INFERENCE)),
  ...ways(
    'NET-02',
    GROUP,
    {
      'SIP is open to everybody': sipFrom(ALL4),
      'SIP is open by IPv6': sipFrom(ALL6),
      'SIP is open to half of everybody': sipFrom({ CidrIp: '0.0.0.0/1' }),
      'SIP is open to a list nobody shows': sipFrom({ SourcePrefixListId: 'pl-0123456789abcdef0' }),
    },
    isOfTier('edge'),
  ),
  ...ways(
    'NET-03',
    GROUP,
    {
      'RTP has all ports': rtp({ FromPort: 1024, ToPort: 65_535 }),
      'RTP has one port too many': rtp({ FromPort: 10_000, ToPort: 32_768 }),
    },
    isOfTier('edge'),
  ),
  ...ways(
    'NET-03',
    GROUP,
    { 'RTP comes to a model': rule(IN, { ...ports(10_000, 10_100, 'udp'), CidrIp: '10.0.0.0/16' }) },
    isOfTier(...INFERENCE),
  ),
  ...Object.entries(ADMIN).flatMap(([what, more]) => ways('NET-04', GROUP, { [what]: rule(IN, more) })),
  ...ways('NET-04', GROUP, {
    'SSH is opened by a rule apart': beside('AWS::EC2::SecurityGroupIngress', ({ id }) => ({
      GroupId: { 'Fn::GetAtt': [id, 'GroupId'] },
      ...ports(22),
      ...ALL4,
    })),
  }),
  ...ways('NET-05', ENDPOINT, { 'it goes': removed }),
  ...ways('NET-05', ENDPOINT, {
    'usual names lead past it': alter('PrivateDnsEnabled', () => false),
    'it says nothing of DNS': drop('PrivateDnsEnabled'),
    'no route table leads to it': alter('RouteTableIds', () => []),
  }),
  ...ways('NET-06', ENDPOINT, UNBOUND, ({ properties }) => properties['PolicyDocument'] !== undefined),
  ...ways(
    'NET-07',
    table,
    {
      'it leads to the internet gateway': routeOut(gateway),
      'it leads to a NAT gateway': routeOut(() => ({ NatGatewayId: 'nat-0123456789abcdef0' })),
      'it leads to a peering': routeOut(() => ({ VpcPeeringConnectionId: 'pcx-0123456789abcdef0' })),
      'it leads to a transit gateway': routeOut(() => ({ TransitGatewayId: 'tgw-0123456789abcdef0' })),
    },
    isPrivate,
  ),
  ...ways(
    'NET-07',
    LINK,
    {
      'its subnet has the routes of the edge': (draft) => put('RouteTableId', { Ref: edgeTable(draft) })(draft),
      'its subnet has the main routes': removed,
    },
    isInner,
  ),
  ...ways('NET-08', GROUP, {
    'it lets everything out': rule(OUT, { ...ALL4, IpProtocol: '-1', FromPort: -1, ToPort: -1 }),
    'it lets every port out': rule(OUT, { ...ALL4, ...ports(0, 65_535) }),
    'it has the rule that EC2 gives': drop(OUT),
  }),
  ...ways(
    'NET-08',
    GROUP,
    { 'it lets web traffic out': rule(OUT, { ...ALL6, ...ports(443) }) },
    isOfTier('media', ...INFERENCE),
  ),
  ...ways(
    'NET-09',
    TASK,
    {
      'its proxy leads to a host that nobody declared': push('ContainerDefinitions.0.Environment', () => ({
        Name: 'OUTSIDE_HOSTS',
        Value: 'api.example.net',
      })),
      'where its proxy leads is a secret': push('ContainerDefinitions.0.Secrets', () => ({
        Name: 'OUTSIDE_HOSTS',
        ValueFrom: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:hosts-AbCdEf',
      })),
    },
    isEdge,
  ),
  ...ways(
    'NET-09',
    GROUP,
    { 'it lets web traffic out without a proxy': rule(OUT, { ...ALL4, ...ports(443) }) },
    (draft) => isEdge(draft) && !hasProxy(draft),
  ),
  ...ways(
    'NET-09',
    GROUP,
    { 'its proxy serves the whole network': rule(IN, { ...ports(3128), CidrIp: '10.0.0.0/8' }) },
    (draft) => isEdge(draft) && hasProxy(draft),
  ),
  ...ways('NET-09', 'AWS::EC2::SecurityGroupIngress', { 'the proxy serves models': admitsModels }, ({ id }) =>
    id.includes('MediaToEdgeproxy'),
  ),
  ...ways(
    'NET-10',
    GROUP,
    {
      'it takes calls from outside': rule(IN, toStranger),
      'it calls somebody outside': rule(OUT, toStranger),
      'it sends audio to a network that nobody declared': rule(OUT, {
        ...ports(10_000, 20_000, 'udp'),
        CidrIp: '192.168.0.0/16',
      }),
    },
    isMedia,
  ),
  ...ways(
    'NET-10',
    table,
    {
      'it leads to a carrier by the internet gateway': routeTo('198.51.100.0/24', gateway),
      'it leads to more than the queues': routeTo('192.0.0.0/8', () => ({ TransitGatewayId: 'tgw-0123456789abcdef0' })),
    },
    isOfMedia,
  ),
];
