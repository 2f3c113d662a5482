/** Shortest and longest call, ms. */
export const LENGTHS = { from: 15_000, to: 30_000 } as const;
/** More calls than any run places. */
export const SPARE = 10_000;
const SEED = 7;

/** Lengths of calls, ms: the same in every run, and any length as likely as any other. */
export function lengthsOf(count: number, seed = SEED): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return LENGTHS.from + Math.floor((state / 2 ** 32) * (LENGTHS.to - LENGTHS.from + 1));
  });
}

/** The three ways in which nodes leave, in turn. */
export const KINDS = ['instance-taken', 'deployment', 'scale-in'] as const;
export type Kind = (typeof KINDS)[number];

export const scheduleOf = (cycles: number): Kind[] =>
  Array.from({ length: cycles }, (_, at) => KINDS[at % KINDS.length] ?? 'instance-taken');

/** Nodes that run while nothing happens. */
export const STEADY_NODES = 2;

/** Nodes that a run starts at most: an instance that is taken is replaced, a deployment replaces all, scale-in needs one more first. */
export const nodesFor = (kinds: readonly Kind[]): number =>
  kinds.reduce((sum, kind) => sum + (kind === 'deployment' ? STEADY_NODES : 1), STEADY_NODES);
