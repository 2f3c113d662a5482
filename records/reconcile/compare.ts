import { flawOf, floorOf } from './lock';
import { type Compared, type Finding, KINDS, type Named, type Shelf, type Version } from './model';

/** Between the upload of an object and its row; a call whose node is gone is noted by another well within it. */
export const ORPHAN_GRACE_MS = 24 * 3_600_000;
/** Most objects are copied within 15 minutes, some take a couple of hours or more (S3 user guide, "Replication"). */
export const COPY_GRACE_MS = 12 * 3_600_000;

/** All that is not as it should be, in the order of kinds and keys; empty when ledger, vault and copy agree. */
export const compare = (compared: Compared): Finding[] =>
  [...compared.named.flatMap((named) => findingsOf(compared, named)), ...orphans(compared)].toSorted(inOrder);

export const inOrder = (a: Finding, b: Finding): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || nameOf(a).localeCompare(nameOf(b));

const nameOf = ({ key = '', versionId = '', place }: Finding): string => `${key} ${versionId} ${place}`;

/** The ledger's word on one object, beside what there is of it. */
interface Seen {
  readonly compared: Compared;
  readonly named: Named;
  /** By S3's clock where it has the object, else by the ledger's. */
  readonly storedAt: Date;
}

function findingsOf(compared: Compared, named: Named): Finding[] {
  const [original, replica] = [compared.vault, compared.copy].map((shelf) => find(shelf, named));
  const storedAt = original?.storedAt ?? new Date(named.stored.storedAt);
  const seen = { compared, named, storedAt };
  return [
    ...(original ? present(seen, 'vault', original) : missing(seen, replica)),
    ...(replica ? present(seen, 'copy', replica) : original ? notCopied(seen) : []),
  ];
}

const find = ({ versions }: Shelf, { stored }: Named): Version | undefined =>
  versions.find(({ key, versionId }) => key === stored.key && versionId === stored.versionId);

type Place = 'vault' | 'copy';

function present(seen: Seen, place: Place, version: Version): Finding[] {
  const { compared, named, storedAt } = seen;
  const { rules } = compared;
  const flaw = flawOf({ rules, storedAt, retainUntil: named.stored.retainUntil }, version.lock);
  const other = difference(named, version);
  return [
    ...(flaw ? [about(seen, place, flaw)] : []),
    ...(other ? [about(seen, place, { kind: 'differs', why: other })] : []),
    ...deleted(seen, place),
  ];
}

function difference({ stored }: Named, { bytes, sha256 }: Version): string | undefined {
  if (bytes !== stored.bytes) return `has ${bytes} bytes, ${stored.bytes} in the ledger`;
  return sha256 === undefined || sha256 === stored.sha256
    ? undefined
    : `has SHA-256 ${sha256}, ${stored.sha256} in the ledger`;
}

/** Lifecycle hides a key once its days are over, held or not (S3 user guide, Object Lock considerations); before, somebody did. */
const deleted = (seen: Seen, place: Place): Finding[] =>
  seen.compared[place].markers
    .filter(({ key, at }) => key === seen.named.stored.key && at.getTime() < floor(seen))
    .map(({ at }) =>
      about(seen, place, { kind: 'deleted', why: `is hidden by a delete marker of ${at.toISOString()}` }),
    );

/** What is over and not held may have been disposed of. */
function missing(seen: Seen, replica: Version | undefined): Finding[] {
  const { compared, named } = seen;
  if (compared.now.getTime() >= floor(seen) && !named.isHeld) return [];
  const why = `the ledger names it and it is not there; ${replica ? 'the copy has it' : 'nor in the copy'}`;
  return [about(seen, 'vault', { kind: 'missing', why })];
}

function notCopied(seen: Seen): Finding[] {
  const { compared, named, storedAt } = seen;
  const age = compared.now.getTime() - storedAt.getTime();
  if (age < COPY_GRACE_MS || (compared.now.getTime() >= floor(seen) && !named.isHeld)) return [];
  return [about(seen, 'copy', { kind: 'not-copied', why: `stored ${storedAt.toISOString()} and not in the copy` })];
}

const floor = ({ compared, storedAt }: Seen): number => floorOf(compared.rules, storedAt);

function about({ compared: { rules }, named }: Seen, place: Place, said: Pick<Finding, 'kind' | 'why'>): Finding {
  const { callId, item, key, versionId } = named.stored;
  return { ...said, place, bucket: place === 'vault' ? rules.bucket : rules.copy, key, versionId, callId, item };
}

/** A version is told once, wherever it lies. */
function orphans({ rules, named, vault, copy, now }: Compared): Finding[] {
  const known = new Set(named.map(({ stored }) => idOf(stored)));
  const strays = (place: Place, shelf: Shelf): Finding[] =>
    shelf.versions.flatMap((version) => {
      const { key, versionId, storedAt } = version;
      if (known.has(idOf(version)) || now.getTime() - storedAt.getTime() < ORPHAN_GRACE_MS) return [];
      known.add(idOf(version));
      const why = `stored ${storedAt.toISOString()} and no row of the ledger names it`;
      return [{ kind: 'orphaned', place, bucket: place === 'vault' ? rules.bucket : rules.copy, key, versionId, why }];
    });
  return [...strays('vault', vault), ...strays('copy', copy)];
}

const idOf = ({ key, versionId }: Pick<Version, 'key' | 'versionId'>): string => `${key}\n${versionId}`;
