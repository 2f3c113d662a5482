import type { Route } from '@aws-sdk/client-ec2';

type Named = readonly (readonly [string, string | undefined])[];

export const destinationOf = (route: Route): string | undefined =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;

/** A route that a VPC makes for its own range is in every table and leads nowhere else. */
export const isStated = ({ GatewayId, Origin }: Route): boolean =>
  GatewayId !== 'local' && Origin !== 'CreateRouteTable';

/** A route as a template would state it. */
export const asStated = (route: Route, table: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [['RouteTableId', table] as const, ...aims(route), ...gateway(route), ...host(route)].filter(
      ([, value]) => value !== undefined,
    ),
  );

const aims = (route: Route): Named => [
  ['DestinationCidrBlock', route.DestinationCidrBlock],
  ['DestinationIpv6CidrBlock', route.DestinationIpv6CidrBlock],
  ['DestinationPrefixListId', route.DestinationPrefixListId],
  ['CarrierGatewayId', route.CarrierGatewayId],
  ['CoreNetworkArn', route.CoreNetworkArn],
  ['EgressOnlyInternetGatewayId', route.EgressOnlyInternetGatewayId],
  ['LocalGatewayId', route.LocalGatewayId],
  ['NatGatewayId', route.NatGatewayId],
  ['TransitGatewayId', route.TransitGatewayId],
  ['VpcPeeringConnectionId', route.VpcPeeringConnectionId],
];

/** EC2 calls an endpoint a gateway. */
const gateway = ({ GatewayId }: Route): Named => [
  [GatewayId?.startsWith('vpce-') ? 'VpcEndpointId' : 'GatewayId', GatewayId],
];

/** Of an instance EC2 names the interface too; a template names one of them. */
const host = ({ InstanceId, NetworkInterfaceId }: Route): Named => [
  InstanceId === undefined ? ['NetworkInterfaceId', NetworkInterfaceId] : ['InstanceId', InstanceId],
];
