export interface Limits {
  readonly name: string;
  readonly maxCalls: number;
  readonly maxCallsPerSecond: number;
}

/**
 * What this node may take of each carrier: the nodes' shares add up to what the carrier declared, whatever their number. Every
 * node finds the same, because the order of ids says who takes one more. Undefined where the node is in no list.
 */
export function sharesOf(carriers: readonly Limits[], ids: readonly string[], own: string): Limits[] | undefined {
  const rank = ids.toSorted().indexOf(own);
  if (rank < 0) return undefined;
  const share = (whole: number) => Math.floor(whole / ids.length) + (rank < whole % ids.length ? 1 : 0);
  return carriers.map(({ name, maxCalls, maxCallsPerSecond }) => ({
    name,
    maxCalls: share(maxCalls),
    maxCallsPerSecond: share(maxCallsPerSecond),
  }));
}
