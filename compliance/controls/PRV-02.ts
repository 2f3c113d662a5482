import type { DataClass } from '../../regions/config/schema';
import { isKnown } from '../templates/evaluate';
import type { Resource, StackTemplate } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { lockOf } from './shared/object-lock';
import { isTrue } from './shared/records';
import { copiesIn } from './shared/replication';
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
    'In every region with recordings that are no replicas, a table of the class cdr has no TTL and is retained with its stack or, where there is none, a bucket of that class, no replica either, locks for as many days.',
  live: 'dynamodb:Query of a sampled call: consentMode, promptId, ts',
  check: (evidence) => {
    // A replica is served by what serves its source, and holds nothing of the calls of its own region.
    const replicas = copiesIn(evidence);
    const own = (...classes: readonly DataClass[]): readonly Resource[] =>
      evidence.holding('AWS::S3::Bucket', ...classes).filter((bucket) => !replicas.has(bucket));
    const recordings = own('recording', 'voicemail');
    return [...new Set(recordings.map(placeOf))].flatMap((place) => {
      const here = (resource: Resource): boolean => placesOf(evidence, resource).includes(place);
      const kept = keptIn(evidence, tablesOf(evidence).filter(here), own('cdr').filter(here));
      return kept.length > 0 ? kept : recordings.filter(here).map((bucket) => unmet(bucket, NOTHING));
    });
  },
};

const NOTHING = 'nothing in its region keeps evidence of consent to what is in it; add a table of the class cdr';

const tablesOf = (evidence: Evidence): readonly Resource[] =>
  evidence
    .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
    .filter((table) => classTagsOf(evidence, table).includes('cdr'));

/** Calls are written into a table where there is one; that a bucket is filled from it is REC-16's. */
function keptIn(evidence: Evidence, tables: readonly Resource[], buckets: readonly Resource[]): readonly Judgement[] {
  const judged =
    tables.length > 0
      ? tables.map((table) => ofTable(evidence, table))
      : buckets.map((bucket) => ofBucket(evidence, bucket));
  const good = judged.filter(({ answer }) => answer === 'met');
  return good.length > 0 ? good : judged;
}

/** A global table is in the region of every replica. */
const placesOf = (evidence: Evidence, table: Resource): readonly unknown[] => [
  placeOf(table),
  ...evidence.list(table, 'Replicas').map(({ Region: region }) => region),
];

/** Of stacks that say no region each is a place of its own: they need not be deployed together. */
const placeOf = ({ stack }: Resource): unknown => stack.region ?? rootOf(stack);

const rootOf = ({ parent, name }: StackTemplate): string => (parent ? rootOf(parent.stack) : name);

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
