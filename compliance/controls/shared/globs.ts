import { fits } from '../wildcard';

/** Whether some text fits both patterns, in which `*` stands for any text and `?` for one character, as IAM has it. */
export function overlap(one: string, other: string): boolean {
  // What has no wildcard is the only text that fits it.
  if (!WILDCARD.test(other)) return fits(one, other);
  if (!WILDCARD.test(one)) return fits(other, one);
  // Whether the tails from i and j share a text, computed from the ends: each state once, however many wildcards.
  let next: boolean[] = [];
  for (let i = one.length; i >= 0; i -= 1) {
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j -= 1) row[j] = meets(one[i], other[j], { row, next, j });
    next = row;
  }
  return next[0] ?? false;
}

const WILDCARD = /[*?]/;

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

/** The same of patterns of ARNs, in which a wildcard stays within its part: the parts end at colons, the last takes the rest. */
export const overlapArns = (one: string, other: string): boolean => partwise(one, other, overlap);

export const containsArns = (wide: string, narrow: string): boolean => partwise(wide, narrow, contains);

function partwise(one: string, other: string, test: (one: string, other: string) => boolean): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  // A pattern with fewer parts, such as `*`, takes in whole ARNs.
  if (parts.length !== others.length) return test(one, other);
  return parts.every((part, index) => test(part, others[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
}
