import { met, unclear, unmet, type Answer, type Control } from './control';
import { denied, isOnlyOn, type Prohibition } from './shared/denials';
import { lockOf } from './shared/object-lock';
import { numberIn, overLocked, type BucketRule } from './shared/records';

const UPLOAD = ['s3:PutObject', 's3:PutObjectRetention'];

const judge: BucketRule = (evidence, { bucket, requirement: { lockMode = 'COMPLIANCE', floorDays } }) => {
  const retention = denied(evidence, bucket, { actions: ['s3:PutObjectRetention'] });
  const mode = denied(evidence, bucket, weakerModes(lockMode));
  const days = denied(evidence, bucket, fewerDays(floorDays));
  const lock = lockOf(evidence, bucket);
  const byDefault = lock.enabled && lock.mode !== undefined ? 'met' : 'unmet';
  const byHeaders = worst(mode.answer, days.answer);
  const byDenial = worst(retention.answer, lock.known ? byDefault : 'indeterminate');
  if (byHeaders === 'met') return [met(bucket, 'its policy refuses locks that are weaker or shorter')];
  if (byDenial === 'met') return [met(bucket, 'its policy lets nobody set a lock, so that the default holds')];
  if (byHeaders === 'indeterminate' || byDenial === 'indeterminate')
    return [unclear(bucket, 'its policy cannot be read in full; write the denials of lock headers out')];
  const exempt = retention.exempt ?? days.exempt ?? mode.exempt;
  if (exempt) return [unmet(bucket, `its policy exempts ${exempt}; exempt no wildcard and no role that writes`)];
  return [unmet(bucket, `an upload’s lock headers override the default; ${REMEDY}`)];
};

const REMEDY = 'deny s3:PutObjectRetention on its objects to Principal *, and set a default retention';

const worst = (...answers: readonly Answer[]): Answer =>
  (['unmet', 'indeterminate'] as const).find((answer) => answers.includes(answer)) ?? 'met';

const weakerModes = (lockMode: string): Prohibition => ({
  actions: UPLOAD,
  when: (conditions) =>
    isOnlyOn(conditions, 's3:object-lock-mode', ({ operator, values }) => {
      const allowed = lockMode === 'COMPLIANCE' ? ['COMPLIANCE'] : ['COMPLIANCE', 'GOVERNANCE'];
      return (
        /^StringNotEquals(?:IgnoreCase)?(?:IfExists)?$/.test(operator) &&
        values.every((value) => allowed.includes(value))
      );
    }),
});

const fewerDays = (floorDays: number): Prohibition => ({
  actions: UPLOAD,
  when: (conditions) =>
    isOnlyOn(conditions, 's3:object-lock-remaining-retention-days', ({ operator, values }) => {
      // Several values are alternatives: the greatest decides.
      const below = Math.max(...values.map(numberIn));
      if (/^NumericLessThan(?:IfExists)?$/.test(operator)) return below >= floorDays;
      return /^NumericLessThanEquals(?:IfExists)?$/.test(operator) && below >= floorDays - 1;
    }),
});

export const REC_03: Control = {
  id: 'REC-03',
  title: 'Whoever writes a record cannot give it a weaker or shorter lock than the bucket’s default.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(f)(2)(i)(B)' },
    { authority: 'hipaa', text: '45 CFR 164.312(c)(1)' },
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
  ],
  severity: 'error',
  sources: ['A1', 'A2'],
  checkedOn: '2026-11-22',
  builds:
    'Bucket policies that deny lock headers to everybody but the records officer, and weaker or shorter locks besides.',
  onTemplate:
    'The bucket’s policy denies everybody but named principals that do not write either s3:PutObjectRetention, with a default retention set, or uploads and retentions of a weaker mode and of fewer days than the floor.',
  live: 's3:GetBucketPolicy; s3:HeadObject of sampled versions',
  check: overLocked(judge),
};
