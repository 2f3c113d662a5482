import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import { DATA_CLASS_TAG, type Evidence } from './evidence';
import { attested } from './shared/attested';
import { tagValue } from './shared/tags';

/**
 * What principals reviewed is a record of its own: reviewer, item, date and action. A queue forgets it after 14 days. A firm
 * under the Taping Rule reviews its recordings and reports on that every quarter.
 */
export const GOV_08: Control = {
  id: 'GOV-08',
  title: 'Supervisory review of calls leaves evidence that is kept.',
  citations: [
    { authority: 'finra', text: 'FINRA Rule 3110(b)(4); 3110.06-.09' },
    { authority: 'finra-taping', text: 'FINRA Rule 3170' },
  ],
  severity: 'error',
  sources: ['F3', 'F7'],
  checkedOn: '2026-11-22',
  builds: 'Nothing yet: reviews take place where the attestation says.',
  onTemplate:
    'A table with a class of records has review or supervision in its name or in that of an index and survives its stack, or an attestation with the id GOV-08 or supervisory-review says where reviews are kept.',
  live: 'dynamodb:DescribeTable',
  check: (evidence) => {
    const tables = evidence.ofType(...TABLES).filter((table) => isForReview(evidence, table));
    if (tables.length > 0) return tables.map((table) => judge(evidence, table));
    return evidence.set.resources.length > 0 ? [attested(evidence, REVIEWED)] : [];
  },
};

const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'] as const;

const REVIEWED = {
  ids: ['GOV-08', 'supervisory-review'],
  what: 'principals review calls and the evidence is kept (no table of reviews is on the templates)',
} as const;

/** A code review is none: the table holds records. */
function isForReview(evidence: Evidence, table: Resource): boolean {
  const indexes = evidence.list(table, 'GlobalSecondaryIndexes').map(({ IndexName: name }) => String(name));
  const names = [table.logicalId, evidence.nameOf(table) ?? '', ...indexes];
  return (
    names.some((name) => /review|supervis/i.test(name)) &&
    (evidence.dataClassOf(table) !== undefined || !isKnown(tagValue(evidence, table, DATA_CLASS_TAG)))
  );
}

function judge(evidence: Evidence, table: Resource): Judgement {
  const expires = evidence.at(table, 'TimeToLiveSpecification.Enabled');
  const { DeletionPolicy: policy } = table.body;
  if (expires === true || expires === 'true')
    return unmet(table, 'reviews in it expire by TTL; switch TimeToLiveSpecification off');
  if (typeof policy !== 'string' || !policy.startsWith('Retain'))
    return unmet(table, 'it goes with its stack; set DeletionPolicy to Retain');
  return isKnown([expires, tagValue(evidence, table, DATA_CLASS_TAG)])
    ? met(table, 'it keeps what was reviewed')
    : unclear(table, 'its class or TTL cannot be read; write them out');
}
