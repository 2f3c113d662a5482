import { isKnown } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isTrue, numberIn } from './records';

/** The default lock of a bucket. */
export interface DefaultLock {
  /** False where a part of it is not known; then nothing else here counts. */
  readonly known: boolean;
  readonly enabled: boolean;
  readonly mode: unknown;
  /** Days from the making of an object; 0 where none is stated. */
  readonly days: number;
  /** Days from the release of the hold every object starts with; 0 where none is stated. */
  readonly holdDays: number;
}

export const DEFAULT_RETENTION = 'ObjectLockConfiguration.Rule.DefaultRetention';

export function lockOf(evidence: Evidence, bucket: Resource): DefaultLock {
  const enabled = evidence.at(bucket, 'ObjectLockEnabled');
  const retention = evidence.at(bucket, DEFAULT_RETENTION);
  const stated = isRecord(retention) ? retention : {};
  return {
    known: isKnown([enabled, retention]),
    enabled: isTrue(enabled),
    mode: stated['Mode'],
    days: daysIn(stated),
    holdDays: daysIn(stated['DefaultEventHold']),
  };
}

/** Whether a bucket locks everything put into it, at least as strictly as `mode` and for as many days. */
export const locksFor = ({ enabled, mode, days, holdDays }: DefaultLock, asked: string, floorDays: number): boolean =>
  enabled && (mode === 'COMPLIANCE' || mode === asked) && Math.max(days, holdDays) >= floorDays;

/** S3 counts a year as 365 days, and refuses days and years at once. */
function daysIn(period: unknown): number {
  if (!isRecord(period)) return 0;
  const { Days: days, Years: years } = period;
  if (days !== undefined && years !== undefined) return 0;
  const found = years === undefined ? numberIn(days) : numberIn(years) * DAYS_OF_A_YEAR;
  return found > 0 ? found : 0;
}

const DAYS_OF_A_YEAR = 365;
