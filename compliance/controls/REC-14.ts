import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { AUD_01 } from './AUD-01';
import type { Answer, Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { denied } from './shared/denials';
import { flawsIn, hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { keepsAuditTrail, keptBuckets } from './shared/records';

function judge(evidence: Evidence, bucket: Resource, trails: readonly Judgement[]): Judgement {
  const deletion = denied(evidence, bucket, { actions: ['s3:DeleteObjectVersion'] }).answer;
  return verdict(
    bucket,
    [
      ...flaw(
        versioned(evidence, bucket),
        'it keeps no earlier versions; set VersioningConfiguration.Status to Enabled',
      ),
      ...trails.filter(({ resource }) => resource === bucket).flatMap((trail) => flawsIn(trail)),
      ...flaw(
        deletion,
        'its versions can be deleted; deny s3:DeleteObjectVersion to everybody but named roles that do not write',
      ),
    ],
    'it keeps every version, and a trail says who changed what and when',
  );
}

const versioned = (evidence: Evidence, bucket: Resource): Answer => {
  const status = evidence.at(bucket, 'VersioningConfiguration.Status');
  if (!isKnown(status)) return 'indeterminate';
  return status === 'Enabled' ? 'met' : 'unmet';
};

const flaw = (answer: Answer, message: string): readonly Flaw[] => {
  if (answer === 'met') return [];
  return [answer === 'unmet' ? wrong(message) : hidden(message)];
};

export const REC_14: Control = {
  id: 'REC-14',
  title:
    'Records kept by audit trail in place of a lock can be re-created as they were, with who changed them and when.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(f)(2)(i)(A)' }],
  severity: 'error',
  sources: ['F1'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: the kit locks its records.',
  onTemplate:
    'Buckets that frameworks want locked in COMPLIANCE mode and that are tagged voicecell:ers-mode audit-trail keep versions, have all reads and writes in a running trail as AUD-01 asks, and deny the deletion of versions to everybody but named principals that do not write.',
  live: 's3:GetBucketVersioning; cloudtrail:GetEventSelectors; s3:GetBucketPolicy',
  check: (evidence) => {
    const buckets = keptBuckets(evidence).filter(keepsAuditTrail);
    const trails = buckets.length > 0 ? AUD_01.check(evidence) : [];
    return buckets.map(({ bucket }) => judge(evidence, bucket, trails));
  },
};
