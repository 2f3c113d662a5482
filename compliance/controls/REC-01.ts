import { isKnown } from '../templates/evaluate';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { overLocked, type KeptBucket } from './shared/records';

/** The merge decides the mode: COMPLIANCE where any framework asks for WORM, GOVERNANCE where integrity is enough. */
export const REC_01: Control = {
  id: 'REC-01',
  title: 'Recordings, voicemails and transcripts are stored so that nobody can overwrite or delete them.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(f)(2)(i)(B); FINRA Rule 4511(c)' },
    { authority: 'finra-taping', text: 'FINRA Rule 3170(c)' },
    { authority: 'hipaa', text: '45 CFR 164.312(c)(1)' },
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
  ],
  severity: 'fatal',
  sources: ['A1', 'F1'],
  checkedOn: '2026-11-22',
  builds: 'Vault buckets with Object Lock and a default retention in the mode the frameworks ask for.',
  onTemplate: 'Object Lock is enabled with a default retention whose mode is at least the required one.',
  live: 's3:GetBucketObjectLockConfiguration; s3:HeadObject of sampled versions',
  check: overLocked(judge),
};

const RETENTION = 'ObjectLockConfiguration.Rule.DefaultRetention';

function judge(evidence: Evidence, { bucket, requirement: { lockMode: wanted } }: KeptBucket): Judgement[] {
  const enabled = evidence.at(bucket, 'ObjectLockEnabled');
  const mode = evidence.at(bucket, `${RETENTION}.Mode`);
  if (!isKnown([enabled, mode]))
    return [unclear(bucket, 'its lock cannot be read; write ObjectLockEnabled and Mode out')];
  if (enabled !== true && enabled !== 'true') return [unmet(bucket, 'it has no Object Lock; set ObjectLockEnabled')];
  if (mode === 'COMPLIANCE' || mode === wanted) return [met(bucket, `it locks in ${shown(mode)} mode`)];
  const got = mode === undefined ? 'it has no default retention' : `its default mode is ${shown(mode)}`;
  return [unmet(bucket, `${got}; set ${RETENTION}.Mode to ${wanted}`)];
}
