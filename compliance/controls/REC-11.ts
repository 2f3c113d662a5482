import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { covers, isAllow, roleStatements, type Statement } from './policy';
import { callTables } from './shared/call-tables';
import { isRoleHidden, mayOnObjects } from './shared/denials';
import { bucketsToLock } from './shared/records';
import { copiesIn } from './shared/replication';
import { perResource } from './shared/memo';

function judge(evidence: Evidence, table: Resource, vaults: readonly Resource[]): Judgement {
  const indexes = ['', ...evidence.list(table, INDEXES).map((_, at) => `${INDEXES}.${at}.`)];
  const found = indexes.map((index) => attributesOf(evidence, table, index));
  if (!found.some(({ person, date }) => PERSON.test(person) && DATE.test(`${person} ${date}`))) {
    if (!isKnown(evidence.at(table, INDEXES))) return unclear(table, 'its indexes cannot be read; write them out');
    // A name such as GSI1PK says nothing of what is in it.
    return found.some(({ person, date }) => date !== '' && isGeneric(person) && isGeneric(date))
      ? unclear(table, 'the names of its index keys do not tell what they hold; name them by person and date')
      : unmet(
          table,
          'it cannot be searched by person and date; add an index from agent or person to start of the call',
        );
  }
  const roles = evidence.ofType('AWS::IAM::Role').filter((role) => statementsOnQuery(evidence, role).length > 0);
  const exporter = roles.find((role) => canExport(evidence, role, table, vaults));
  if (exporter)
    return met(table, `it is indexed by person and date, and ${exporter.logicalId} finds and exports by it`);
  return roles.some((role) => isRoleHidden(evidence, role))
    ? unclear(table, 'what its readers may read cannot be read; write the resources of their policies out')
    : unmet(
        table,
        `no role may both find calls in it and read their records; allow ${QUERIES[0]} and s3:GetObject to one`,
      );
}

const INDEXES = 'GlobalSecondaryIndexes';

/** Attributes an index leads by, and sorts by. */
function attributesOf(
  evidence: Evidence,
  table: Resource,
  index: string,
): { readonly person: string; readonly date: string } {
  const keys = asList(evidence.at(table, `${index}KeySchema`)).filter(isRecord);
  const named = (kind: string): string => {
    const name = keys.find(({ KeyType: type }) => type === kind)?.['AttributeName'];
    return typeof name === 'string' ? name : '';
  };
  return { person: named('HASH'), date: named('RANGE') };
}

/** FINRA's words for whoever spoke, and engineers'. */
const PERSON = /agent|person|representative|\brep|user|employee|advis|broker|crd|staff|operator/i;
const DATE = /date|day|time|start|created|ended|at$|\bts\b|when|epoch/i;

const isGeneric = (name: string): boolean =>
  /^(?:gsi|lsi)?[\d_-]*(?:pk|sk|hash|range|key|sort|partition)\w*$/i.test(name);

const QUERIES = ['dynamodb:Query', 'dynamodb:PartiQLSelect', 'dynamodb:Scan'] as const;

const statementsOnQuery = perResource((evidence, role): readonly Statement[] =>
  roleStatements(evidence, role).filter(
    (statement) => isAllow(statement) && QUERIES.some((action) => covers(statement, action)),
  ),
);

const canExport = (evidence: Evidence, role: Resource, table: Resource, vaults: readonly Resource[]): boolean =>
  statementsOnQuery(evidence, role).some(({ resources }) =>
    resources.some((arn) => arn === '*' || evidence.denotes(arn.replace(OF_TABLE, ''), table)),
  ) && vaults.every((vault) => mayOnObjects(evidence, role, 's3:GetObject', vault));

/** `table/calls/index/byAgent` and `table/calls*` are the table's too. */
const OF_TABLE = /(?:\/index\/[^/]*|\/?\*)$/;

export const REC_11: Control = {
  id: 'REC-11',
  title: 'Records are catalogued by person and date, and can be found and exported by that.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(f)(3), (j)' },
    { authority: 'finra-taping', text: 'FINRA Rule 3170(c)' },
  ],
  severity: 'error',
  sources: ['F3', 'F4'],
  checkedOn: '2026-11-22',
  builds:
    'A ledger of calls with indexes by agent, person, number and day, which playback and the records officer query.',
  onTemplate:
    'A DynamoDB table of class cdr has a key or index whose names lead by a person and sort by a date, and one role may query it and read every bucket of records of its region.',
  live: 'dynamodb:DescribeTable; iam:SimulatePrincipalPolicy',
  check: (evidence) => {
    const copies = copiesIn(evidence);
    const vaults = bucketsToLock(evidence)
      .map(({ bucket }) => bucket)
      .filter((bucket) => !copies.has(bucket));
    const tables = callTables(evidence);
    // Each region has a ledger of its own records, and roles that reach those.
    const beside = (table: Resource): readonly Resource[] =>
      vaults.filter(({ stack }) => stack.region === table.stack.region);
    if (tables.length > 0) return tables.map((table) => judge(evidence, table, beside(table)));
    const remedy = 'keep a DynamoDB table of calls with the tag voicecell:data-class cdr';
    return vaults.map((vault) => unmet(vault, `nothing catalogues its records by person and date; ${remedy}`));
  },
};
