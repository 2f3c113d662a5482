import type { Attribute } from '@aws-sdk/client-ecs';
import { json, refused, type Said } from './http';
import { definitionOf, type Service, type Task, wanted } from './state';

type Input = Readonly<Record<string, unknown>>;

const MINUTE_MS = 60_000;
const listOf = (input: Input, name: string): string[] => (input[name] as string[] | undefined) ?? [];

/** ECS as nodes and rosters ask it: services by name, their tasks and instances, and what they may change. */
export class Ecs {
  private readonly services: ReadonlyMap<string, Service>;
  private readonly now: () => number;
  private readonly attributes = new Map<string, Attribute>();

  constructor(services: ReadonlyMap<string, Service>, now: () => number) {
    this.services = services;
    this.now = now;
  }

  answer(action: string, input: Input): Said {
    const actions: Readonly<Record<string, () => Said>> = {
      DescribeServices: () => this.describeServices(input),
      ListTasks: () => this.listTasks(input),
      DescribeTasks: () => this.describeTasks(input),
      ListContainerInstances: () => this.listContainerInstances(input),
      DescribeContainerInstances: () => this.describeContainerInstances(input),
      UpdateTaskProtection: () => this.updateTaskProtection(input),
      PutAttributes: () => this.putAttributes(input),
      ListAttributes: () => this.listAttributes(input),
    };
    return actions[action]?.() ?? refused('UnsupportedFeatureException', `nobody answers ${action}`);
  }

  private get tasks(): Task[] {
    return [...this.services.values()].flatMap(({ tasks }) => tasks);
  }

  private describeServices(input: Input): Said {
    const found = listOf(input, 'services').flatMap((serviceName) => {
      const service = this.services.get(serviceName);
      return service ? [{ serviceName, ...described(service) }] : [];
    });
    return json({ services: found, failures: [] });
  }

  private listTasks({ serviceName, containerInstance }: Input): Said {
    const service = this.services.get(String(serviceName));
    const all = service ? wanted(service) : this.tasks.filter(({ state }) => state !== 'stopped');
    const on = all.filter(({ instance }) => containerInstance === undefined || instance.arn === containerInstance);
    return json({ taskArns: on.map(({ arn }) => arn) });
  }

  private describeTasks(input: Input): Said {
    const asked = listOf(input, 'tasks');
    const found = this.tasks.filter(({ arn }) => asked.includes(arn));
    return json({
      tasks: found.map(({ arn, definition, instance, state }) => ({
        taskArn: arn,
        taskDefinitionArn: definition,
        containerInstanceArn: instance.arn,
        lastStatus: state === 'starting' ? 'PENDING' : 'RUNNING',
        desiredStatus: state === 'stopping' ? 'STOPPED' : 'RUNNING',
      })),
    });
  }

  private listContainerInstances({ status }: Input): Said {
    const there = this.tasks.map(({ instance }) => instance).filter((one) => one.status === (status ?? one.status));
    return json({ containerInstanceArns: there.map(({ arn }) => arn) });
  }

  private describeContainerInstances(input: Input): Said {
    const asked = listOf(input, 'containerInstances');
    const found = this.tasks.filter(({ instance }) => asked.includes(instance.arn));
    return json({
      containerInstances: found.map(({ instance }) => ({
        containerInstanceArn: instance.arn,
        ec2InstanceId: instance.id,
        status: instance.status,
        attributes: [],
      })),
    });
  }

  private updateTaskProtection(input: Input): Said {
    const asked = listOf(input, 'tasks');
    const minutes = Number(input['expiresInMinutes'] ?? 120);
    const until = input['protectionEnabled'] === true ? this.now() + minutes * MINUTE_MS : 0;
    const found = this.tasks.filter(({ arn, state }) => asked.includes(arn) && state !== 'stopping');
    for (const task of found) task.protectedUntil = until;
    const failures = asked.filter((arn) => !found.some((task) => task.arn === arn));
    return json({
      protectedTasks: found.map(({ arn }) => ({ taskArn: arn, protectionEnabled: until > 0 })),
      failures: failures.map((arn) => ({ arn, reason: 'TASK_NOT_VALID' })),
    });
  }

  private putAttributes(input: Input): Said {
    const given = (input['attributes'] as Attribute[] | undefined) ?? [];
    for (const one of given) this.attributes.set(`${one.targetId} ${one.name}`, one);
    return json({ attributes: given });
  }

  private listAttributes({ attributeName }: Input): Said {
    return json({ attributes: [...this.attributes.values()].filter(({ name }) => name === attributeName) });
  }
}

const described = (service: Service): object => ({
  desiredCount: service.desired,
  runningCount: countOf(service, 'running'),
  pendingCount: countOf(service, 'starting'),
  deployments: deploymentsOf(service),
});

const countOf = ({ tasks }: Service, is: Task['state']): number => tasks.filter(({ state }) => state === is).length;

/** The newest one, and every older one of which a task is left. */
function deploymentsOf(service: Service): object[] {
  const newest = definitionOf(service.revision);
  const older = new Set(wanted(service).map(({ definition }) => definition));
  older.delete(newest);
  return [newest, ...older].map((taskDefinition) => ({
    status: taskDefinition === newest ? 'PRIMARY' : 'ACTIVE',
    taskDefinition,
    desiredCount: taskDefinition === newest ? service.desired : 0,
    runningCount: service.tasks.filter(({ definition, state }) => definition === taskDefinition && state === 'running')
      .length,
  }));
}
