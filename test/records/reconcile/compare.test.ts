import * as fc from 'fast-check';
import { compare } from '../../../records/reconcile/compare';
import type { Compared, Kind, Lock, Shelf, Version } from '../../../records/reconcile/model';
import { agreed, anyDay, type Kept, namedOf, NOW, RULES, versionOf } from './agreed';

type Place = 'vault' | 'copy';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const without = (shelf: Shelf, index: number): Shelf => ({
  ...shelf,
  versions: shelf.versions.filter((_, at) => at !== index),
});

const edited = (shelf: Shelf, index: number, edit: (version: Version) => Version): Shelf => ({
  ...shelf,
  versions: shelf.versions.map((version, at) => (at === index ? edit(version) : version)),
});

const relocked = (shelf: Shelf, index: number, lock: (before: Lock) => Lock): Shelf =>
  edited(shelf, index, (version) => ({ ...version, lock: lock(version.lock) }));

const shorter = (lock: Lock): Lock =>
  lock.eventHoldDays === undefined
    ? { ...lock, until: new Date((lock.until?.getTime() ?? 0) - DAY_MS * 401) }
    : { eventHoldDays: lock.eventHoldDays - 401 };

const stray = (shelf: Shelf, hours: number): Shelf => ({
  ...shelf,
  versions: [
    ...shelf.versions,
    {
      key: '2026/11/20/stray',
      versionId: 'v',
      storedAt: new Date(NOW.getTime() - hours * HOUR_MS),
      bytes: 1,
      lock: {},
    },
  ],
});

const hidden = (shelf: Shelf, index: number): Shelf => ({
  ...shelf,
  markers: [{ key: shelf.versions[index]?.key ?? '', at: new Date(NOW.getTime() - HOUR_MS) }],
});

type Change = (day: Compared, index: number, place: Place) => Compared;

const onShelf =
  (change: (shelf: Shelf, index: number) => Shelf): Change =>
  (day, index, place) => ({ ...day, [place]: change(day[place], index) });

/** Everything that may go wrong with one object, and what it is called; the place it is told of where that is not chosen. */
const CHANGES: readonly (readonly [string, Kind, Change, Place?])[] = [
  ['is taken from the vault', 'missing', (day, index) => ({ ...day, vault: without(day.vault, index) }), 'vault'],
  [
    'is taken from vault and copy',
    'missing',
    (day, index) => ({ ...day, vault: without(day.vault, index), copy: without(day.copy, index) }),
    'vault',
  ],
  ['is taken from the copy', 'not-copied', (day, index) => ({ ...day, copy: without(day.copy, index) }), 'copy'],
  ['loses its lock', 'unlocked', onShelf((shelf, index) => relocked(shelf, index, () => ({})))],
  ['is locked for less', 'short-locked', onShelf((shelf, index) => relocked(shelf, index, shorter))],
  [
    'has other bytes',
    'differs',
    onShelf((shelf, index) => edited(shelf, index, (one) => ({ ...one, bytes: one.bytes + 1 }))),
  ],
  [
    'has another checksum',
    'differs',
    onShelf((shelf, index) => edited(shelf, index, (one) => ({ ...one, sha256: '0'.repeat(64) }))),
  ],
  ['is hidden', 'deleted', onShelf(hidden)],
  ['has a stranger beside it', 'orphaned', onShelf((shelf) => stray(shelf, 25))],
  [
    'has a stranger beside it that was copied',
    'orphaned',
    (day) => ({ ...day, vault: stray(day.vault, 25), copy: stray(day.copy, 25) }),
    'vault',
  ],
  [
    'is forgotten by the ledger',
    'orphaned',
    (day, index) => ({ ...day, named: day.named.filter((_, at) => at !== index) }),
    'vault',
  ],
];

test('nothing is found where ledger, vault and copy agree', () => {
  fc.assert(fc.property(anyDay, ({ rules, all }) => expect(compare(agreed(rules, all))).toEqual([])));
});

const CASES = CHANGES.map(([what, kind, change, told]) => ({ what, kind, change, told }));

test.each(CASES)('an object that $what is one finding: $kind', ({ kind, change, told }) => {
  fc.assert(
    fc.property(anyDay, fc.nat(), fc.constantFrom<Place>('vault', 'copy'), ({ rules, all }, nth, place) => {
      const findings = compare(change(agreed(rules, all), nth % all.length, place));
      expect(findings.map((one) => [one.kind, one.place])).toEqual([[kind, told ?? place]]);
    }),
  );
});

describe('at the edges', () => {
  const kept = (ageHours: number, more: Partial<Kept> = {}): Kept => ({
    id: 1,
    content: 'sound',
    ageHours,
    isHeld: false,
    extraDays: 0,
    isReleased: false,
    isChecksumTold: false,
    ...more,
  });
  const NOTHING: Shelf = { versions: [], markers: [] };
  const over = RULES.days * 24 + 30;
  const kindsOf = (day: Compared): string[] => compare(day).map(({ kind }) => kind);

  test.each([
    [11, []],
    [13, ['not-copied']],
  ])('a copy may be %i hours on its way: %j', (hours, kinds) => {
    expect(kindsOf({ ...agreed(RULES, [kept(hours)]), copy: NOTHING })).toEqual(kinds);
  });

  test.each([
    [23, []],
    [25, ['orphaned']],
  ])('a version without a row is given %i hours: %j', (hours, kinds) => {
    expect(kindsOf({ ...agreed(RULES, []), vault: stray(NOTHING, hours) })).toEqual(kinds);
  });

  test('what is over may be gone, and hidden by the rule that takes it', () => {
    const day = agreed(RULES, [kept(over)]);
    expect(kindsOf({ ...day, vault: NOTHING, copy: NOTHING })).toEqual([]);
    expect(kindsOf({ ...day, vault: hidden(day.vault, 0) })).toEqual([]);
  });

  test('what a matter holds is never over', () => {
    const day = agreed(RULES, [kept(over, { isHeld: true })]);
    expect(kindsOf({ ...day, vault: NOTHING, copy: NOTHING })).toEqual(['missing']);
    expect(kindsOf({ ...day, copy: NOTHING })).toEqual(['not-copied']);
  });

  test('a lock in governance mode is too weak for a plan of compliance', () => {
    const day = agreed({ ...RULES, mode: 'GOVERNANCE' }, [kept(30)]);
    expect(kindsOf({ ...day, rules: RULES })).toEqual(['short-locked', 'short-locked']);
  });

  test('a lock may not end before the ledger says, whatever the plan asks for', () => {
    const named = namedOf(RULES, kept(30, { extraDays: 10 }));
    const shelf = { versions: [versionOf(RULES, kept(30))], markers: [] };
    const day = { ...agreed(RULES, []), named: [named], vault: shelf, copy: shelf };
    expect(kindsOf(day)).toEqual(['short-locked', 'short-locked']);
  });

  test('a replica whose lock began with its original is as it should be, however late it came', () => {
    const late = { ...versionOf(RULES, kept(300)), storedAt: NOW };
    expect(kindsOf({ ...agreed(RULES, [kept(300)]), copy: { versions: [late], markers: [] } })).toEqual([]);
  });
});
