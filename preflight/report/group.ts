import type { State, Verdict } from '../verdict';

/** What needs saying once, though several checks or regions found it. */
export interface Remark extends Pick<Verdict, 'state' | 'found' | 'needed' | 'remedy'> {
  /** Regions by check. */
  readonly where: ReadonlyMap<string, readonly string[]>;
}

/** What stops a deployment comes first. */
const ORDER: readonly State[] = ['will fail', 'cannot tell', 'later', 'ok'];

/** Whether a line asks anything of its reader. */
export const isRemarkable = ({ state, remedy }: Verdict): boolean => state !== 'ok' || remedy !== undefined;

/** Everything that is not plainly ok, in the order of its weight; the same thing found twice is one remark. */
export function remarksOf(verdicts: readonly Verdict[]): readonly Remark[] {
  const groups = grouped(verdicts.filter(isRemarkable), keyOf);
  const remarks = [...groups.values()].flatMap(remarkOf);
  return ORDER.flatMap((state) => remarks.filter((remark) => remark.state === state));
}

/** An unanswered question may leave several checks without an answer, each in need of something else. */
const keyOf = ({ state, found, needed, remedy = '' }: Verdict): string =>
  JSON.stringify(state === 'cannot tell' ? [state, found, remedy] : [state, found, needed, remedy]);

function remarkOf(verdicts: readonly Verdict[]): readonly Remark[] {
  const [first] = verdicts;
  if (!first) return [];
  const where = new Map<string, string[]>();
  for (const { check, region } of verdicts) where.set(check, [...new Set([...(where.get(check) ?? []), region])]);
  const { state, found, needed, remedy } = first;
  return [{ state, found, needed, where, ...(remedy === undefined ? {} : { remedy }) }];
}

/** Values by key, both in the order in which they were met. */
export function grouped<T>(values: Iterable<T>, keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
