import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  GetTaskProtectionCommand,
  paginateListTasks,
  type DescribeTasksCommandOutput,
} from '@aws-sdk/client-ecs';
import { types } from 'node:util';
import { mapAnswer, type Answer } from '../../../../aws/answer';
import { given } from '../../../../aws/errors';
import { clientConfig } from '../../../../aws/reader';
import type { LiveRegion } from '../reading';
import { chunks, unique, wholly } from './answers';
import { definitionOf, isRunning, serviceOf, taskOf } from './ecs-facts';
import type { ClusterFacts, DefinitionFacts, ServiceFacts, TaskFacts } from './facts';

export const CLUSTER_ACTIONS = [
  'ecs:DescribeContainerInstances',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:GetTaskProtection',
  'ecs:ListTasks',
] as const;

/** How many may be described at once: ECS API reference, DescribeTasks and the others; services are ten. */
const AT_ONCE = 100;
const SERVICES_AT_ONCE = 10;

export interface ClusterAsked {
  readonly cluster: string;
  readonly services: readonly string[];
  /** Services whose tasks protect themselves. */
  readonly protecting: readonly string[];
}

/** How one cell's cluster runs. */
export class ClusterReader {
  private readonly region: LiveRegion;
  private readonly ecs: ECSClient;

  constructor(region: LiveRegion) {
    this.region = region;
    this.ecs = new ECSClient(clientConfig(region));
  }

  async read(asked: ClusterAsked): Promise<ClusterFacts> {
    const [services, tasks] = await Promise.all([this.services(asked), this.tasks(asked.cluster)]);
    const running = tasks.known ? tasks.value : [];
    const [protectedUntil, nodes, definitions] = await Promise.all([
      this.protectedUntil(asked, running),
      this.nodes(asked.cluster, running),
      this.definitions(running),
    ]);
    return { services, tasks, protectedUntil, nodes, definitions };
  }

  private async services({ cluster, services }: ClusterAsked): Promise<Answer<readonly ServiceFacts[]>> {
    const pages = chunks(services, SERVICES_AT_ONCE).map((page) =>
      this.region.ask('ecs:DescribeServices', async (abortSignal) => {
        const command = new DescribeServicesCommand({ cluster, services: [...page] });
        const answer = await this.ecs.send(command, { abortSignal }).catch(noCluster(undefined));
        // A service that is not there is one more thing to tell.
        const failures = answer?.failures?.filter(({ reason }) => reason !== 'MISSING');
        return { found: (answer?.services ?? []).flatMap(serviceOf), failures };
      }),
    );
    return mapAnswer(wholly('ecs:DescribeServices', await Promise.all(pages)), (all) =>
      all.flatMap(({ found }) => found),
    );
  }

  private async tasks(cluster: string): Promise<Answer<readonly TaskFacts[]>> {
    const listed = await this.region.ask('ecs:ListTasks', (abortSignal) => this.list(cluster, abortSignal));
    if (!listed.known) return listed;
    const pages = chunks(listed.value, AT_ONCE).map((tasks) =>
      this.region.ask('ecs:DescribeTasks', (abortSignal) =>
        this.ecs.send(new DescribeTasksCommand({ cluster, tasks: [...tasks] }), { abortSignal }),
      ),
    );
    return mapAnswer(wholly('ecs:DescribeTasks', await Promise.all(pages)), runningIn);
  }

  private async list(cluster: string, abortSignal: AbortSignal): Promise<readonly string[]> {
    const found: string[] = [];
    try {
      for await (const { taskArns = [] } of paginateListTasks({ client: this.ecs }, { cluster }, { abortSignal }))
        found.push(...taskArns);
    } catch (error) {
      return noCluster<readonly string[]>([])(error);
    }
    return found;
  }

  private async protectedUntil(
    { cluster, protecting }: ClusterAsked,
    tasks: readonly TaskFacts[],
  ): Promise<ClusterFacts['protectedUntil']> {
    const arns = tasks.filter(({ service }) => protecting.includes(service ?? '')).map(({ arn }) => arn);
    const pages = chunks(arns, AT_ONCE).map((page) =>
      this.region.ask('ecs:GetTaskProtection', async (abortSignal) => {
        const command = new GetTaskProtectionCommand({ cluster, tasks: [...page] });
        const { protectedTasks = [], failures } = await this.ecs.send(command, { abortSignal });
        const found = protectedTasks
          .filter(({ protectionEnabled }) => protectionEnabled)
          .map(({ taskArn = '', expirationDate }) => [taskArn, expirationDate] as const);
        return { found, failures };
      }),
    );
    return mapAnswer(wholly('ecs:GetTaskProtection', await Promise.all(pages)), mapOf);
  }

  private async nodes(cluster: string, tasks: readonly TaskFacts[]): Promise<ClusterFacts['nodes']> {
    const arns = unique(tasks.flatMap(({ containerInstance }) => containerInstance ?? []));
    const pages = chunks(arns, AT_ONCE).map((containerInstances) =>
      this.region.ask('ecs:DescribeContainerInstances', async (abortSignal) => {
        const asked = { cluster, containerInstances: [...containerInstances] };
        const command = new DescribeContainerInstancesCommand(asked);
        const { containerInstances: found = [], failures } = await this.ecs.send(command, { abortSignal });
        const pairs = found.map(({ containerInstanceArn: arn = '', ec2InstanceId: id = '' }) => [arn, id] as const);
        return { found: pairs, failures };
      }),
    );
    return mapAnswer(wholly('ecs:DescribeContainerInstances', await Promise.all(pages)), mapOf);
  }

  private async definitions(tasks: readonly TaskFacts[]): Promise<ReadonlyMap<string, Answer<DefinitionFacts>>> {
    const arns = unique(tasks.map(({ definition }) => definition));
    return new Map(await Promise.all(arns.map(async (arn) => [arn, await this.definition(arn)] as const)));
  }

  private definition(taskDefinition: string): Promise<Answer<DefinitionFacts>> {
    return this.region.ask('ecs:DescribeTaskDefinition', async (abortSignal) => {
      const { taskDefinition: found } = await this.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }), {
        abortSignal,
      });
      return definitionOf(given(found, 'task definition'));
    });
  }
}

const mapOf = <T>(pages: readonly { readonly found: readonly (readonly [string, T])[] }[]): ReadonlyMap<string, T> =>
  new Map(pages.flatMap(({ found }) => found));

const runningIn = (pages: readonly Pick<DescribeTasksCommandOutput, 'tasks'>[]): readonly TaskFacts[] =>
  pages.flatMap(({ tasks = [] }) => tasks.filter(isRunning).map(taskOf));

const noCluster =
  <T>(none: T) =>
  (error: unknown): T => {
    if (types.isNativeError(error) && error.name === 'ClusterNotFoundException') return none;
    throw error;
  };
