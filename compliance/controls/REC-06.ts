import { met, unclear, unmet, type Control } from './control';
import { denied } from './shared/denials';
import { keptBuckets, type BucketRule } from './shared/records';

const judge: BucketRule = (evidence, { bucket }) => {
  const { answer, exempt } = denied(evidence, bucket, { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'] });
  if (answer === 'met') return [met(bucket, 'its policy denies deletion to everybody but named principals')];
  if (answer === 'indeterminate') return [unclear(bucket, 'its policy cannot be read in full; write its denials out')];
  if (exempt) return [unmet(bucket, `its policy lets ${exempt} delete; exempt no wildcard and no role that writes`)];
  const remedy = 'deny s3:DeleteObject and s3:DeleteObjectVersion on all its objects to Principal *';
  return [unmet(bucket, `a delete hides a record even while it is locked; ${remedy}`)];
};

/** A delete marker is no deletion to S3, so the lock lets it pass and the record is gone for whoever looks for it. */
export const REC_06: Control = {
  id: 'REC-06',
  title: 'Nobody deletes or hides a record; only the lifecycle rules dispose of it.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
    { authority: 'finra', text: '17 CFR 240.17a-4(f)(2)(i)' },
  ],
  severity: 'error',
  sources: ['A1'],
  checkedOn: '2026-11-22',
  builds: 'Bucket policies that deny deletion to everybody but the break-glass role.',
  onTemplate:
    'The bucket’s policy denies deletion of objects and of versions to everybody but named principals that do not write to it.',
  live: 's3:GetBucketPolicy',
  check: (evidence) =>
    keptBuckets(evidence, ['recording', 'voicemail', 'transcript', 'cdr', 'posture']).flatMap((kept) =>
      judge(evidence, kept),
    ),
};
