import type { HeadObjectCommandOutput, ObjectLockRetention } from '@aws-sdk/client-s3';
import type { Lock } from './model';

/** S3 counts a year of a hold as 365 days (S3 user guide, "Managing Object Lock"). */
const DAYS_OF_A_YEAR = 365;

interface Told {
  readonly mode: string | undefined;
  readonly until: Date | undefined;
  readonly eventHold: string | undefined;
  readonly days: number | undefined;
  readonly years: number | undefined;
}

const lockOf = ({ mode, until, eventHold, days, years = 0 }: Told): Lock => ({
  ...(mode ? { mode } : {}),
  ...(until ? { until } : {}),
  ...(eventHold === 'ON' ? { eventHoldDays: days ?? years * DAYS_OF_A_YEAR } : {}),
});

export const lockOfHead = (head: HeadObjectCommandOutput): Lock =>
  lockOf({
    mode: head.ObjectLockMode,
    until: head.ObjectLockRetainUntilDate,
    eventHold: head.ObjectLockEventHold,
    days: head.ObjectLockEventHoldDurationDays,
    years: head.ObjectLockEventHoldDurationYears,
  });

export const lockOfRetention = ({ Mode, RetainUntilDate, EventHold, EventHoldDuration }: ObjectLockRetention): Lock =>
  lockOf({
    mode: Mode,
    until: RetainUntilDate,
    eventHold: EventHold,
    days: EventHoldDuration?.Days,
    years: EventHoldDuration?.Years,
  });
