import { becauseOf } from '../requirements';
import { met, shown, unclear, unmet, type Control } from './control';
import { DEFAULT_RETENTION, lockOf } from './shared/object-lock';
import { overLocked, type BucketRule } from './shared/records';

const judge: BucketRule = (evidence, { bucket, requirement }) => {
  const { known, enabled, days, holdDays } = lockOf(evidence, bucket);
  const { floorDays } = requirement;
  const isEvent = requirement.clock === 'event';
  const part = isEvent ? `${DEFAULT_RETENTION}.DefaultEventHold` : DEFAULT_RETENTION;
  if (!known) return [unclear(bucket, `its retention cannot be read; write ${part}.Days out`)];
  // A hold runs before its days do, so that it never keeps for less than the same days from the making.
  const kept = enabled ? Math.max(isEvent ? 0 : days, holdDays) : 0;
  const asked = `${floorDays} days are asked by ${becauseOf(requirement)}`;
  if (kept >= floorDays) return [met(bucket, `it locks for ${kept} days; ${asked}`)];
  const got = enabled ? shown(evidence.at(bucket, part)) : 'no Object Lock';
  return [unmet(bucket, `its lock of ${kept} days (${got}) is too short; ${asked}; set ${part}.Days to ${floorDays}`)];
};

/** The calendar decides: six years are up to 2192 days, and S3 takes `Years: 6` for 2190. */
export const REC_02: Control = {
  id: 'REC-02',
  title: 'Records are locked for at least as long as the frameworks ask.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(b)(4); FINRA Rule 4511(b)' },
    { authority: 'finra-taping', text: 'FINRA Rule 3170(c)' },
    { authority: 'hipaa', text: '45 CFR 164.316(b)(2)(i)' },
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
  ],
  severity: 'error',
  sources: ['A1', 'A3', 'F2'],
  checkedOn: '2026-11-22',
  builds: 'Vault buckets whose default retention is the plan’s calendar days of their class.',
  onTemplate:
    'The default retention in days, or in years of 365 days, reaches the floor of the class; by the event hold where the clock is an event.',
  live: 's3:GetBucketObjectLockConfiguration; s3:HeadObject of sampled versions',
  check: overLocked(judge),
};
