import {
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws, Region } from './aws';
import { type Check, check, once, only, present } from './check';
import { directoryChecks } from './directory';
import { endpointChecks } from './endpoints';
import { flowLogChecks } from './flow-logs';
import { subnetChecks } from './subnets';

/** What a network check asks with: the region's clients and its VPC. */
export interface Vpc {
  readonly region: Region;
  readonly id: () => Promise<string>;
}

/** The VPC, its subnets and their ways out, the endpoints, the addresses carriers know. */
export function networkChecks(plan: RegionPlan, aws: Aws): Check[] {
  const region = aws.in(plan.region);
  const vpc = { region, id: once(() => vpcId(region, plan)) };
  return [
    ...vpcChecks(plan, vpc),
    ...plan.cells.flatMap((cell) => subnetChecks(cell, vpc)),
    ...endpointChecks(plan, vpc),
    ...plan.cells.map((cell) => poolCheck(plan, cell, region)),
    noOtherAddress(plan, region),
    ...flowLogChecks(plan, vpc),
    ...directoryChecks(plan, region),
  ];
}

async function vpcId(region: Region, { names }: RegionPlan): Promise<string> {
  const { Vpcs } = await region.ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: [names.prefix] }] }),
  );
  return present(only(Vpcs, `VPC named ${names.prefix}`).VpcId, 'VPC id');
}

function vpcChecks(plan: RegionPlan, { region, id }: Vpc): Check[] {
  const attribute = async (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    region.ec2.send(new DescribeVpcAttributeCommand({ VpcId: await id(), Attribute }));
  return [
    check('VPC: address range', [plan.network.vpcCidr], async () => {
      const { Vpcs } = await region.ec2.send(new DescribeVpcsCommand({ VpcIds: [await id()] }));
      return Vpcs?.map(({ CidrBlock }) => CidrBlock);
    }),
    check('VPC: DNS, which private names of endpoints need', { support: true, hostnames: true }, async () => ({
      support: (await attribute('enableDnsSupport')).EnableDnsSupport?.Value,
      hostnames: (await attribute('enableDnsHostnames')).EnableDnsHostnames?.Value,
    })),
    check('VPC: NAT gateways', [], async () => {
      const Filter = [{ Name: 'vpc-id', Values: [await id()] }];
      const { NatGateways } = await region.ec2.send(new DescribeNatGatewaysCommand({ Filter }));
      return NatGateways?.map(({ NatGatewayId }) => NatGatewayId);
    }),
  ];
}

/** Edge nodes look for their cell's addresses by these tags. */
function poolCheck({ deployment }: RegionPlan, { azId, elasticIps, name }: CellPlan, region: Region): Check {
  const tags = { 'voicecell:deployment': deployment, 'voicecell:cell': azId, 'voicecell:pool': 'edge' };
  const expected = { addresses: elasticIps, names: [`${name}-edge`], attached: 0 };
  return check(`cell ${azId}: pool of public addresses`, expected, async () => {
    const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
    const { Addresses = [] } = await region.ec2.send(new DescribeAddressesCommand({ Filters }));
    const names = Addresses.map(({ Tags }) => Tags?.find(({ Key }) => Key === 'Name')?.Value);
    return {
      addresses: Addresses.length,
      names: [...new Set(names)],
      attached: Addresses.filter(({ AssociationId }) => AssociationId).length,
    };
  });
}

const noOtherAddress = ({ cells }: RegionPlan, { ec2 }: Region): Check =>
  check(
    'public addresses of the account, the pools included',
    cells.reduce((sum, { elasticIps }) => sum + elasticIps, 0),
    async () => (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.length,
  );
