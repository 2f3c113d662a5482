import type { Finding } from '../posture';

/** The same finding in several places. */
export interface Group {
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/** Findings that say the same of several places, together, in the order in which each is first said. */
export const groupsOf = (findings: readonly Finding[]): readonly Group[] => gathered(findings, sameness).map(groupOf);

/** Groups of one control with one answer, which share a title. */
export const blocksOf = (groups: readonly Group[]): readonly (readonly Group[])[] =>
  gathered(groups, ({ first: { control, status, severity } }) => [control, status, severity].join('\0'));

/** Items with the same key, in the order of the first of each. */
export function gathered<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const same = byKey.get(key);
    if (same) same.push(item);
    else byKey.set(key, [item]);
  }
  return [...byKey.values()];
}

const sameness = ({ control, status, severity, message, remedy, waiver, drift }: Finding): string =>
  JSON.stringify([control, status, severity, message, remedy, waiver, drift]);

function groupOf(findings: readonly Finding[]): Group {
  const [first] = findings;
  if (!first) throw new Error('a group holds a finding');
  return { first, findings };
}
