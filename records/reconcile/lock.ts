import type { ReconciledVault } from '../../regions/plan/reconciliation';
import type { Kind, Lock } from './model';

export const DAY_MS = 86_400_000;
/** S3 lets nobody in whose clock is further off (S3 API, `RequestTimeTooSkewed`), and the ledger's instants are a client's. */
const SKEW_MS = 900_000;
/** S3 tells of locks to the second. */
const ROUNDED_MS = 1000;

export interface Expected {
  readonly rules: Pick<ReconciledVault, 'days' | 'mode' | 'clock'>;
  /** Of the original: a replica keeps its lock, of which the way has taken some. */
  readonly storedAt: Date;
  /** As the ledger has it. */
  readonly retainUntil?: string | undefined;
}

export interface Flaw {
  readonly kind: Extract<Kind, 'unlocked' | 'short-locked'>;
  readonly why: string;
}

/** End of what the plan asks for, had no event to be waited for. */
export const floorOf = ({ days }: Expected['rules'], storedAt: Date): number => storedAt.getTime() + days * DAY_MS;

/** What is wrong with a lock; undefined where it is what plan and ledger ask for, or stronger. */
export function flawOf(expected: Expected, lock: Lock): Flaw | undefined {
  const { rules } = expected;
  if (rules.clock === 'event' && lock.eventHoldDays !== undefined)
    return lock.eventHoldDays < rules.days
      ? { kind: 'short-locked', why: `held for ${lock.eventHoldDays} days after its event, not ${rules.days}` }
      : undefined;
  if (!lock.mode) return { kind: 'unlocked', why: 'has no lock' };
  if (rules.mode === 'COMPLIANCE' && lock.mode !== rules.mode)
    return { kind: 'short-locked', why: `is locked in ${lock.mode}, not ${rules.mode}` };
  return isShort(expected, lock)
    ? { kind: 'short-locked', why: `is locked until ${wordOf(lock.until)}, not ${wordOf(new Date(dueOf(expected)))}` }
    : undefined;
}

const isShort = ({ rules, storedAt, retainUntil }: Expected, { until }: Lock): boolean => {
  const locked = until?.getTime() ?? 0;
  return locked < floorOf(rules, storedAt) - SKEW_MS || locked < notedUntil(retainUntil) - ROUNDED_MS;
};

const dueOf = ({ rules, storedAt, retainUntil }: Expected): number =>
  Math.max(floorOf(rules, storedAt), notedUntil(retainUntil));

const notedUntil = (retainUntil: string | undefined): number => (retainUntil ? Date.parse(retainUntil) : 0);

const wordOf = (instant: Date | undefined): string => instant?.toISOString() ?? 'no day';
