import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { RegionPlan } from '../../../regions/plan/types';
import { type Check, check, once, only, present } from './check';
import type { Vpc } from './network';
import { flowsOf } from './flows';
import { lineOf, statementsOf } from './policy';
import { subnetIdOf } from './subnets';

type Endpoints = () => Promise<readonly VpcEndpoint[]>;

/** AWS APIs by private address: which, where, and for whom. */
export function endpointChecks(plan: RegionPlan, vpc: Vpc): Check[] {
  const endpoints = once(() => describe(vpc));
  const { interfaceEndpoints } = plan.network;
  return [
    check('endpoints of the VPC', [...interfaceEndpoints, 's3', 'dynamodb'].toSorted(), async () =>
      (await endpoints()).map(({ ServiceName = '' }) => suffixOf(ServiceName, plan)).toSorted(),
    ),
    ...interfaceEndpoints.flatMap((service) => interfaceChecks(service, plan, { vpc, endpoints })),
    ...['s3', 'dynamodb'].flatMap((service) => gatewayChecks(service, plan, { vpc, endpoints })),
    securityGroupCheck(plan, { vpc, endpoints }),
  ];
}

async function describe({ region, id }: Vpc): Promise<VpcEndpoint[]> {
  const Filters = [{ Name: 'vpc-id', Values: [await id()] }];
  return (await region.ec2.send(new DescribeVpcEndpointsCommand({ Filters }))).VpcEndpoints ?? [];
}

interface Asked {
  readonly vpc: Vpc;
  readonly endpoints: Endpoints;
}

function interfaceChecks(service: string, plan: RegionPlan, { vpc, endpoints }: Asked): Check[] {
  const endpoint = () => find(service, plan, endpoints);
  return [
    check(
      `endpoint ${service}: private, in every cell`,
      { type: 'Interface', privateDns: true, missing: [] },
      async () => {
        const { VpcEndpointType, PrivateDnsEnabled, SubnetIds = [] } = await endpoint();
        const wanted = await Promise.all(plan.cells.map(({ name }) => subnetIdOf(`${name}-data`, vpc.region)));
        const missing = wanted.filter((id) => !SubnetIds.includes(id));
        return { type: VpcEndpointType, privateDns: PrivateDnsEnabled, missing };
      },
    ),
    check(`endpoint ${service}: for whom`, [audienceOf(service, plan)], async () => admitted(await endpoint())),
  ];
}

function gatewayChecks(service: string, plan: RegionPlan, { vpc, endpoints }: Asked): Check[] {
  const endpoint = () => find(service, plan, endpoints);
  const expected = [accountOnly(plan), ...(service === 's3' ? [readOwnedByAws(plan)] : [])];
  return [
    check(`endpoint ${service}: on the way of every subnet`, { type: 'Gateway', missing: [] }, async () => {
      const { VpcEndpointType, RouteTableIds = [] } = await endpoint();
      const missing = (await routeTables(vpc)).filter((id) => !RouteTableIds.includes(id));
      return { type: VpcEndpointType, missing };
    }),
    check(`endpoint ${service}: for whom`, expected.toSorted(), async () => admitted(await endpoint())),
  ];
}

const suffixOf = (service: string, { region }: RegionPlan): string => service.replace(`com.amazonaws.${region}.`, '');

const find = async (service: string, plan: RegionPlan, endpoints: Endpoints): Promise<VpcEndpoint> =>
  only(
    (await endpoints()).filter(({ ServiceName = '' }) => suffixOf(ServiceName, plan) === service),
    `endpoint of ${service}`,
  );

/** Tables that subnets are on; the VPC's main table has none. */
async function routeTables({ region, id }: Vpc): Promise<string[]> {
  const Filters = [{ Name: 'vpc-id', Values: [await id()] }];
  const { RouteTables = [] } = await region.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  return RouteTables.filter(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId)).map(
    ({ RouteTableId }) => present(RouteTableId, 'route table id'),
  );
}

/** Services of which no policy is known. */
const WITHOUT_POLICY: ReadonlySet<string> = new Set(['ecs-agent', 'ecs-telemetry', 'servicediscovery']);

/** Who may do what through an endpoint: the account, with its own resources. */
const audienceOf = (service: string, plan: RegionPlan): string =>
  WITHOUT_POLICY.has(service) ? ANYBODY : accountOnly(plan);

const accountOnly = ({ account, organizationId }: RegionPlan): string =>
  lineOf({
    effect: 'Allow',
    actions: ['*'],
    resources: ['*'],
    condition: {
      StringEquals: {
        'aws:PrincipalAccount': account,
        'aws:ResourceAccount': account,
        ...(organizationId && { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId }),
      },
    },
  });

const readOwnedByAws = ({ partition, network }: RegionPlan): string =>
  lineOf({
    effect: 'Allow',
    actions: ['s3:GetObject'],
    resources: network.awsOwnedBuckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
    condition: {},
  });

const ANYBODY = lineOf({ effect: 'Allow', actions: ['*'], resources: ['*'], condition: {} });

const admitted = ({ PolicyDocument }: VpcEndpoint): string[] =>
  PolicyDocument ? statementsOf(PolicyDocument).map(lineOf).toSorted() : [ANYBODY];

/** HTTPS from the cells' subnets and from nowhere else, and no way out: endpoints start no conversation. */
function securityGroupCheck({ cells }: RegionPlan, { vpc, endpoints }: Asked): Check {
  const from = cells.flatMap(({ subnets }) => Object.values(subnets)).map((cidr) => `${cidr} tcp 443-443`);
  const expected = { from: from.toSorted(), to: ['255.255.255.255/32 icmp 252-86'] };
  return check('endpoints: who reaches them', expected, async () => {
    const groups = new Set((await endpoints()).flatMap(({ Groups = [] }) => Groups.map(({ GroupId = '' }) => GroupId)));
    const { SecurityGroups } = await vpc.region.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [...groups] }));
    const { IpPermissions, IpPermissionsEgress } = only(SecurityGroups, 'security group of the endpoints');
    return { from: flowsOf(IpPermissions), to: flowsOf(IpPermissionsEgress) };
  });
}
