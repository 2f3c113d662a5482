import type { Resource } from '../templates/template-set';
import { met, overall, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { lockOf, locksFor } from './shared/object-lock';

export const GOV_05: Control = {
  id: 'GOV-05',
  title: 'Posture reports are kept, locked, as long as documentation must be.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.316(b)(2)(i)' },
    { authority: 'soc2', text: 'TSC 2017 CC8.1' },
  ],
  severity: 'error',
  sources: ['S1'],
  checkedOn: '2026-11-22',
  builds: 'A posture vault, locked for the floor from the day a report is superseded, with a second copy.',
  onTemplate: 'A bucket of the class posture has Object Lock and a default retention of at least the required days.',
  live: 's3:GetBucketObjectLockConfiguration; s3:HeadObject of a sampled report',
  check: (evidence) => {
    const { floorDays } = evidence.scope.requirements.posture;
    const buckets = evidence.holding('AWS::S3::Bucket', 'posture');
    if (buckets.length > 0) return buckets.map((bucket) => judge(evidence, bucket, floorDays));
    if (floorDays === 0 || evidence.set.resources.length === 0) return [];
    return [overall('unmet', `no bucket of the class posture keeps reports for ${floorDays} days; add one, locked`)];
  },
};

/** Either mode will do where no framework asks for WORM: what counts is that nobody loses them by mistake. */
function judge(evidence: Evidence, bucket: Resource, floorDays: number): Judgement {
  const lock = lockOf(evidence, bucket);
  const mode = evidence.scope.requirements.posture.lockMode ?? 'GOVERNANCE';
  if (!lock.known) return unclear(bucket, 'its lock cannot be read; write ObjectLockEnabled, Mode and Days out');
  if (!lock.enabled)
    return unmet(bucket, 'reports in it can be deleted; set ObjectLockEnabled and a default retention');
  const days = Math.max(lock.days, lock.holdDays);
  return locksFor(lock, mode, floorDays)
    ? met(bucket, `it keeps reports for ${days} days`)
    : unmet(bucket, `it locks for ${days} days in mode ${shown(lock.mode)}; set ${floorDays} days in mode ${mode}`);
}
