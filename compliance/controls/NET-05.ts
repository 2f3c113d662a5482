import { isKnown } from '../templates/evaluate';
import { asList, type Resource } from '../templates/template-set';
import { met, overall, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { endpointsOf, type Endpoint } from './shared/endpoints';
import { isTrue } from './shared/records';
import { routesOf } from './shared/routes';
import { usedServices } from './shared/used-services';

/** Without an endpoint a call to AWS needs a way to the internet, and then everything has one. */
export const NET_05: Control = {
  id: 'NET-05',
  title: 'What runs in private subnets reaches the AWS services it uses by private endpoints, under their usual names.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.7' }],
  severity: 'error',
  sources: ['A8'],
  checkedOn: '2026-11-26',
  builds:
    'Gateway endpoints of S3 and DynamoDB and an interface endpoint in every cell for each API that nodes and tasks call.',
  onTemplate:
    'A VPC with private subnets has an endpoint for each service that its containers, their roles, keys, buckets and tables need, interface ones with private DNS.',
  live: 'ec2:DescribeVpcEndpoints',
  check: (evidence) => {
    if (evidence.ofType(...COMPUTE).length === 0) return [];
    const endpoints = endpointsOf(evidence);
    return [
      ...judgeVpcs(evidence, endpoints),
      ...endpoints.map((endpoint) => judgeEndpoint(evidence, endpoint, endpoints)),
    ];
  },
};

const COMPUTE = [
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
] as const;

function judgeVpcs(evidence: Evidence, endpoints: readonly Endpoint[]): readonly Judgement[] {
  const vpcs = evidence.ofType('AWS::EC2::VPC');
  const used = [...usedServices(evidence)].toSorted();
  if (used.length === 0) return [];
  if (vpcs.length === 0)
    return [overall('indeterminate', 'no VPC is in these templates; show where its endpoints are')];
  return vpcs
    .filter((vpc) => hasPrivateSubnet(evidence, vpc))
    .map((vpc) => judgeVpc(vpc, used, reachableFrom(evidence, vpc, endpoints)));
}

/** Private is what no internet gateway leads to; one behind a NAT is private too. */
function hasPrivateSubnet(evidence: Evidence, vpc: Resource): boolean {
  const routesTo = routesOf(evidence);
  return evidence
    .ofType('AWS::EC2::Subnet')
    .filter((subnet) => evidence.resourceOf(evidence.at(subnet, 'VpcId'), 'AWS::EC2::VPC') === vpc)
    .some((subnet) => !routesTo(subnet).waysOut.some(({ target }) => target === 'GatewayId'));
}

const reachableFrom = (evidence: Evidence, vpc: Resource, endpoints: readonly Endpoint[]): readonly Endpoint[] =>
  endpoints.filter(({ resource }) => {
    const id = evidence.at(resource, 'VpcId');
    return !isKnown(id) || evidence.resourceOf(id, 'AWS::EC2::VPC') === vpc;
  });

function judgeVpc(vpc: Resource, used: readonly string[], endpoints: readonly Endpoint[]): Judgement {
  const missing = used.filter((service) => !endpoints.some((endpoint) => endpoint.service === service));
  if (missing.length === 0) return met(vpc, `it has endpoints for ${used.join(', ')}`);
  const what = `it has no endpoint for ${missing.join(', ')}`;
  if (endpoints.some(({ service }) => service === undefined))
    return unclear(vpc, `${what} among those whose service can be read; write ServiceName out`);
  return unmet(vpc, `${what}, which what runs in it uses; add one for each`);
}

function judgeEndpoint(evidence: Evidence, endpoint: Endpoint, all: readonly Endpoint[]): Judgement {
  const { resource, service, kind } = endpoint;
  if (kind === 'hidden') return unclear(resource, 'its type cannot be read; write VpcEndpointType out');
  if (kind === 'gateway') return judgeGateway(evidence, resource);
  const hasGateway = all.some((other) => other.kind === 'gateway' && other.service === service);
  return hasGateway ? met(resource, 'usual names lead to the gateway') : judgeInterface(evidence, resource);
}

function judgeGateway(evidence: Evidence, resource: Resource): Judgement {
  const tables = evidence.at(resource, 'RouteTableIds');
  if (!isKnown(tables)) return unclear(resource, 'its route tables cannot be read; write RouteTableIds out');
  return asList(tables).length > 0
    ? met(resource, 'it is in route tables')
    : unmet(resource, 'no route table leads to it; set RouteTableIds');
}

function judgeInterface(evidence: Evidence, resource: Resource): Judgement {
  const dns = evidence.at(resource, 'PrivateDnsEnabled');
  if (!isKnown(dns)) return unclear(resource, 'its private DNS cannot be read; set PrivateDnsEnabled to true');
  return isTrue(dns)
    ? met(resource, 'usual names of the service lead to it')
    : unmet(resource, 'usual names of the service lead past it; set PrivateDnsEnabled to true');
}
