import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { type Self, type Service, surplusIn } from './decide';
import { toldOf } from './words';

const TIMEOUT_MS = 1_000;

/** This task and where it runs; they stay as they are while it lives. */
export interface Identity extends Self {
  readonly containerInstance: string;
}

/** Asks the ECS agent's metadata who this is, and ECS the rest; undefined until both have answered. */
export async function identityOf(ecs: ECSClient, cluster: string, metadata: string): Promise<Identity | undefined> {
  try {
    const response = await fetch(`${metadata}/task`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { TaskARN = '' } = (await response.json()) as { TaskARN?: string };
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [TaskARN] }));
    const { taskDefinitionArn, containerInstanceArn } = tasks[0] ?? {};
    return taskDefinitionArn && containerInstanceArn
      ? { task: TaskARN, taskDefinition: taskDefinitionArn, containerInstance: containerInstanceArn }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The node as ECS sees it; its EC2 id is what hooks are renewed by. */
export async function instanceOf(
  ecs: ECSClient,
  cluster: string,
  { containerInstance }: Identity,
): Promise<{ readonly status?: string; readonly ec2InstanceId?: string }> {
  try {
    const { containerInstances = [] } = await ecs.send(
      new DescribeContainerInstancesCommand({ cluster, containerInstances: [containerInstance] }),
    );
    return containerInstances[0] ?? {};
  } catch {
    return {};
  }
}

/** The service this task is of; undefined if ECS did not say. */
export async function serviceOf(ecs: ECSClient, cluster: string, name: string): Promise<Service | undefined> {
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
    const newest = services[0]?.deployments?.find(({ status }) => status === 'PRIMARY');
    if (!newest?.taskDefinition) return undefined;
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: name }));
    const service = {
      desired: services[0]?.desiredCount ?? taskArns.length,
      newest: {
        taskDefinition: newest.taskDefinition,
        isUp: (newest.desiredCount ?? 0) > 0 && (newest.runningCount ?? 0) >= (newest.desiredCount ?? 0),
      },
      isDeploying: (services[0]?.deployments ?? []).length > 1,
      tasks: taskArns,
    };
    return { ...service, told: await toldIn(ecs, cluster, service) };
  } catch {
    return undefined;
  }
}

/** Asked only where somebody has to go. */
async function toldIn(ecs: ECSClient, cluster: string, service: Service): Promise<Service['told']> {
  if (surplusIn(service) === 0) return undefined;
  return toldOf(ecs, cluster, service.tasks, Date.now()).catch(() => undefined);
}
