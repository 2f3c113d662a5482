import type { Finding, Posture, Status, Summary } from './posture';

/** One finding in two postures; absent from one where only the other has it. */
export interface Change {
  readonly before?: Finding;
  readonly after?: Finding;
}

/** What two postures are, where that bears on how they compare. */
export interface Side {
  readonly asOf: string;
  readonly mode: Posture['inputs']['mode'];
  readonly units: readonly string[];
  /** Controls of the catalogue. */
  readonly controls: number;
  readonly summary: Summary;
}

/** The same of both postures mirrored: worse and better, added and removed, before and after change places. */
export interface PostureDiff {
  readonly before: Side;
  readonly after: Side;
  /** Unmet or indeterminate that held before, was waived, or was not there; unmet that was indeterminate. */
  readonly worse: readonly Change[];
  readonly better: readonly Change[];
  /** As good as before, on other grounds: met that was attested, waived that was met. */
  readonly changed: readonly Change[];
  /** Not there before, and nothing to mend. */
  readonly added: readonly Change[];
  /** Not there any more, and was nothing to mend. */
  readonly removed: readonly Change[];
  readonly same: number;
}

/** Compares two postures finding by finding, by fingerprint. Pure. */
export function diffOf(before: Posture, after: Posture): PostureDiff {
  const changes = changesOf(worstOf(before.findings), worstOf(after.findings));
  const are = (kind: Kind): readonly Change[] => changes.filter((change) => kindOf(change) === kind);
  return {
    before: sideOf(before),
    after: sideOf(after),
    worse: are('worse'),
    better: are('better'),
    changed: are('changed'),
    added: are('added'),
    removed: are('removed'),
    same: are('same').length,
  };
}

export const isWorse = ({ worse }: PostureDiff): boolean => worse.length > 0;

type Kind = 'worse' | 'better' | 'changed' | 'added' | 'removed' | 'same';

function kindOf({ before, after }: Change): Kind {
  const rise = openness(after) - openness(before);
  if (rise !== 0) return rise > 0 ? 'worse' : 'better';
  if (!before) return 'added';
  if (!after) return 'removed';
  return before.status === after.status ? 'same' : 'changed';
}

/** How much there is to mend. */
const OPENNESS: Readonly<Record<Status, number>> = {
  unmet: 2,
  indeterminate: 1,
  waived: 0,
  attested: 0,
  met: 0,
  notApplicable: 0,
};

const openness = (finding: Finding | undefined): number => (finding ? OPENNESS[finding.status] : 0);

/** A control may say several things of one resource: the worst of them counts. */
function worstOf(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const other = worst.get(finding.fingerprint);
    if (!other || openness(finding) > openness(other)) worst.set(finding.fingerprint, finding);
  }
  return worst;
}

function changesOf(before: ReadonlyMap<string, Finding>, after: ReadonlyMap<string, Finding>): readonly Change[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((fingerprint) => pairOf(before.get(fingerprint), after.get(fingerprint)))
    .map((change) => ({ change, key: keyOf(change) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ change }) => change);
}

const pairOf = (before: Finding | undefined, after: Finding | undefined): Change => ({
  ...(before ? { before } : {}),
  ...(after ? { after } : {}),
});

/** The one that there is now, or was. */
export function latest({ before, after }: Change): Finding {
  const finding = after ?? before;
  if (!finding) throw new Error('a change is of a finding');
  return finding;
}

function keyOf(change: Change): string {
  const { control, unit, stack = '', resource = '', fingerprint } = latest(change);
  return [control, unit, stack, resource, fingerprint].join('\0');
}

const sideOf = ({ inputs, catalogue, summary }: Posture): Side => ({
  asOf: inputs.asOf,
  mode: inputs.mode,
  units: inputs.units.map(({ name }) => name),
  controls: catalogue.controls,
  summary,
});
