import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import type { Evidence } from './evidence';
import { perEvidence, perResource } from './shared/memo';
import { fits } from './wildcard';

/** A statement of a policy with its one-or-many fields as lists. Not known parts hold UNKNOWN. */
export interface Statement {
  readonly effect: string;
  /** `*`, account ids, ARNs, tokens, `service:s3.amazonaws.com`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /** Everything but these: `NotAction`. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Operator, key, values: `StringNotEquals`, `aws:PrincipalArn`, […]. */
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Statements of an evaluated policy document. */
export function statementsIn(document: unknown): readonly Statement[] {
  if (!isRecord(document)) return [];
  const known = READ.get(document);
  if (known) return known;
  const statements = many(document['Statement']).filter(isRecord).map(statementOf);
  READ.set(document, statements);
  return statements;
}

/** By document: many controls ask. */
const READ = new WeakMap<object, readonly Statement[]>();

/** Bucket policies by the buckets that they are of. */
const policiesByBucket = perEvidence((evidence): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const policy of evidence.ofType('AWS::S3::BucketPolicy')) {
    const target = evidence.at(policy, 'Bucket');
    if (typeof target !== 'string') continue;
    for (const bucket of evidence.allOf(target, 'AWS::S3::Bucket'))
      found.set(bucket, [...(found.get(bucket) ?? []), policy]);
  }
  return found;
});

/** Statements of all bucket policies of a bucket. */
export const bucketStatements = perResource((evidence, bucket): readonly Statement[] =>
  (policiesByBucket(evidence).get(bucket) ?? []).flatMap((policy) =>
    statementsIn(evidence.at(policy, 'PolicyDocument')),
  ),
);

/** Whether nothing more may be said of a bucket than can be read: a policy of a hidden bucket may be of this one. */
export const isBucketPolicyKnown = perResource(
  (evidence, bucket) =>
    !hasStrayPolicy(evidence) &&
    (policiesByBucket(evidence).get(bucket) ?? []).every((policy) => isKnown(evidence.at(policy, 'PolicyDocument'))),
);

const hasStrayPolicy = perEvidence((evidence) =>
  evidence.ofType('AWS::S3::BucketPolicy').some((policy) => !isKnown(evidence.at(policy, 'Bucket'))),
);

/** Statements of a KMS key's own policy. */
export const keyStatements = (evidence: Evidence, key: Resource): readonly Statement[] =>
  statementsIn(evidence.at(key, 'KeyPolicy'));

/** Statements of a role: inline ones, and those of managed policies of these templates that are attached either way. */
export const roleStatements = perResource((evidence, role): readonly Statement[] => {
  const inline = evidence.list(role, 'Policies').flatMap((policy) => statementsIn(policy['PolicyDocument']));
  const attached = new Set([
    ...(policiesByRole(evidence).get(role) ?? []),
    ...asList(evidence.at(role, 'ManagedPolicyArns')).flatMap((arn) => evidence.resourceOf(arn, MANAGED) ?? []),
  ]);
  return [...inline, ...[...attached].flatMap((policy) => statementsIn(evidence.at(policy, 'PolicyDocument')))];
});

const MANAGED = 'AWS::IAM::ManagedPolicy';

/** Policies that name their roles, found once: every role asks. */
const policiesByRole = perEvidence((evidence): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const policy of evidence.ofType('AWS::IAM::Policy', MANAGED))
    for (const name of asList(evidence.at(policy, 'Roles'))) {
      const role = evidence.resourceOf(name, 'AWS::IAM::Role');
      if (role) found.set(role, [...(found.get(role) ?? []), policy]);
    }
  return found;
});

/** Whether a statement is about an action (`s3:PutObject`), by name or by pattern, case aside as IAM has it. */
export const covers = ({ actions, notActions }: Statement, action: string): boolean =>
  actions.some((pattern) => actionMatches(pattern, action)) ||
  (notActions.length > 0 && !notActions.some((pattern) => actionMatches(pattern, action)));

export const isDeny = ({ effect }: Statement): boolean => effect === 'Deny';

export const isAllow = ({ effect }: Statement): boolean => effect === 'Allow';

/** Whether everybody is meant. */
export const isForAll = ({ principals }: Statement): boolean => principals.includes('*');

/** Conditions on a key, case aside as IAM has it. */
export const conditionsOn = ({ conditions }: Statement, key: string): readonly Condition[] =>
  conditions.filter((condition) => condition.key.toLowerCase() === key.toLowerCase());

/** Whether nothing of the statement is hidden. */
export function isPlain(statement: Statement): boolean {
  const known = PLAIN.get(statement) ?? isKnown(statement);
  PLAIN.set(statement, known);
  return known;
}

/** By statement: many controls ask. */
const PLAIN = new WeakMap<Statement, boolean>();

const actionMatches = (pattern: string, action: string): boolean =>
  pattern === action || pattern === '*' || fits(pattern.toLowerCase(), action.toLowerCase());

function statementOf(statement: Readonly<Record<string, unknown>>): Statement {
  const texts = (key: string): string[] => many(statement[key]).map(String);
  return {
    effect: String(statement['Effect']),
    principals: principalsOf(statement['Principal']),
    actions: texts('Action'),
    notActions: texts('NotAction'),
    resources: texts('Resource'),
    notResources: texts('NotResource'),
    conditions: conditionsOf(statement['Condition']),
  };
}

function principalsOf(principal: unknown): string[] {
  if (!isRecord(principal)) return many(principal).map(String);
  return Object.entries(principal).flatMap(([kind, values]) =>
    many(values).map((value) => (kind === 'AWS' ? String(value) : `${kind.toLowerCase()}:${String(value)}`)),
  );
}

const conditionsOf = (condition: unknown): Condition[] =>
  isRecord(condition)
    ? Object.entries(condition).flatMap(([operator, keys]) =>
        isRecord(keys)
          ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: many(values).map(String) }))
          : [],
      )
    : [];

const many = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};
