import { isKnown } from '../../templates/evaluate';
import { asList, asString, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { perEvidence } from './memo';

/** A route or a propagation of routes that leaves the VPC. */
export interface WayOut {
  readonly by: Resource;
  /** `NatGatewayId`, as the template has it. */
  readonly target: string;
  /** Whether it is certain; a gateway that cannot be read may be the VPC's own. */
  readonly certain: boolean;
}

export interface SubnetRoutes {
  /** Undefined where no table of these templates is associated. */
  readonly table: Resource | undefined;
  readonly waysOut: readonly WayOut[];
}

type Route = WayOut & { readonly table: Resource | undefined };

/** Of each subnet, its route table and what in it leaves the VPC. */
export const routesOf = perEvidence((evidence): ((subnet: Resource) => SubnetRoutes) => {
  const routes = [...stated(evidence), ...propagated(evidence)];
  const tables = new Map(
    evidence
      .ofType('AWS::EC2::SubnetRouteTableAssociation')
      .map((association) => [
        evidence.resourceOf(evidence.at(association, 'SubnetId'), 'AWS::EC2::Subnet'),
        evidence.resourceOf(evidence.at(association, 'RouteTableId'), TABLE),
      ]),
  );
  return (subnet) => {
    const table = tables.get(subnet);
    return { table, waysOut: table ? routes.filter((route) => route.table === table) : [] };
  };
});

const TABLE = 'AWS::EC2::RouteTable';

/** A network interface or an instance is a NAT of one's own making. */
const TARGETS = [
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'NetworkInterfaceId',
  'InstanceId',
] as const;

const stated = (evidence: Evidence): readonly Route[] =>
  evidence.ofType('AWS::EC2::Route').flatMap((by) => {
    const table = evidence.resourceOf(evidence.at(by, 'RouteTableId'), TABLE);
    const target = TARGETS.find((name) => evidence.at(by, name) !== undefined);
    if (target) return [{ by, table, target, certain: isKnown(evidence.at(by, target)) }];
    const gateway = evidence.at(by, 'GatewayId');
    if (gateway !== undefined && gateway !== 'local')
      return [{ by, table, target: 'GatewayId', certain: isKnown(gateway) }];
    return toEverywhere(evidence, by) ? [{ by, table, target: 'VpcEndpointId', certain: true }] : [];
  });

/** An endpoint of a firewall leads on to wherever the firewall routes. */
const toEverywhere = (evidence: Evidence, route: Resource): boolean =>
  evidence.at(route, 'VpcEndpointId') !== undefined &&
  ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'].some((name) =>
    asString(evidence.at(route, name))?.endsWith('/0'),
  );

const propagated = (evidence: Evidence): readonly Route[] =>
  evidence.ofType('AWS::EC2::VPNGatewayRoutePropagation').flatMap((by) =>
    asList(evidence.at(by, 'RouteTableIds')).map((id) => ({
      by,
      table: evidence.resourceOf(id, TABLE),
      target: 'VpnGatewayId',
      certain: true,
    })),
  );

/** Ways out of a table that cannot be read: it may be any. */
export const strayRoutes = (evidence: Evidence): readonly Resource[] =>
  [...stated(evidence), ...propagated(evidence)]
    .filter(({ by, table }) => !table && !isKnown([evidence.at(by, 'RouteTableId'), evidence.at(by, 'RouteTableIds')]))
    .map(({ by }) => by);
