import type { ObjectLockRetention } from '@aws-sdk/client-s3';
import type { Stored } from './progress';

/** What the plan asks of every object of a vault. */
export interface ExpectedLock {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days: number;
  /** With the clock of an event an object is held until that is told, and locked for the days from then on. */
  readonly clock: 'creation' | 'event';
}

const DAY_MS = 86_400_000;
/** The clock of AWS is known to the second, less the way of an answer. */
const SKEW_MS = 60_000;

/** What is wrong with the lock that S3 tells of a version; empty where it is what the plan asks for, or stronger. */
export function lockFlaws(expected: ExpectedLock, storedAt: Date, found: ObjectLockRetention | undefined): string[] {
  return expected.clock === 'event' ? heldFlaws(expected, found) : lockedFlaws(expected, storedAt, found);
}

function lockedFlaws({ mode, days }: ExpectedLock, storedAt: Date, found: ObjectLockRetention | undefined): string[] {
  if (!found?.Mode) return ['no lock'];
  const until = storedAt.getTime() + days * DAY_MS - SKEW_MS;
  const weaker = mode === 'COMPLIANCE' && found.Mode !== mode;
  const isShort = !found.RetainUntilDate || found.RetainUntilDate.getTime() < until;
  return [...(weaker ? [`lock ${found.Mode}`] : []), ...(isShort ? ['lock too short'] : [])];
}

/** S3 counts a year of a hold as 365 days (S3 user guide, "Managing Object Lock"). */
const DAYS_OF_A_YEAR = 365;

function heldFlaws({ days }: ExpectedLock, found: ObjectLockRetention | undefined): string[] {
  if (found?.EventHold !== 'ON') return ['no event hold'];
  return daysOf(found) < days ? ['event hold too short'] : [];
}

const daysOf = ({ EventHoldDuration: duration }: ObjectLockRetention): number =>
  duration?.Days ?? (duration?.Years ?? 0) * DAYS_OF_A_YEAR;

/** The lock as the ledger has it. */
export const lockNoted = (found: ObjectLockRetention): Pick<Stored, 'lockMode' | 'retainUntil' | 'eventHoldDays'> => ({
  ...(found.Mode ? { lockMode: found.Mode } : {}),
  ...(found.RetainUntilDate ? { retainUntil: found.RetainUntilDate.toISOString() } : {}),
  ...(found.EventHold === 'ON' ? { eventHoldDays: daysOf(found) } : {}),
});
