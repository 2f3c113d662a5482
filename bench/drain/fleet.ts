import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../lab/until';
import { PORTS } from '../../media/contract/ports';
import type { Aws } from './aws';
import { movesOf, overdue } from './aws/scheduler';
import { definitionOf, newTask, type Task, wanted } from './aws/state';
import type { MediaNode } from './node';

const STEP_MS = 500;
const STOP_MS = 60_000;
const READY_MS = 90_000;
export const LEAVE_MS = 240_000;

/** A node that ran, and how it left. */
export interface Past {
  readonly node: MediaNode;
  readonly task: Task;
  /** Unix ms; undefined where it did not. */
  leavingSince?: number;
  stoppedAt?: number;
  /** It said that it leaves while nobody wanted it to, and took calls again. */
  hasReturned?: boolean;
}

/** What the control plane does to nodes that have not let go, in words; each is a fault of the node. */
export type Fault = string;

export interface FleetOptions {
  readonly aws: Aws;
  readonly cluster: string;
  /** Starts the node with this number for a task. */
  readonly launch: (number: number, task: Task) => MediaNode;
  readonly addressOf: (number: number) => string;
}

/** Does what ECS and Auto Scaling have decided, with processes. */
export class Fleet {
  readonly all: Past[] = [];
  readonly faults: Fault[] = [];
  private readonly options: FleetOptions;

  constructor(options: FleetOptions) {
    this.options = options;
    void this.run();
  }

  /** Those whose task is wanted, the oldest first. */
  running(): Past[] {
    return this.all.filter(({ task }) => wanted(this.options.aws.media).includes(task) && task.state === 'running');
  }

  want(count: number): void {
    this.options.aws.media.desired = count;
  }

  /** Auto Scaling ends the instance of this node. */
  take({ task }: Past): void {
    this.options.aws.autoScaling.take(task);
  }

  deploy(): void {
    this.options.aws.media.revision += 1;
  }

  /** Until they have let go: what they still do to end is no longer anybody's concern. */
  gone = (pasts: readonly Past[]): Promise<unknown> =>
    until('nodes to let go', () => pasts.every(({ task }) => hasGone(task)), LEAVE_MS);

  /** Until they have said that they leave. */
  left = (pasts: readonly Past[]): Promise<unknown> =>
    until('nodes to leave', () => pasts.every(({ leavingSince }) => leavingSince !== undefined), LEAVE_MS);

  /** Until so many nodes beyond the first ones, which are known, have taken calls. */
  serving = (known: number, count: number): Promise<unknown> =>
    until(
      `${count} nodes that take calls`,
      () => this.all.slice(known).filter(({ node }) => node.hasAnswered).length >= count,
      READY_MS,
    );

  private fault(what: Fault): void {
    this.faults.push(what);
    process.stderr.write(`${what}\n`);
  }

  private async run(): Promise<never> {
    for (;;) {
      this.step(Date.now());
      await sleep(STEP_MS);
    }
  }

  private step(now: number): void {
    const { media } = this.options.aws;
    for (const task of overdue(media, now)) this.cut(task);
    const { start, stop } = movesOf(media, now);
    for (let one = 0; one < start; one += 1) void this.start();
    for (const task of stop) void this.stop(task);
    for (const past of this.running()) note(past);
  }

  private async start(): Promise<void> {
    const { aws, cluster, launch, addressOf } = this.options;
    const number = this.all.length + 1;
    const task = newTask(definitionOf(aws.media.revision), addressOf(number), cluster);
    aws.media.tasks.push(task);
    const node = launch(number, task);
    this.all.push({ node, task });
    await node.ready();
    task.state = 'running';
    aws.register(task, PORTS.sip);
  }

  private async stop(task: Task): Promise<void> {
    const past = this.all.find((one) => one.task === task);
    if (!past) return;
    task.state = 'stopping';
    this.options.aws.deregister(task);
    past.leavingSince = past.node.leavingSince;
    const left = past.node.left();
    if (left.length > 0) this.fault(`${past.node.address} let go with ${left.length} calls or recordings left`);
    if (past.leavingSince === undefined) this.fault(`${past.node.address} let go and did not leave`);
    if (!(await past.node.stop(STOP_MS))) {
      this.fault(`${past.node.address} did not end when it was stopped`);
      past.node.kill();
    }
    this.over(past);
  }

  /** What Auto Scaling does to an instance whose hook has run out. */
  private cut(task: Task): void {
    const past = this.all.find((one) => one.task === task);
    if (!past) return;
    this.fault(`${past.node.address} did not renew its hook`);
    past.leavingSince = past.node.leavingSince;
    past.node.kill();
    this.options.aws.deregister(task);
    this.over(past);
  }

  private over(past: Past): void {
    past.task.state = 'stopped';
    past.stoppedAt = Date.now();
    const { instance } = past.task;
    if (instance.isTaken && !instance.isReleased) this.fault(`${past.node.address} ended with its hook open`);
  }
}

export const hasGone = ({ state }: Task): boolean => state === 'stopping' || state === 'stopped';

function note(past: Past): void {
  const now = past.node.leavingSince;
  if (past.leavingSince !== undefined && now === undefined) past.hasReturned = true;
  past.leavingSince = now;
}
