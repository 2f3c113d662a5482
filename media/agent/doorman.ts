/** Calls of the processes, and who gets the next one. Pure. */
export interface Desk {
  readonly draining: boolean;
  /** There is no room for another recording. */
  readonly full: boolean;
  /** The node is to go. */
  readonly leaving: boolean;
  readonly workers: readonly { readonly id: number; readonly ready: boolean; readonly calls: number }[];
  /** Calls a process takes. */
  readonly cap: number;
  /** Calls the node takes. */
  readonly maxCalls: number;
}

export interface Status {
  readonly calls: number;
  /** Calls beyond those in progress. */
  readonly capacity: number;
  readonly draining: boolean;
}

export function status(desk: Desk): Status {
  const { draining, leaving, full } = desk;
  const capacity = draining || leaving || full ? 0 : room(desk);
  return { calls: callsOf(desk), capacity, draining: draining || leaving };
}

/**
 * The process with the fewest calls; nobody when all are full or the agent drains. A node that leaves or whose spool is full takes
 * none at its media server: who comes here has been answered there and may still have heard the notice alone.
 */
export function nextWorker(desk: Desk): number | undefined {
  if (desk.draining || room(desk) === 0) return undefined;
  const free = desk.workers.filter(({ ready, calls }) => ready && calls < desk.cap);
  return free.toSorted((a, b) => a.calls - b.calls)[0]?.id;
}

const callsOf = ({ workers }: Desk): number => workers.reduce((sum, one) => sum + one.calls, 0);

function room(desk: Desk): number {
  const free = desk.workers.reduce((sum, one) => sum + (one.ready ? Math.max(0, desk.cap - one.calls) : 0), 0);
  return Math.max(0, Math.min(free, desk.maxCalls - callsOf(desk)));
}
