import { type Part, type Told, partOf } from './surplus';

/** What is known of this node's own life; a part that did not answer is undefined. */
export interface Sight {
  /** Where Auto Scaling is taking the instance: `InService`, `Terminated` and others. */
  readonly target?: string;
  /** Of the ECS container instance: `ACTIVE`, `DRAINING` and others. */
  readonly instance?: string;
  readonly service?: Service;
}

export interface Service {
  readonly desired: number;
  /** Task definition of the newest deployment, and whether as many of its tasks run as it wants. */
  readonly newest: { readonly taskDefinition: string; readonly isUp: boolean };
  readonly isDeploying: boolean;
  /** ARNs of the service's tasks that ECS wants to run; none where they cannot be too many. */
  readonly tasks: readonly string[];
  /** What their nodes have said of themselves; undefined where that was not asked, or not answered. */
  readonly told?: readonly Told[];
}

export interface Self {
  readonly task: string;
  readonly taskDefinition: string;
}

/**
 * Whether the node is to take no more calls. It never waits to be stopped: a task that is protected is not told. What did not
 * answer is no reason to leave, and no reason to come back.
 */
export function isLeaving(sight: Sight, self: Self, wasLeaving: boolean): boolean {
  const { target, instance, service } = sight;
  if (isTaken(sight, self)) return true;
  const part = service && partIn(service, self);
  if (part === 'leaves') return true;
  return wasLeaving && (target === undefined || instance === undefined || part === undefined);
}

/** Whether it is to go whatever the other nodes do. */
export const isTaken = ({ target, instance, service }: Sight, self: Self): boolean =>
  target === 'Terminated' || instance === 'DRAINING' || (service !== undefined && isSuperseded(service, self));

/** The old tasks leave once all new ones are up, or nobody would take calls. */
const isSuperseded = ({ isDeploying, newest }: Service, { taskDefinition }: Self): boolean =>
  isDeploying && newest.isUp && newest.taskDefinition !== taskDefinition;

/** How many more nodes are up than are wanted; while a deployment runs, that is as it should be. */
export const surplusIn = ({ desired, isDeploying, tasks }: Service): number =>
  isDeploying ? 0 : Math.max(0, tasks.length - Math.max(1, desired));

/** This node's part in that; undefined while nobody says how full the nodes are. */
export function partIn(service: Service, { task }: Self): Part | undefined {
  const surplus = surplusIn(service);
  if (surplus === 0) return 'stays';
  return service.told && partOf(service.told, surplus, task);
}

/** Whether fewer have said that they leave than have to. */
export const isUndecided = (service: Service): boolean =>
  surplusIn(service) > (service.told ?? []).filter(({ isLeaving }) => isLeaving).length;

export interface Hold {
  /** Scale-in protection of the task. */
  readonly protect: boolean;
  /** What the hook that holds the instance is told: nothing while Auto Scaling keeps the instance. */
  readonly hook: 'renew' | 'complete' | 'nothing';
}

/**
 * A node that takes calls is protected, with or without one: between a look and a stop a call may come. It may go when it
 * leaves, has been told so, and nothing is left of its calls. `rest` is undefined where that was not said.
 */
export function holdFor(sight: Sight, state: { isToldToLeave: boolean; rest: number | undefined }): Hold {
  const mayGo = state.isToldToLeave && state.rest === 0;
  if (sight.target !== 'Terminated') return { protect: !mayGo, hook: 'nothing' };
  return { protect: !mayGo, hook: mayGo ? 'complete' : 'renew' };
}

/** Protection and heartbeats are renewed when a quarter of their time is over, and failures are tried again until it ends. */
export const renewAfterMs = (lastsMs: number): number => lastsMs / 4;
