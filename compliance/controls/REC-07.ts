import { met, unclear, unmet, type Control } from './control';
import { denied, isOnlyOn, type Prohibition } from './shared/denials';
import { DEFAULT_RETENTION, lockOf } from './shared/object-lock';
import { keptBuckets, type BucketRule } from './shared/records';

const judge: BucketRule = (evidence, { bucket, requirement }) => {
  const { clock, floorDays } = requirement;
  if (clock !== 'event') return [];
  const { known, enabled, holdDays } = lockOf(evidence, bucket);
  if (!known) return [unclear(bucket, 'its event hold cannot be read; write DefaultEventHold.Days out')];
  if (!enabled || holdDays < floorDays)
    return [unmet(bucket, `${held(holdDays)}; set ${DEFAULT_RETENTION}.DefaultEventHold.Days to ${floorDays}`)];
  const release = [SETTING_RETENTION, RELEASE].map((prohibition) => denied(evidence, bucket, prohibition));
  if (release.some(({ answer }) => answer === 'met'))
    return [
      met(bucket, `it holds records until the event and ${holdDays} days more; only named principals release them`),
    ];
  if (release.some(({ answer }) => answer === 'indeterminate'))
    return [unclear(bucket, 'who may release its holds cannot be read; write the denials of its policy out')];
  return [
    unmet(
      bucket,
      'whoever may upload releases a hold; deny s3:object-lock-event-hold OFF to all but a records officer',
    ),
  ];
};

const held = (days: number): string =>
  days > 0 ? `it keeps records for ${days} days from the event` : 'no event starts its clock';

/** A hold is released by setting retention anew, on the object or in the headers of an upload. */
const SETTING_RETENTION: Prohibition = { actions: ['s3:PutObjectRetention'] };

const RELEASE: Prohibition = {
  actions: ['s3:PutObject', 's3:PutObjectRetention'],
  when: (conditions) =>
    isOnlyOn(
      conditions,
      's3:object-lock-event-hold',
      ({ operator, values }) => /^StringEquals(?:IgnoreCase)?$/.test(operator) && values.includes('OFF'),
    ),
};

export const REC_07: Control = {
  id: 'REC-07',
  title: 'Where the period counts from an event, records are held until it and for the whole period after it.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(e)(5); FINRA Rule 4511(b)' },
    { authority: 'hipaa', text: '45 CFR 164.316(b)(2)(i)' },
  ],
  severity: 'error',
  sources: ['A1', 'A3'],
  checkedOn: '2026-11-22',
  builds: 'A default event hold of the floor on the posture vault and its copy; only the records officer releases it.',
  onTemplate:
    'Buckets of a class whose clock is an event have a default event hold of at least the floor, and their policy denies its release to everybody but named principals that do not write.',
  live: 's3:GetBucketObjectLockConfiguration (SDK of October 2026 or later); s3:GetBucketPolicy',
  check: (evidence) => keptBuckets(evidence).flatMap((kept) => judge(evidence, kept)),
};
