import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { lockOf } from './shared/object-lock';
import { isTrue } from './shared/records';
import { classTagsOf } from './shared/tags';

/** Who consented how is known from the record of the call: a recording that outlives it cannot be defended. */
export const PRV_02: Control = {
  id: 'PRV-02',
  title: 'Evidence of consent is kept at least as long as the recordings.',
  citations: [
    { authority: 'consent-law', text: '18 U.S.C. 2511 and state law on the consent of all parties' },
    { authority: 'soc2', text: 'TSC 2017 P2; P3.2' },
  ],
  severity: 'error',
  sources: ['C1'],
  checkedOn: '2026-11-22',
  builds: 'A ledger of calls without expiry that outlives its stack; the agent writes consent into it.',
  onTemplate:
    'Where recordings are kept, a table of the class cdr has no TTL and is retained with its stack, or a bucket of that class locks for as many days.',
  live: 'dynamodb:Query of a sampled call: consentMode, promptId, ts',
  check: (evidence) => {
    const recordings = evidence.holding('AWS::S3::Bucket', 'recording', 'voicemail');
    if (recordings.length === 0) return [];
    const stores = evidence.holding('AWS::S3::Bucket', 'cdr').map((bucket) => ofBucket(evidence, bucket));
    const tables = evidence
      .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
      .filter((table) => classTagsOf(evidence, table).includes('cdr'))
      .map((table) => ofTable(evidence, table));
    const kept = [...tables, ...stores];
    if (kept.some(({ answer }) => answer === 'met')) return kept.filter(({ answer }) => answer === 'met');
    return kept.length > 0 ? kept : recordings.map((bucket) => unmet(bucket, NOTHING));
  },
};

const NOTHING = 'nothing keeps evidence of consent to what is in it; add a table of the class cdr';

function ofTable(evidence: Evidence, table: Resource): Judgement {
  const expiry = evidence.at(table, 'TimeToLiveSpecification.Enabled');
  const policies = [table.body.DeletionPolicy, table.body.UpdateReplacePolicy];
  if (isTrue(expiry)) return unmet(table, 'evidence in it expires; switch TimeToLiveSpecification off');
  if (!isKnown(expiry)) return unclear(table, 'whether its items expire cannot be read; write it out');
  return policies.every((policy) => policy === 'Retain' || policy === 'RetainExceptOnCreate')
    ? met(table, 'it keeps evidence of consent without end')
    : unmet(table, 'it goes with its stack; set DeletionPolicy and UpdateReplacePolicy to Retain');
}

function ofBucket(evidence: Evidence, bucket: Resource): Judgement {
  const { recording, voicemail } = evidence.scope.requirements;
  const floorDays = Math.max(recording.floorDays, voicemail.floorDays);
  const { known, enabled, days } = lockOf(evidence, bucket);
  if (!known) return unclear(bucket, 'its lock cannot be read; write it out');
  return enabled && days > 0 && days >= floorDays
    ? met(bucket, `it keeps evidence of consent for ${days} days`)
    : unmet(bucket, `it does not lock evidence of consent for ${floorDays} days; set a default retention`);
}
