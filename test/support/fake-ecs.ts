import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an answer fails: an error of AWS, silence, something that is no answer. */
export type Fault = 'refuse' | 'hang' | 'garbage';

export interface FakeTask {
  readonly name: string;
  readonly definition: string;
  /** Of its container instance. */
  status: 'ACTIVE' | 'DRAINING';
  /** Where Auto Scaling takes its instance. */
  target: 'InService' | 'Terminated';
  isProtected?: boolean;
  /** Its hook was told to let the instance go. */
  isReleased: boolean;
}

type Input = Readonly<Record<string, unknown>>;
interface Attribute {
  readonly name: string;
  readonly targetId: string;
}

export const CLUSTER = 'cell';
export const SERVICE = 'media';

/** ECS, its agent, Auto Scaling and the instances' metadata, as the nodes of one service see them. */
export class FakeEcs {
  desired = 1;
  newest = 'media:1';
  readonly tasks: FakeTask[] = [];
  /** What was asked, by the name of the action. */
  readonly asked: string[] = [];
  fault: (action: string) => Fault | undefined = () => undefined;
  private readonly attributes = new Map<string, Attribute>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  static async start(): Promise<FakeEcs> {
    const ecs = new FakeEcs();
    await new Promise<void>((resolve) => ecs.server.listen(0, '127.0.0.1', resolve));
    return ecs;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  add(name: string, definition = this.newest): FakeTask {
    const task: FakeTask = { name, definition, status: 'ACTIVE', target: 'InService', isReleased: false };
    this.tasks.push(task);
    return task;
  }

  /** What ECS and the SDK put into the environment of a task's containers. */
  envOf({ name }: FakeTask): Record<string, string> {
    return {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL: this.url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `${this.url}/instance/${name}`,
      ECS_CONTAINER_METADATA_URI_V4: `${this.url}/agent/${name}`,
      VOICECELL_CLUSTER: CLUSTER,
      OWN_SERVICE: SERVICE,
    };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const [, where = '', name = ''] = (request.url ?? '').split('/');
    const action = actionOf(request, body, where);
    this.asked.push(action);
    const fault = this.fault(action);
    if (fault === 'hang') return;
    if (fault === 'refuse') return reply(response, 400, '{"__type":"ThrottlingException","message":"Rate exceeded"}');
    if (fault === 'garbage') return reply(response, 200, '<html>');
    reply(response, 200, this.answer(action, body, name));
  }

  private answer(action: string, body: string, name: string): string {
    if (action === 'agent') return JSON.stringify({ TaskARN: arn(name) });
    if (action === 'instance') return this.task(name)?.target ?? '';
    if (action.endsWith('LifecycleAction') || action.endsWith('Heartbeat')) return this.hook(action, body);
    return JSON.stringify(this.ecs(action, JSON.parse(body) as Input));
  }

  private ecs(action: string, input: Input): unknown {
    const asked = ((input['tasks'] ?? input['containerInstances'] ?? []) as string[]).map((one) => this.task(one));
    const tasks = asked.filter((one) => one !== undefined);
    const actions: Readonly<Record<string, () => unknown>> = {
      DescribeServices: () => ({ services: [{ serviceName: SERVICE, ...this.service() }] }),
      ListTasks: () => ({ taskArns: this.tasks.map((one) => arn(one.name)) }),
      DescribeTasks: () => ({
        tasks: tasks.map((one) => ({
          taskArn: arn(one.name),
          taskDefinitionArn: one.definition,
          containerInstanceArn: `instance/${one.name}`,
        })),
      }),
      DescribeContainerInstances: () => ({
        containerInstances: tasks.map(({ status, name }) => ({ status, ec2InstanceId: name })),
      }),
      UpdateTaskProtection: () => {
        for (const task of tasks) task.isProtected = input['protectionEnabled'] === true;
        return { failures: [] };
      },
      PutAttributes: () => {
        for (const one of input['attributes'] as Attribute[]) this.attributes.set(one.targetId, one);
        return {};
      },
      ListAttributes: () => ({ attributes: [...this.attributes.values()] }),
    };
    return actions[action]?.() ?? { __type: 'InvalidAction' };
  }

  /** The newest deployment, and an older one while a task of it is left. */
  private service(): object {
    const newest = this.tasks.filter(({ definition }) => definition === this.newest).length;
    const deployment = (status: string, taskDefinition: string, desiredCount: number, runningCount: number) => ({
      status,
      taskDefinition,
      desiredCount,
      runningCount,
    });
    const old = this.tasks.find(({ definition }) => definition !== this.newest)?.definition;
    return {
      desiredCount: this.desired,
      runningCount: this.tasks.length,
      pendingCount: 0,
      deployments: [
        deployment('PRIMARY', this.newest, this.desired, newest),
        ...(old === undefined ? [] : [deployment('ACTIVE', old, 0, this.tasks.length - newest)]),
      ],
    };
  }

  private hook(action: string, body: string): string {
    const task = this.task(new URLSearchParams(body).get('InstanceId') ?? '');
    if (task && action === 'CompleteLifecycleAction') task.isReleased = true;
    return `<${action}Response><${action}Result/></${action}Response>`;
  }

  private task(name: string): FakeTask | undefined {
    return this.tasks.find((one) => name === one.name || name.endsWith(`/${one.name}`));
  }
}

const arn = (name: string): string => `arn:aws:ecs:us-east-1:123456789012:task/${CLUSTER}/${name}`;

/** ECS speaks JSON and names the action in a header, Auto Scaling a form; metadata has its place in the path. */
function actionOf({ headers }: IncomingMessage, body: string, where: string): string {
  if (where !== '') return where;
  const target = String(headers['x-amz-target'] ?? '').split('.')[1];
  return target ?? new URLSearchParams(body).get('Action') ?? '';
}

const reply = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
};
