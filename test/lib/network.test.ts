import { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { NetworkStack } from '../../lib/stacks/network';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';

type Properties = Record<string, unknown>;
type Statement = { readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> } };

const { network } = regionPlan();
/** With the endpoint of Systems Manager, which a region has where Session Manager is on. */
const plan = regionPlan({ network: { ...network, interfaceEndpoints: [...network.interfaceEndpoints, 'ssm'] } });
const WITHOUT_POLICY = new Set(['ecs-agent', 'ecs-telemetry', 'servicediscovery']);
let stack: NetworkStack;
let template: Template;

beforeAll(() => {
  stack = networkOf(plan);
  template = templateOf(stack);
});

describe('subnets', () => {
  test('each of a cell lies in its AZ id, gives out no public address and is not left to the main route table', () => {
    for (const { azId, subnets } of plan.cells)
      for (const cidr of Object.values(subnets))
        template.hasResourceProperties('AWS::EC2::Subnet', {
          AvailabilityZoneId: azId,
          AvailabilityZone: Match.absent(),
          CidrBlock: cidr,
          MapPublicIpOnLaunch: false,
        });
    template.resourceCountIs('AWS::EC2::Subnet', plan.cells.length * 4);
    template.resourceCountIs('AWS::EC2::SubnetRouteTableAssociation', plan.cells.length * 4);
  });

  test('none but edge has a route to the internet, and there is no NAT gateway', () => {
    const routed = new Set(all('AWS::EC2::Route').map(({ RouteTableId }) => JSON.stringify(RouteTableId)));
    const exposed = all('AWS::EC2::SubnetRouteTableAssociation').filter(({ RouteTableId }) =>
      routed.has(JSON.stringify(RouteTableId)),
    );
    expect(exposed.map(({ SubnetId }) => cidrOf(SubnetId))).toEqual(plan.cells.map(({ subnets }) => subnets.edge));
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('are handed to cell stacks by AZ id and kind', () => {
    for (const { azId, subnets } of plan.cells) {
      const { edgeSubnetId, mediaSubnetId, inferenceSubnetId, dataSubnetId } = stack.resolve(stack.cells[azId]);
      const handed = [edgeSubnetId, mediaSubnetId, inferenceSubnetId, dataSubnetId].map(cidrOf);
      expect(handed).toEqual([subnets.edge, subnets.media, subnets.inference, subnets.data]);
    }
  });
});

describe('the way to bridged queues', () => {
  const queueNetwork = {
    transitGatewayId: 'tgw-0123456789abcdef0',
    signallingCidrs: ['192.168.40.8/29'],
    mediaCidrs: ['192.168.40.0/24', '192.168.40.8/29'],
  };
  const bridged = templateOf(networkOf(regionPlan({ network: { ...network, queueNetwork } })));
  const peered = (type: string): Properties[] =>
    Object.values(bridged.findResources(type)).map(({ Properties }) => Properties as Properties);
  const tableOf = (kind: string): unknown[] =>
    Object.entries(bridged.findResources('AWS::EC2::SubnetRouteTableAssociation'))
      .filter(([id]) => id.includes(`${kind}Routes`))
      .map(([, { Properties }]) => (Properties as Properties)['RouteTableId']);

  test('is taken by media nodes of every cell, to the declared blocks and nowhere else', () => {
    const routes = peered('AWS::EC2::Route').filter(({ TransitGatewayId }) => TransitGatewayId !== undefined);
    expect(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(
      plan.cells.flatMap(() => ['192.168.40.8/29', '192.168.40.0/24']),
    );
    expect(new Set(routes.map(({ RouteTableId }) => JSON.stringify(RouteTableId)))).toEqual(
      new Set(tableOf('Media').map((table) => JSON.stringify(table))),
    );
    for (const other of [...tableOf('Inference'), ...tableOf('Data'), ...tableOf('Edge')])
      expect(tableOf('Media')).not.toContainEqual(other);
  });

  test('is there once the VPC is attached, by the media subnets', () => {
    const [attachment = ''] = Object.keys(bridged.findResources('AWS::EC2::TransitGatewayVpcAttachment'));
    expect(peered('AWS::EC2::TransitGatewayVpcAttachment')[0]).toMatchObject({
      TransitGatewayId: 'tgw-0123456789abcdef0',
      SubnetIds: plan.cells.map(() => expect.objectContaining({ Ref: expect.stringContaining('Media') })),
    });
    const waits = Object.values(bridged.findResources('AWS::EC2::Route')).filter(
      ({ Properties }) => (Properties as Properties)['TransitGatewayId'] !== undefined,
    );
    expect(waits.map(({ DependsOn }) => DependsOn as unknown)).toEqual(waits.map(() => [attachment]));
  });

  test('takes nothing from the ways to S3 and DynamoDB', () => {
    const gateways = peered('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Gateway');
    expect(gateways).toHaveLength(2);
    for (const { RouteTableIds } of gateways)
      for (const table of tableOf('Media')) expect(RouteTableIds).toContainEqual(table);
  });

  test('is not there where no queue is bridged', () => {
    template.resourceCountIs('AWS::EC2::TransitGatewayVpcAttachment', 0);
    template.resourceCountIs('AWS::EC2::RouteTable', plan.cells.length + 1);
  });
});

describe('interface endpoints', () => {
  test.each(plan.network.interfaceEndpoints)('%s is reached privately in every cell', (service) => {
    const { SubnetIds, PrivateDnsEnabled } = endpoint(service);
    expect((SubnetIds as unknown[]).map(cidrOf)).toEqual(plan.cells.map(({ subnets }) => subnets.data));
    expect(PrivateDnsEnabled).toBe(true);
  });

  test.each(plan.network.interfaceEndpoints)('%s serves the account alone, unless it takes no policy', (service) => {
    const { account, organizationId } = plan;
    const whole =
      service === 'ssm'
        ? [account, undefined, organizationId, undefined]
        : [account, account, organizationId, organizationId];
    const expected = WITHOUT_POLICY.has(service) ? [] : [whole];
    expect(statementsOf(service).map(bounds)).toEqual(expected);
  });

  test('admit HTTPS from the cells and send nothing', () => {
    const ports = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    const subnets = plan.cells.flatMap((cell) => Object.values(cell.subnets));
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: subnets.map((CidrIp) => Match.objectLike({ CidrIp, ...ports })),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('use no security group but their own', () => {
    const own = [stack.resolve(stack.endpointSecurityGroupId)];
    for (const service of plan.network.interfaceEndpoints) expect(endpoint(service)['SecurityGroupIds']).toEqual(own);
    expect(JSON.stringify(template.toJSON())).not.toContain('DefaultSecurityGroup');
  });
});

describe('gateway endpoints', () => {
  test('of S3 admit the AWS-owned buckets for reading and nothing else outside the account', () => {
    const [inside, ...outside] = statementsOf('s3');
    expect(inside && bounds(inside).slice(0, 2)).toEqual([plan.account, plan.account]);
    const Resource = plan.network.awsOwnedBuckets.map((bucket) => `arn:aws:s3:::${bucket}/*`);
    expect(outside).toEqual([expect.objectContaining({ Action: 's3:GetObject', Resource })]);
  });

  test('of DynamoDB admit the account only', () => {
    expect(statementsOf('dynamodb').map((only) => bounds(only)[1])).toEqual([plan.account]);
  });

  test.each(['s3', 'dynamodb'])('of %s serve every route table', (service) => {
    expect(endpoint(service)['RouteTableIds']).toHaveLength(all('AWS::EC2::RouteTable').length);
  });
});

test('no endpoint asks for an organization where the deployment names none', () => {
  const { organizationId: _, ...lone } = plan;
  const endpoints = templateOf(networkOf(lone)).findResources('AWS::EC2::VPCEndpoint');
  expect(JSON.stringify(endpoints)).not.toContain('OrgID');
});

describe('elastic addresses', () => {
  test('live in a stack protected from deletion', () => expect(stack.terminationProtection).toBe(true));

  test.each(plan.cells)('of $azId are as many as planned and outlive nodes and stack', ({ azId, elasticIps }) => {
    const Tags = Match.arrayWith([Match.objectLike({ Value: azId }), { Key: 'voicecell:pool', Value: 'edge' }]);
    const retained = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain', Properties: { Tags } };
    const pool = template.findResources('AWS::EC2::EIP', retained);
    expect(Object.keys(pool)).toHaveLength(elasticIps);
    expect(stack.cells[azId]?.elasticIpAllocationIds).toHaveLength(elasticIps);
  });

  test('keep their logical ids, since a new id would be a new address', () => {
    const [first] = Object.keys(template.findResources('AWS::EC2::EIP'));
    expect(first).toBe('Use1Az4EdgePoolAddress15A66DC3B');
  });

  test("of all cells are listed for the carriers' allow-lists", () => {
    const [list] = Object.values(template.findOutputs('EdgeAddresses'));
    expect(list?.['Value']['Fn::Join'][1]).toHaveLength(all('AWS::EC2::EIP').length);
  });
});

describe('the SIP directory', () => {
  test('answers for the hostname that carriers dial, by address and by service', () => {
    template.hasResourceProperties('AWS::ServiceDiscovery::PublicDnsNamespace', { Name: plan.sip.zone });
    expect(recordsOf(template)).toEqual(['A sip', 'SRV _sips._tcp.sip', 'SRV _sip._tcp.sip', 'SRV _sip._udp.sip']);
  });

  test('has a service per transport whoever the carriers are, so that none is taken from under a cell', () => {
    expect(stack.sipDirectory.srvServices.map(({ transport }) => transport)).toEqual(['tls', 'tcp', 'udp']);
  });

  test('believes a node about its health and is believed no longer than planned', () => {
    template.allResourcesProperties('AWS::ServiceDiscovery::Service', {
      DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ TTL: plan.sip.recordTtlSeconds }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
  });
});

describe('prefix lists', () => {
  test('known to the plan are used as they are', () => {
    expect(stack.prefixListIds).toMatchObject(plan.network.prefixLists);
  });

  test('unknown to the plan must be given by whoever deploys', () => {
    const unknown = templateOf(networkOf(regionPlan({ network: { ...plan.network, prefixLists: {} } })));
    for (const id of ['S3PrefixListId', 'DynamoDbPrefixListId'])
      unknown.hasParameter(id, { AllowedPattern: '^pl-[0-9a-f]+$', Default: Match.absent() });
  });
});

test('all traffic is logged, encrypted, for as long as logs are kept', () => {
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 2192, KmsKeyId: Match.anyValue() });
});

function networkOf(of: RegionPlan): NetworkStack {
  const app = testApp();
  const records = new Stack(app, 'records', { env: { account: of.account, region: of.region } });
  return new NetworkStack(app, 'network', { plan: of, logKey: new Key(records, 'LogKey') });
}

function all(type: string): Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Properties);
}

function endpoint(service: string): Properties {
  const name = `com.amazonaws.us-east-1.${service}`;
  return all('AWS::EC2::VPCEndpoint').find(({ ServiceName }) => ServiceName === name) ?? {};
}

function statementsOf(service: string): Statement[] {
  const { PolicyDocument } = endpoint(service);
  return PolicyDocument ? (PolicyDocument as { Statement: Statement[] }).Statement : [];
}

/** Account of the principal and of the resource, then their organizations. */
function bounds({ Condition }: Statement): (string | undefined)[] {
  const keys = ['aws:PrincipalAccount', 'aws:ResourceAccount', 'aws:PrincipalOrgID', 'aws:ResourceOrgID'];
  return keys.map((key) => Condition?.StringEquals[key]);
}

function cidrOf(subnet: unknown): unknown {
  return template.findResources('AWS::EC2::Subnet')[(subnet as { Ref: string }).Ref]?.['Properties'].CidrBlock;
}

function recordsOf(of: Template): string[] {
  const services = Object.values(of.findResources('AWS::ServiceDiscovery::Service'));
  return services.map(({ Properties: { DnsConfig, Name } }) => `${DnsConfig.DnsRecords[0].Type} ${Name}`);
}
