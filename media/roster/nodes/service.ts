import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';

/** How many media nodes the cell wants now; undefined if ECS did not say. */
export async function desiredNodes(ecs: ECSClient, cluster: string, service: string): Promise<number | undefined> {
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services.find(({ serviceName }) => serviceName === service)?.desiredCount;
  } catch {
    return undefined;
  }
}
