import type { DataClass } from '../../regions/config/schema';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { REC_01 } from './REC-01';
import { REC_02 } from './REC-02';
import { REC_03 } from './REC-03';
import { REC_04 } from './REC-04';
import { flawsIn, verdict } from './shared/flaws';
import { lockedCopy } from './shared/locked-copy';
import { bucketsToLock } from './shared/records';
import { classTagsOf } from './shared/tags';

const SAME_RULES = [REC_01, REC_02, REC_03, REC_04];

/** What a model writes down of a call is a record of it as the call is. */
export const REC_15: Control = {
  id: 'REC-15',
  title: 'Transcripts, voicemails and summaries of calls are kept by the same rules as recordings.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(b)(4); FINRA Regulatory Notice 24-09' },
    { authority: 'soc2', text: 'TSC 2017 C1.1' },
  ],
  severity: 'error',
  sources: ['F1', 'F6'],
  checkedOn: '2026-11-22',
  builds: 'A vault bucket of its own for transcripts, with the lock, guards and lifecycle of the one for recordings.',
  onTemplate:
    'Buckets of voicemails and transcripts meet lock, period, guard of the lock and accessible window of their own class; tables and log groups, which cannot be locked, deliver theirs to a bucket that does.',
  live: 's3:GetBucketObjectLockConfiguration; s3:GetBucketPolicy; s3:GetBucketLifecycleConfiguration',
  check: (evidence) => {
    const found = SAME_RULES.flatMap((control) => control.check(evidence).map((one) => ({ ...one, id: control.id })));
    const buckets = bucketsToLock(evidence, CLASSES).map(({ bucket }) => {
      const flaws = found.filter(({ resource }) => resource === bucket).flatMap((one) => flawsIn(one, `${one.id}: `));
      return verdict(bucket, flaws, 'it is kept by the rules of its class');
    });
    return [...buckets, ...CLASSES.flatMap((dataClass) => unlockable(evidence, dataClass))];
  },
};

const CLASSES = ['voicemail', 'transcript'] as const;

/** Stores that S3's lock does not reach keep a record only as long as somebody wants. */
function unlockable(evidence: Evidence, dataClass: DataClass): readonly Judgement[] {
  const { lockMode, floorDays } = evidence.scope.requirements[dataClass];
  if (!lockMode) return [];
  return evidence
    .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup')
    .filter((store) => classTagsOf(evidence, store).includes(dataClass))
    .map((store) => lockedCopy(evidence, store, { dataClass, lockMode, floorDays }));
}
