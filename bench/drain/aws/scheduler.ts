import { definitionOf, type Service, type Task, wanted } from './state';

export interface Moves {
  /** New tasks of the newest definition, each with a new instance. */
  readonly start: number;
  /** Tasks that are told to stop now. */
  readonly stop: readonly Task[];
}

/**
 * What ECS does next: replacements first (minimum healthy 100 %, maximum 200 %), tasks of an older definition or on a draining
 * instance once all new ones are up, and whatever is more than wanted. A protected task is left alone, whatever the reason
 * (ECS developer guide: task scale-in protection, container instance draining); of the others it may be any.
 */
export function movesOf(service: Service, now: number): Moves {
  const { desired, revision } = service;
  const isStaying = ({ definition, instance }: Task): boolean =>
    definition === definitionOf(revision) && instance.status === 'ACTIVE';
  const staying = wanted(service).filter(isStaying);
  const isUp = staying.filter(({ state }) => state === 'running').length >= desired;
  const free = wanted(service).filter(({ state, protectedUntil }) => state === 'running' && protectedUntil <= now);
  const surplus = free.filter(isStaying).slice(0, Math.max(0, staying.length - desired));
  return {
    start: Math.max(0, desired - staying.length),
    stop: isUp ? [...free.filter((task) => !isStaying(task)), ...surplus] : [],
  };
}

/** Instances whose hook ended without a word from the node: Auto Scaling goes on, and whoever is on the line is cut. */
export const overdue = ({ tasks }: Service, now: number): Task[] =>
  tasks.filter(
    ({ state, instance }) =>
      state !== 'stopped' && instance.isTaken && !instance.isReleased && instance.hookUntil < now,
  );
