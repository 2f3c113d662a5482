import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';

/**
 * How many media nodes the cell wants now; undefined if ECS did not say, or while it deploys: more are up then, and the emptiest,
 * which would get no calls, are the new ones.
 */
export async function desiredNodes(ecs: ECSClient, cluster: string, service: string): Promise<number | undefined> {
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const { desiredCount, deployments = [] } = services.find(({ serviceName }) => serviceName === service) ?? {};
    return deployments.length > 1 ? undefined : desiredCount;
  } catch {
    return undefined;
  }
}
