/** Whether some text fits both patterns, in which `*` stands for any text and `?` for one character, as IAM has it. */
export function overlap(one: string, other: string): boolean {
  // Whether the tails from i and j share a text, computed from the ends: each state once, however many wildcards.
  let next: boolean[] = [];
  for (let i = one.length; i >= 0; i -= 1) {
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j -= 1) row[j] = meets(one[i], other[j], { row, next, j });
    next = row;
  }
  return next[0] ?? false;
}

interface Tails {
  readonly row: readonly boolean[];
  readonly next: readonly boolean[];
  readonly j: number;
}

function meets(a: string | undefined, b: string | undefined, { row, next, j }: Tails): boolean {
  if (a === undefined && b === undefined) return true;
  if (a === '*' || b === '*') return Boolean(a !== undefined && next[j]) || Boolean(b !== undefined && row[j + 1]);
  return a !== undefined && b !== undefined && (a === b || a === '?' || b === '?') && Boolean(next[j + 1]);
}

/** Whether everything that fits `narrow` fits `wide`: a wildcard of the one only fits a `*` of the other. */
export const contains = (wide: string, narrow: string): boolean => overlap(wide, narrow.replaceAll(/[*?]/g, ANYTHING));

/** Stands in no ARN; two of them, so that no `?` fits. */
const ANYTHING = '\u{1}\u{1}';
