import * as fc from 'fast-check';
import type { ReconciledVault } from '../../../regions/plan/reconciliation';
import type { Compared, Lock, Named, Version } from '../../../records/reconcile/model';
import { sha256Of, stored } from '../ledger-rows';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const NOW = new Date('2026-11-22T05:20:00.000Z');

export const RULES: ReconciledVault = {
  dataClass: 'recording',
  bucket: 'vault',
  copy: 'copy',
  days: 2192,
  mode: 'COMPLIANCE',
  clock: 'creation',
};

/** Of an object that is as it should be. */
export interface Kept {
  readonly id: number;
  readonly content: string;
  /** Before now. */
  readonly ageHours: number;
  readonly isHeld: boolean;
  /** More than the plan asks for. */
  readonly extraDays: number;
  /** With an event's clock: the event has come, and the days run. */
  readonly isReleased: boolean;
  readonly isChecksumTold: boolean;
}

const storedAt = ({ ageHours }: Kept): Date => new Date(NOW.getTime() - ageHours * HOUR_MS);

function lockOf(rules: ReconciledVault, kept: Kept): Lock {
  const days = rules.days + kept.extraDays;
  if (rules.clock === 'event' && !kept.isReleased) return { eventHoldDays: days };
  return { mode: rules.mode, until: new Date(storedAt(kept).getTime() + days * DAY_MS) };
}

export function namedOf(rules: ReconciledVault, kept: Kept): Named {
  const { id, content, isHeld } = kept;
  const { until } = lockOf(rules, kept);
  const row = stored(`c-${id}`, `${rules.dataClass}#1`, content, {
    bucket: rules.bucket,
    key: `2026/11/20/${id}`,
    versionId: `v-${id}`,
    storedAt: storedAt(kept).toISOString(),
  });
  return { stored: { ...row, ...(until ? { retainUntil: until.toISOString() } : {}) }, isHeld };
}

export const versionOf = (rules: ReconciledVault, kept: Kept): Version => ({
  key: `2026/11/20/${kept.id}`,
  versionId: `v-${kept.id}`,
  storedAt: storedAt(kept),
  bytes: Buffer.byteLength(kept.content),
  ...(kept.isChecksumTold ? { sha256: sha256Of(kept.content) } : {}),
  lock: lockOf(rules, kept),
});

export function agreed(rules: ReconciledVault, all: readonly Kept[]): Compared {
  const versions = all.map((kept) => versionOf(rules, kept));
  const shelf = { versions, markers: [] };
  return { rules, now: NOW, named: all.map((kept) => namedOf(rules, kept)), vault: shelf, copy: shelf };
}

const rules: fc.Arbitrary<ReconciledVault> = fc.record({
  dataClass: fc.constantFrom('recording' as const, 'transcript' as const),
  bucket: fc.constant('vault'),
  copy: fc.constant('copy'),
  days: fc.constantFrom(30, 1096, 2192),
  mode: fc.constantFrom('GOVERNANCE' as const, 'COMPLIANCE' as const),
  clock: fc.constantFrom('creation' as const, 'event' as const),
});

const kept = fc.record({
  content: fc.string({ minLength: 1, maxLength: 20 }),
  ageHours: fc.integer({ min: 25, max: 29 * 24 }),
  isHeld: fc.boolean(),
  extraDays: fc.constantFrom(0, 0, 400),
  isReleased: fc.boolean(),
  isChecksumTold: fc.boolean(),
});

/** A vault and objects of it that are all as they should be. */
export const anyDay = fc.record({
  rules,
  all: fc.array(kept, { minLength: 1, maxLength: 6 }).map((some) => some.map((one, id) => ({ ...one, id }))),
});
