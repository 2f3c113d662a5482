import { paginateDescribeSubnets, type RouteTable, type Subnet } from '@aws-sdk/client-ec2';
import type { Beside } from '../../../reading';
import { everyPage, picked, tagsOf } from '../../data/shapes';
import { foundIn, withBeside } from '../found';
import type { Network, Section } from './network';
import { strayRoutes } from './routes';

const TYPE = 'AWS::EC2::Subnet';
const ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';

const NAMES = [
  'AssignIpv6AddressOnCreation',
  'AvailabilityZoneId',
  'CidrBlock',
  'MapPublicIpOnLaunch',
  'VpcId',
] as const satisfies readonly (keyof Subnet)[];

export const subnets: Section = {
  types: [TYPE],
  actions: ['ec2:DescribeRouteTables', 'ec2:DescribeSubnets'],
  async read(network) {
    const [answer, tables] = await Promise.all([subnetsOf(network), network.tables()]);
    return network.ofType(TYPE).map((deployed) => {
      const { physicalId } = deployed;
      const reading = foundIn(deployed, {
        answer,
        names: [...NAMES, 'Tags'],
        of: (all) => propertiesOf(all.find(({ SubnetId }) => SubnetId === physicalId)),
        defaults: { AssignIpv6AddressOnCreation: false },
      });
      return withBeside(reading, tables.known ? strayTables(physicalId, tables.value, network) : []);
    });
  },
};

const subnetsOf = (network: Network) =>
  network.region.ask('ec2:DescribeSubnets', (abortSignal) =>
    everyPage(
      paginateDescribeSubnets({ client: network.ec2 }, { Filters: network.within('subnet-id', TYPE) }, { abortSignal }),
      ({ Subnets }) => Subnets,
    ),
  );

const propertiesOf = (subnet: Subnet | undefined) => subnet && { ...picked(subnet, NAMES), ...tagsOf(subnet.Tags) };

/** The table that somebody gave a subnet by hand, with its routes where no template has the table. */
const strayTables = (subnet: string, tables: readonly RouteTable[], network: Network): Beside[] =>
  tables.flatMap((table) => {
    const { RouteTableId = '', VpcId, Associations = [] } = table;
    const association = Associations.find(({ SubnetId }) => SubnetId === subnet)?.RouteTableAssociationId;
    if (association === undefined || network.idsOf(ASSOCIATION).includes(association)) return [];
    const link = { type: ASSOCIATION, id: association, properties: { RouteTableId, SubnetId: subnet } };
    if (network.idsOf('AWS::EC2::RouteTable').includes(RouteTableId)) return [link];
    const stray = { type: 'AWS::EC2::RouteTable', id: RouteTableId, properties: { VpcId } };
    return [link, stray, ...strayRoutes(table, network)];
  });
