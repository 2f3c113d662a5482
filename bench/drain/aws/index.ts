import type { IncomingMessage } from 'node:http';
import { AutoScaling } from './auto-scaling';
import { CloudMap } from './cloud-map';
import { resolver } from './dns';
import { Ecs } from './ecs';
import { json, nothing, refused, type Said, serve } from './http';
import { newTask, type Service, type Task } from './state';

export interface AwsOptions {
  /** Addresses of the hub. */
  readonly hosts: { readonly aws: string; readonly instance: string; readonly resolver: string; readonly task: string };
  readonly cluster: string;
  readonly namespace: string;
  readonly edgeAddress: string;
  readonly heartbeatSeconds: number;
}

export const MEDIA = 'media';
export const EDGE = 'edge';
const API_PORT = 8000;
const STATIC_DEFINITION = 'arn:aws:ecs:us-east-1:123456789012:task-definition/demo-edge:1';

/** AWS, as far as edge and media nodes speak to it: each answer is of one state, which the run moves on. */
export class Aws {
  readonly media: Service = { desired: 0, revision: 1, tasks: [] };
  readonly directory = new CloudMap();
  readonly autoScaling: AutoScaling;
  readonly url: string;
  /** The task of the edge node, which nobody takes. */
  readonly edge: Task;
  private readonly options: AwsOptions;
  private readonly ecs: Ecs;

  private constructor(options: AwsOptions) {
    this.options = options;
    this.edge = newTask(STATIC_DEFINITION, options.edgeAddress, options.cluster);
    this.edge.state = 'running';
    const edge: Service = { desired: 1, revision: 1, tasks: [this.edge] };
    const services = new Map([
      [MEDIA, this.media],
      [EDGE, edge],
    ]);
    this.ecs = new Ecs(services, Date.now);
    this.autoScaling = new AutoScaling(this.media, options.heartbeatSeconds, Date.now);
    this.url = `http://${options.hosts.aws}:${API_PORT}`;
  }

  static async start(options: AwsOptions): Promise<Aws> {
    const aws = new Aws(options);
    const { hosts } = options;
    await serve(hosts.aws, API_PORT, (request, body) => aws.api(request, body));
    await serve(hosts.instance, 80, (request) => aws.instanceMetadata(request));
    await serve(hosts.task, 80, ({ url = '' }) => aws.taskMetadata(url));
    await resolver(hosts.resolver, { srv: (name) => aws.srv(name), a: (name) => aws.a(name) });
    return aws;
  }

  /** Where the ECS agent of a task's node says which task it is. */
  metadataOf({ id }: Task): string {
    return `http://${this.options.hosts.task}/v4/${id}`;
  }

  register({ id, instance }: Task, port: number): void {
    const attributes = { AWS_INSTANCE_IPV4: instance.address, AWS_INSTANCE_PORT: String(port) };
    this.directory.enter(MEDIA, id, attributes);
  }

  deregister({ id }: Task): void {
    this.directory.leave(MEDIA, id);
  }

  private api({ headers }: IncomingMessage, body: string): Said {
    const [service = '', action = ''] = String(headers['x-amz-target'] ?? '').split('.');
    if (service === '') return this.autoScaling.answer(body);
    const input = JSON.parse(body) as Record<string, unknown>;
    if (service.startsWith('AmazonEC2ContainerService')) return this.ecs.answer(action, input);
    if (service.startsWith('Route53AutoNaming')) return this.directory.answer(action, input);
    return refused('ResourceNotFoundException', 'no such secret');
  }

  /** IMDSv2: who asks is known by their address. */
  private instanceMetadata({ method, url, headers, socket }: IncomingMessage): Said {
    if (method === 'PUT' && url === '/latest/api/token') return { text: 'token' };
    if (headers['x-aws-ec2-metadata-token'] !== 'token') return { status: 401, text: '' };
    if (url !== '/latest/meta-data/autoscaling/target-lifecycle-state') return nothing;
    const asking = this.media.tasks.find(({ instance }) => instance.address === socket.remoteAddress);
    return { text: asking?.instance.isTaken ? 'Terminated' : 'InService' };
  }

  private taskMetadata(url: string): Said {
    const asking = [this.edge, ...this.media.tasks].find((task) => url === `/v4/${task.id}/task`);
    return asking ? json({ TaskARN: asking.arn }) : nothing;
  }

  private srv(name: string) {
    if (name !== `${MEDIA}.${this.options.namespace}`) return undefined;
    return [...this.directory.instances(MEDIA)].map(([id, given]) => ({
      target: `${id}.${name}`,
      port: Number(given['AWS_INSTANCE_PORT']),
    }));
  }

  private a(name: string): string | undefined {
    const [id = '', ...rest] = name.split('.');
    if (rest.join('.') !== `${MEDIA}.${this.options.namespace}`) return undefined;
    return this.directory.instances(MEDIA).get(id)?.['AWS_INSTANCE_IPV4'];
  }
}
