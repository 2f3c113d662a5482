import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import type { Beside, Deployed } from '../../../reading';
import type { Properties } from '../../data/parts';
import { tagsOf } from '../../data/shapes';
import { foundIn, withBeside } from '../found';
import type { Network, Section } from './network';
import { asStated, destinationOf, isStated } from './route';

interface Kind {
  readonly names: readonly string[];
  readonly of: (deployed: Deployed, tables: readonly RouteTable[]) => Properties | undefined;
}

const TABLE = 'AWS::EC2::RouteTable';
const ROUTE = 'AWS::EC2::Route';

const tableOf = (id: string | undefined, tables: readonly RouteTable[]): RouteTable | undefined =>
  tables.find(({ RouteTableId }) => RouteTableId === id);

const KINDS: Readonly<Record<string, Kind>> = {
  [TABLE]: {
    names: ['Tags', 'VpcId'],
    of: ({ physicalId }, tables) => {
      const table = tableOf(physicalId, tables);
      return table && { VpcId: table.VpcId, ...tagsOf(table.Tags) };
    },
  },
  [ROUTE]: {
    names: [
      'RouteTableId',
      'DestinationCidrBlock',
      'DestinationIpv6CidrBlock',
      'DestinationPrefixListId',
      'CarrierGatewayId',
      'CoreNetworkArn',
      'EgressOnlyInternetGatewayId',
      'GatewayId',
      'InstanceId',
      'LocalGatewayId',
      'NatGatewayId',
      'NetworkInterfaceId',
      'TransitGatewayId',
      'VpcEndpointId',
      'VpcPeeringConnectionId',
    ],
    of: ({ physicalId }, tables) => {
      const [id = '', destination] = physicalId.split('|');
      const route = tableOf(id, tables)?.Routes?.find((candidate) => destinationOf(candidate) === destination);
      return route && asStated(route, id);
    },
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    names: ['RouteTableId', 'SubnetId'],
    of: ({ physicalId }, tables) => {
      const found = tables
        .flatMap(({ Associations = [] }) => Associations)
        .find(({ RouteTableAssociationId }) => RouteTableAssociationId === physicalId);
      return found && { RouteTableId: found.RouteTableId, SubnetId: found.SubnetId };
    },
  },
};

/** Tables, their routes and their subnets come in one answer. */
export const routes: Section = {
  types: Object.keys(KINDS),
  actions: ['ec2:DescribeRouteTables'],
  async read(network) {
    const answer = await network.tables();
    const own = Object.entries(KINDS).flatMap(([type, kind]) =>
      network.ofType(type).map((deployed) => ({ deployed, kind })),
    );
    return own.map(({ deployed, kind: { names, of } }) => {
      const reading = foundIn(deployed, { answer, names, of: (tables) => of(deployed, tables) });
      const table = answer.known && tableOf(deployed.physicalId, answer.value);
      return table ? withBeside(reading, strayRoutes(table, network)) : reading;
    });
  },
};

/** Routes of a table that no template states. */
export const strayRoutes = ({ RouteTableId = '', Routes = [] }: RouteTable, network: Network): Beside[] =>
  Routes.filter((route) => isStray(route, RouteTableId, network)).map((route) => ({
    type: ROUTE,
    id: `${RouteTableId}|${destinationOf(route)}`,
    properties: asStated(route, RouteTableId),
  }));

/** Gateway endpoints put routes of their own into tables. */
const isStray = (route: Route, table: string, network: Network): boolean =>
  isStated(route) &&
  !network.ofType(ROUTE).some(({ physicalId }) => physicalId === `${table}|${destinationOf(route)}`) &&
  !network.idsOf('AWS::EC2::VPCEndpoint').includes(route.GatewayId ?? '');
