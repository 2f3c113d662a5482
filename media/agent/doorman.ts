/** Calls of the processes, and who gets the next one. Pure. */
export interface Desk {
  readonly draining: boolean;
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

export function status({ workers, cap, maxCalls, draining }: Desk): Status {
  const calls = workers.reduce((sum, one) => sum + one.calls, 0);
  const room = workers.reduce((sum, one) => sum + (one.ready ? Math.max(0, cap - one.calls) : 0), 0);
  return { calls, capacity: draining ? 0 : Math.max(0, Math.min(room, maxCalls - calls)), draining };
}

/** The process with the fewest calls; nobody when the node is full or drains. */
export function nextWorker(desk: Desk): number | undefined {
  if (status(desk).capacity === 0) return undefined;
  const free = desk.workers.filter(({ ready, calls }) => ready && calls < desk.cap);
  return free.toSorted((a, b) => a.calls - b.calls)[0]?.id;
}
