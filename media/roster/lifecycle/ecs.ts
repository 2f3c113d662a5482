import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  type Service as EcsService,
  paginateListTasks,
} from '@aws-sdk/client-ecs';
import { type Self, type Service, surplusIn } from './decide';

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

/**
 * The service this task is of; undefined if ECS did not say.
 * @param told what the nodes of these tasks have said; asked only where somebody has to go
 */
export async function serviceOf(
  ecs: ECSClient,
  cluster: string,
  name: string,
  told: (tasks: readonly string[]) => Promise<Service['told']>,
): Promise<Service | undefined> {
  try {
    const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
    const seen = found && asSeen(found);
    if (!seen) return undefined;
    const tasks = !seen.isDeploying && mayBeTooMany(found) ? await tasksOf(ecs, cluster, name) : [];
    const service = { ...seen, tasks };
    return surplusIn(service) === 0 ? service : { ...service, told: await told(tasks) };
  } catch {
    return undefined;
  }
}

function asSeen({ desiredCount, deployments = [] }: EcsService): Omit<Service, 'tasks'> | undefined {
  const newest = deployments.find(({ status }) => status === 'PRIMARY');
  if (!newest?.taskDefinition || desiredCount === undefined) return undefined;
  const { taskDefinition, desiredCount: wanted = 0, runningCount: running = 0 } = newest;
  return {
    desired: desiredCount,
    newest: { taskDefinition, isUp: wanted > 0 && running >= wanted },
    isDeploying: deployments.length > 1,
  };
}

/** Whether it takes a list to know: in ordinary times ECS' own counts say enough, and nodes ask half as much. */
const mayBeTooMany = ({ desiredCount = 0, runningCount = Infinity, pendingCount = 0 }: EcsService): boolean =>
  runningCount + pendingCount > desiredCount;

async function tasksOf(ecs: ECSClient, cluster: string, serviceName: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { taskArns = [] } of paginateListTasks({ client: ecs }, { cluster, serviceName }))
    found.push(...taskArns);
  return found;
}
