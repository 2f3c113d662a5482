export interface Tried {
  readonly calls: number;
  readonly held: boolean;
}

export interface Bounds {
  readonly first: number;
  /** How near the answer has to be. */
  readonly step: number;
  readonly most: number;
}

/** How many calls to try next, for the largest number that is held; undefined once it is known to a step. */
export function nextCalls(tried: readonly Tried[], { first, step, most }: Bounds): number | undefined {
  if (tried.length === 0) return first;
  const failed = Math.min(most + step, ...tried.filter(({ held }) => !held).map(({ calls }) => calls));
  const held = largestHeld(tried.filter(({ calls }) => calls < failed));
  if (failed - held <= step) return undefined;
  // Nothing above is known: a quarter more, rather than the middle of what no machine holds.
  const upwards = failed > most ? held + Math.max(step, held / 4) : (held + failed) / 2;
  const next = Math.floor(upwards / step) * step;
  return Math.min(most, Math.max(held + step, next));
}

export const largestHeld = (tried: readonly Tried[]): number =>
  Math.max(0, ...tried.filter(({ held }) => held).map(({ calls }) => calls));
