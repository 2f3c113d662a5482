import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { callTables } from './shared/call-tables';
import { flawsIn, hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { lockedCopy } from './shared/locked-copy';
import { isTrue } from './shared/records';

function judge(evidence: Evidence, table: Resource): Judgement {
  const { cdr, recording } = evidence.scope.requirements;
  const lockMode = cdr.lockMode ?? recording.lockMode ?? 'COMPLIANCE';
  const copy = lockedCopy(evidence, table, { dataClass: 'cdr', lockMode, floorDays: cdr.floorDays });
  return verdict(table, [...expiry(evidence, table), ...flawsIn(copy)], `no item expires, and ${copy.message}`);
}

/** Each item brings its own date, so that no template shows how long a table with a time to live keeps it. */
function expiry(evidence: Evidence, table: Resource): readonly Flaw[] {
  const specification = evidence.at(table, 'TimeToLiveSpecification');
  const enabled = evidence.at(table, 'TimeToLiveSpecification.Enabled');
  if (specification === undefined || enabled === false || enabled === 'false') return [];
  return isTrue(enabled) || isKnown(enabled)
    ? [wrong('its items expire on dates no template shows; take TimeToLiveSpecification away')]
    : [hidden('whether its items expire cannot be read; take TimeToLiveSpecification away')];
}

/** DynamoDB is not WORM, whatever its policies say. */
export const REC_16: Control = {
  id: 'REC-16',
  title: 'The data of calls is kept for its whole period, in a copy that nobody can change.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(b), (f)(2)(i); FINRA Rule 4511(b)' }],
  severity: 'error',
  sources: ['A1', 'F2'],
  checkedOn: '2026-11-22',
  builds:
    'A ledger whose items never expire, with point-in-time recovery, whose every change goes through a stream of a week and Data Firehose into a locked bucket with a second copy.',
  onTemplate:
    'Tables of class cdr have no time to live, and a stream, a scheduled export, or a function whose role may write leads from them to a bucket of class cdr with the lock asked of recordings, for the floor of cdr.',
  live: 'dynamodb:DescribeTimeToLive; firehose:DescribeDeliveryStream; s3:GetBucketObjectLockConfiguration',
  check: (evidence) =>
    evidence.scope.requirements.cdr.floorDays > 0 ? callTables(evidence).map((table) => judge(evidence, table)) : [],
};
