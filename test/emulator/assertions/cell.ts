import { DescribeClustersCommand } from '@aws-sdk/client-ecs';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws, Region } from './aws';
import { ownImageChecks } from './own-images';
import { callerGroupChecks } from './caller-groups';
import { type Check, check, only } from './check';
import { namespaceCheck } from './directory';
import { fleetChecks } from './fleets';
import { logGroupCheck } from './log-groups';
import { scalingChecks } from './scaling';
import { serviceChecks } from './services';
import { taskChecks } from './tasks';
import { tiersOf } from './tiers';

/** A cell: cluster, five tiers of nodes and tasks, names, logs, scaling, and who may talk to whom. */
export const cellChecks = (plan: RegionPlan, aws: Aws): Check[] => {
  const region = aws.in(plan.region);
  return [
    ...ownImageChecks(plan, region),
    ...plan.cells.flatMap((cell) => [
      clusterCheck(cell, region),
      ...tiersOf(cell).flatMap((tier) => [
        ...fleetChecks(tier, { plan, cell, region }),
        ...serviceChecks(tier, { plan, cell, region }),
        ...taskChecks(tier, { plan, cell, region }),
        ...scalingChecks(tier, { plan, cell, region }),
      ]),
      namesCheck(cell, region),
      ...logChecks(plan, cell, region),
      ...callerGroupChecks({ plan, cell, region }),
    ]),
  ];
};

/** Where a check of a tier looks. */
export interface Place {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly region: Region;
}

function clusterCheck(cell: CellPlan, { ecs }: Region): Check {
  const providers = tiersOf(cell)
    .map(({ name }) => name)
    .toSorted();
  const expected = { status: 'ACTIVE', insights: ['enhanced'], providers };
  return check(`cluster ${cell.name}`, expected, async () => {
    const answer = await ecs.send(new DescribeClustersCommand({ clusters: [cell.name], include: ['SETTINGS'] }));
    const { status, settings, capacityProviders } = only(answer.clusters, `cluster ${cell.name}`);
    const insights = settings?.filter(({ name }) => name === 'containerInsights').map(({ value }) => value);
    return { status, insights, providers: capacityProviders?.toSorted() };
  });
}

/** Host-network tasks can have SRV records only; each inference task has its own address. */
const namesCheck = ({ namespace, media, inference }: CellPlan, region: Region): Check =>
  namespaceCheck(region, {
    name: namespace,
    type: 'DNS_PRIVATE',
    services: [`${media.serviceName} SRV 10`, ...inference.map(({ serviceName }) => `${serviceName} A 10`)],
  });

/** Model servers may write parts of a prompt; what they log is kept as prompts are. */
function logChecks(plan: RegionPlan, cell: CellPlan, region: Region): Check[] {
  const { log, prompt } = plan.retention;
  const tiers = tiersOf(cell).map(({ tier, network }) => ({
    name: `${plan.names.logGroupPrefix}/${cell.azId}/${tier}`,
    days: (network === 'host' ? log : prompt).logGroupDays,
  }));
  const insights = { name: `/aws/ecs/containerinsights/${cell.name}/performance`, days: log.logGroupDays };
  return [...tiers, insights].map((group) => logGroupCheck({ ...group, plan, region }));
}
