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

/** Compares two postures finding by finding: by fingerprint, and by what is said where there is something to mend. Pure. */
export function diffOf(before: Posture, after: Posture): PostureDiff {
  const changes = changesOf(before.findings, after.findings);
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

/** What a control says of one resource: everything there is to mend, or that there is nothing. */
function byFingerprint(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const said = new Map<string, Finding[]>();
  for (const finding of findings) said.set(finding.fingerprint, [...(said.get(finding.fingerprint) ?? []), finding]);
  return new Map([...said].map(([fingerprint, all]) => [fingerprint, toMend(all)]));
}

function toMend(findings: readonly Finding[]): readonly Finding[] {
  const open = findings.filter((finding) => openness(finding) > 0);
  return open.length > 0 ? open : findings.slice(0, 1);
}

function changesOf(before: readonly Finding[], after: readonly Finding[]): readonly Change[] {
  const [was, is] = [byFingerprint(before), byFingerprint(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((fingerprint) => pairs(was.get(fingerprint) ?? [], is.get(fingerprint) ?? []))
    .map((change) => ({ change, key: keyOf(change) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ change }) => change);
}

/** A violation beside one that was there already is a change of its own: what is said tells them apart. */
function pairs(before: readonly Finding[], after: readonly Finding[]): readonly Change[] {
  const [was, is] = [said(before), said(after)];
  const both = [...was].filter(([message]) => is.has(message)).map(([message, one]) => pairOf(one, is.get(message)));
  const gone = [...was].filter(([message]) => !is.has(message)).map(([, one]) => one);
  const fresh = [...is].filter(([message]) => !was.has(message)).map(([, one]) => one);
  const [first, second] = [gone[0], fresh[0]];
  const isOne = gone.length === 1 && fresh.length === 1 && first && second && !isBothOpen(first, second);
  return isOne
    ? [...both, pairOf(first, second)]
    : [...both, ...gone.map((one) => pairOf(one, undefined)), ...fresh.map((one) => pairOf(undefined, one))];
}

const said = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [finding.message, finding]));

const isBothOpen = (a: Finding, b: Finding): boolean => openness(a) > 0 && openness(a) === openness(b);

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
  const { control, unit, stack = '', resource = '', fingerprint, message } = latest(change);
  return [control, unit, stack, resource, fingerprint, message].join('\0');
}

const sideOf = ({ inputs, catalogue, summary }: Posture): Side => ({
  asOf: inputs.asOf,
  mode: inputs.mode,
  units: inputs.units.map(({ name }) => name),
  controls: catalogue.controls,
  summary,
});
