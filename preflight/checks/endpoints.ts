import { both, type Unknown } from '../../aws/answer';
import type { EndpointService, Zone } from '../facts/facts';
import type { RegionPlan } from '../../regions/plan/types';
import { cannotTell, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

/** Every cell reaches every AWS API by an endpoint of its own AZ, so each service must have one there. */
export const endpointsCheck: Check = {
  name: 'endpoint services',
  assess: (plan, { region: { endpointServices, zones } }) => {
    const needed = `${plan.network.interfaceEndpoints.length} interface endpoints in each cell's AZ`;
    const answer = both(endpointServices, zones);
    if (!answer.known) return [cannotTell(answer, needed)];
    const [services, seen] = answer.value;
    const problems = plan.network.interfaceEndpoints.flatMap((service) => problemsOf(service, plan, services, seen));
    return unlessAny(problems, ok('all of them', needed));
  },
};

function problemsOf(
  service: string,
  { region, cells }: RegionPlan,
  services: readonly EndpointService[],
  zones: readonly Zone[],
): Finding[] {
  const name = `com.amazonaws.${region}.${service}`;
  const offer = services.find((one) => one.service === service);
  if (!offer)
    return [willFail(`no interface endpoint service ${name}`, name, `${region} cannot hold a cell: choose another`)];
  const served = azIdsOf(offer, zones);
  if (served.length === 0) return [cannotTell(silent(name), `${name} in each cell's AZ`)];
  const absent = cells.map(({ azId }) => azId).filter((azId) => !served.includes(azId));
  if (absent.length === 0) return [];
  const needed = `${name} in ${absent.join(', ')}`;
  return [willFail(`${service} is served in ${served.join(', ')}`, needed, `plan the cells in ${served.join(', ')}`)];
}

/** EC2 gives ids or names; a name means something in this account only. */
const azIdsOf = ({ azIds, azNames }: EndpointService, zones: readonly Zone[]): readonly string[] =>
  azIds.length > 0 ? azIds : zones.filter(({ name }) => azNames.includes(name)).map(({ azId }) => azId);

const silent = (name: string): Unknown => ({
  known: false,
  action: 'ec2:DescribeVpcEndpointServices',
  why: `EC2 says no AZ of ${name} that this account has`,
  remedy: 'ask again; if it stays, ask AWS Support',
});
