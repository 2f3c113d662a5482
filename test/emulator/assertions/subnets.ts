import { DescribeRouteTablesCommand, DescribeSubnetsCommand, type Route } from '@aws-sdk/client-ec2';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { Region } from './aws';
import { type Check, check, once, only, present } from './check';
import type { Vpc } from './network';

type Kind = keyof CellPlan['subnets'];

/** Only edge subnets have a way to the internet. */
const WAYS_OUT: Readonly<Record<Kind, readonly string[]>> = {
  edge: ['0.0.0.0/0 to igw'],
  media: [],
  inference: [],
  data: [],
};

/** A cell's four subnets: where they lie, and every way out of them but the gateway endpoints. */
export const subnetChecks = (cell: CellPlan, vpc: Vpc): Check[] =>
  (Object.keys(WAYS_OUT) as Kind[]).flatMap((kind) => {
    const subnet = once(() => describe(`${cell.name}-${kind}`, vpc));
    const place = { azId: cell.azId, cidr: cell.subnets[kind], publicAddresses: false };
    return [
      check(`subnet ${cell.azId} ${kind}: place`, place, async () => {
        const { AvailabilityZoneId, CidrBlock, MapPublicIpOnLaunch } = await subnet();
        return { azId: AvailabilityZoneId, cidr: CidrBlock, publicAddresses: MapPublicIpOnLaunch };
      }),
      check(`subnet ${cell.azId} ${kind}: ways out`, WAYS_OUT[kind], async () =>
        waysOut(present((await subnet()).SubnetId, 'subnet id'), vpc),
      ),
    ];
  });

async function describe(name: string, { region, id }: Vpc) {
  const Filters = [
    { Name: 'vpc-id', Values: [await id()] },
    { Name: 'tag:Name', Values: [name] },
  ];
  const { Subnets } = await region.ec2.send(new DescribeSubnetsCommand({ Filters }));
  return only(Subnets, `subnet named ${name}`);
}

/** Id of the subnet of that name, which is one of a kind in the account. */
export async function subnetIdOf(name: string, { ec2 }: Region): Promise<string> {
  const Filters = [{ Name: 'tag:Name', Values: [name] }];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  return present(only(Subnets, `subnet named ${name}`).SubnetId, 'subnet id');
}

async function waysOut(subnet: string, { region }: Vpc): Promise<string[]> {
  const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
  const { RouteTables } = await region.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const { Routes = [] } = only(RouteTables, `route table of ${subnet}`);
  return Routes.filter((route) => !isInside(route)).map(wayOf);
}

/** Inside the VPC, or to S3 and DynamoDB by their gateway endpoint. */
const isInside = ({ GatewayId = '' }: Route): boolean => GatewayId === 'local' || GatewayId.startsWith('vpce-');

function wayOf(route: Route): string {
  const target = [
    route.GatewayId,
    route.NatGatewayId,
    route.TransitGatewayId,
    route.VpcPeeringConnectionId,
    route.NetworkInterfaceId,
    route.EgressOnlyInternetGatewayId,
  ].find(Boolean);
  const destination = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
  return `${destination} to ${target?.split('-')[0] ?? 'an unknown target'}`;
}
