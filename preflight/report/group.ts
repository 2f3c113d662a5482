import type { State, Verdict } from '../verdict';

/** What needs saying once, though several checks or regions found it, or one remedy mends several findings. */
export interface Remark extends Pick<Verdict, 'state' | 'remedy'> {
  readonly found: readonly string[];
  readonly needed: readonly string[];
  /** Regions by check. */
  readonly where: ReadonlyMap<string, readonly string[]>;
}

/** What stops a deployment comes first. */
const ORDER: readonly State[] = ['will fail', 'cannot tell', 'later', 'ok'];

/** Whether a line asks anything of its reader. */
export const isRemarkable = ({ state, remedy }: Verdict): boolean => state !== 'ok' || remedy !== undefined;

/** Everything that is not plainly ok, in the order of its weight. */
export function remarksOf(verdicts: readonly Verdict[]): readonly Remark[] {
  const findings = grouped(verdicts.filter(isRemarkable), findingKey);
  const remedies = grouped(findings.values(), remedyKey);
  const remarks = [...remedies.values()].flatMap((same) => remarkOf(same.flat()));
  return ORDER.flatMap((state) => remarks.filter((remark) => remark.state === state));
}

/** An unanswered question may leave several checks without an answer, each in need of something else. */
const findingKey = ({ state, found, needed, remedy }: Verdict): string =>
  JSON.stringify([state, found, remedy, ...(state === 'cannot tell' ? [] : [needed])]);

/** One remedy for findings of the same regions; of other regions it would say less than was found. */
const remedyKey = (verdicts: readonly Verdict[]): string => {
  const [first] = verdicts;
  return JSON.stringify([first?.state, first?.remedy, distinct(verdicts.map(({ region }) => region)).toSorted()]);
};

function remarkOf(verdicts: readonly Verdict[]): readonly Remark[] {
  const [first] = verdicts;
  if (!first) return [];
  const { state, remedy } = first;
  const checks = grouped(verdicts, ({ check }) => check);
  return [
    {
      state,
      found: distinct(verdicts.map(({ found }) => found)),
      needed: distinct(verdicts.map(({ needed }) => needed)),
      where: new Map([...checks].map(([check, same]) => [check, distinct(same.map(({ region }) => region))])),
      ...(remedy === undefined ? {} : { remedy }),
    },
  ];
}

/** Values by key, both in the order in which they were met. */
export function grouped<T>(values: Iterable<T>, keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
