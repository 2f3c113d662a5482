import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import type { Place } from './cell';
import { type Check, check, once, only } from './check';
import { subnetIdOf } from './subnets';
import type { PlannedTier } from './tiers';

/** The ECS service of a tier: where its tasks may run, and how they are replaced without cutting a call. */
export function serviceChecks(tier: PlannedTier, place: Place): Check[] {
  const service = once(() => describeService(tier, place));
  const what = `service ${tier.serviceName} of ${place.cell.azId}`;
  return [
    check(`${what}: status and capacity`, { status: 'ACTIVE', providers: [`${tier.name} 1`] }, async () => {
      const { status, capacityProviderStrategy = [] } = await service();
      return { status, providers: capacityProviderStrategy.map((one) => `${one.capacityProvider} ${one.weight}`) };
    }),
    check(
      `${what}: replacement of tasks`,
      { ...tier.deployment, deploymentCircuitBreaker: { enable: true, rollback: true } },
      async () => {
        const { minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker } =
          (await service()).deploymentConfiguration ?? {};
        const { enable, rollback } = deploymentCircuitBreaker ?? {};
        return { minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker: { enable, rollback } };
      },
    ),
    check(`${what}: no shell into tasks`, false, async () => (await service()).enableExecuteCommand ?? false),
    tier.network === 'host' ? spreadCheck(what, service) : inTheCell(what, { place, service }),
  ];
}

export async function describeService({ serviceName }: PlannedTier, { cell, region }: Place): Promise<Service> {
  const command = new DescribeServicesCommand({ cluster: cell.name, services: [serviceName] });
  return only((await region.ecs.send(command)).services, `service ${serviceName}`);
}

/** Two tasks would want the same ports of one node. */
const spreadCheck = (what: string, service: () => Promise<Service>): Check =>
  check(`${what}: one task a node`, ['distinctInstance'], async () =>
    (await service()).placementConstraints?.map(({ type }) => type),
  );

interface Asked {
  readonly place: Place;
  readonly service: () => Promise<Service>;
}

const inTheCell = (what: string, { place: { cell, region }, service }: Asked): Check =>
  check(
    `${what}: only in the cell's inference subnet, without public address`,
    { inCell: true, public: false },
    async () => {
      const { subnets, assignPublicIp = 'DISABLED' } =
        (await service()).networkConfiguration?.awsvpcConfiguration ?? {};
      const wanted = await subnetIdOf(`${cell.name}-inference`, region);
      return { inCell: subnets?.join() === wanted, public: assignPublicIp !== 'DISABLED' };
    },
  );
