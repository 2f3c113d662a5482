import { isKnown } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import type { Answer } from '../control';
import type { Evidence } from '../evidence';
import {
  bucketStatements,
  covers,
  isAllow,
  isBucketPolicyKnown,
  isDeny,
  isForAll,
  isPlain,
  roleStatements,
  type Condition,
  type Statement,
} from '../policy';
import { isExemption, isNamedPrincipal } from './exemptions';
import { overlap } from './globs';
import { perEvidence, perResource } from './memo';

/** Something a bucket's policy should deny to everybody but few named principals. */
export interface Prohibition {
  /** Each has to be denied, by one statement or by several. */
  readonly actions: readonly string[];
  /**
   * Whether what a denial asks of a request beside the principal leaves enough denied.
   * @default it may ask nothing
   */
  readonly when?: (conditions: readonly Condition[]) => boolean;
}

export interface Denied {
  readonly answer: Answer;
  /** An exemption that is too wide, where that is all that is wrong. */
  readonly exempt?: string;
}

/**
 * Whether a bucket's policy denies something on all its objects. Principals may be exempt by name, unless one of these
 * templates may write to the bucket: then the exemption is the way round the denial.
 */
export function denied(evidence: Evidence, bucket: Resource, { actions, when = isEmpty }: Prohibition): Denied {
  const statements = denialsOn(evidence, bucket);
  const fitting = actions.map((action) =>
    statements.filter((statement) => covers(statement, action) && when(statement.conditions.filter(isNotExemption))),
  );
  const tooWide = fitting.map((some) => some.map((statement) => wideExemption(evidence, statement, bucket)));
  if (tooWide.every((some) => some.includes(undefined))) return { answer: 'met' };
  if (!isBucketPolicyKnown(evidence, bucket)) return { answer: 'indeterminate' };
  const exempt = tooWide.every((some) => some.length > 0) ? tooWide.flat().find((one) => one !== undefined) : undefined;
  return { answer: 'unmet', ...(exempt ? { exempt } : {}) };
}

/** Plain denials to everybody on all objects. */
const denialsOn = perResource((evidence, bucket): readonly Statement[] =>
  bucketStatements(evidence, bucket).filter(
    (statement) =>
      isDeny(statement) && isPlain(statement) && isForAll(statement) && isOnObjects(evidence, statement, bucket),
  ),
);

const isEmpty = (conditions: readonly Condition[]): boolean => conditions.length === 0;

/** Exactly one fitting condition on a key, and no other but that the request carries the key. */
export function isOnlyOn(
  conditions: readonly Condition[],
  key: string,
  fits: (condition: Condition) => boolean,
): boolean {
  const others = conditions.filter(({ operator, values }) => !(operator === 'Null' && values.join('') === 'false'));
  return conditions.every((one) => one.key.toLowerCase() === key) && others.length === 1 && others.every(fits);
}

/** `arn/*`, `arn*` or `*`: a bucket's own ARN is none of its objects. */
const isOnObjects = (evidence: Evidence, { resources }: Statement, bucket: Resource): boolean =>
  resources.some(
    (resource) =>
      /^(?:\*|arn:[^:]+:s3:::\*)$/.test(resource) ||
      (ALL_OBJECTS.test(resource) && evidence.denotes(resource.replace(ALL_OBJECTS, ''), bucket)),
  );

const ALL_OBJECTS = /\/?\*$/;

const isNotExemption = (condition: Condition): boolean => !isExemption(condition);

/** Principals a denial does not touch. */
export const exemptOf = ({ conditions }: Statement): readonly string[] =>
  conditions.filter(isExemption).flatMap(({ values }) => values);

/** An exempt principal that is no named one, or a role that may write what the denial protects. */
const wideExemption = (evidence: Evidence, statement: Statement, bucket: Resource): string | undefined =>
  exemptOf(statement).find(
    (exempt) =>
      !(isNamedPrincipal(exempt) || IDENTITY_CENTER.test(exempt)) ||
      rolesMeantBy(evidence, exempt).some((role) => mayOnObjects(evidence, role, 's3:PutObject', bucket)),
  );

/** Roles of Identity Center stand in a path that names its region, or does not. */
const IDENTITY_CENTER = /:role\/aws-reserved\/sso\.amazonaws\.com\/\*\/[^/*?]{3}[^/]*$/;

function rolesMeantBy(evidence: Evidence, arn: string): readonly Resource[] {
  const found = meantBy(evidence);
  const roles = found.get(arn) ?? findRoles(evidence, arn);
  found.set(arn, roles);
  return roles;
}

/** Policies of many buckets exempt the same roles. */
const meantBy = perEvidence(() => new Map<string, readonly Resource[]>());

function findRoles(evidence: Evidence, arn: string): readonly Resource[] {
  const pattern = arn.split('/').at(-1) ?? '';
  if (!/[*?]/.test(pattern)) return evidence.allOf(arn, ROLE);
  const fits = (name: string | undefined): boolean => name !== undefined && overlap(pattern, name);
  return evidence.ofType(ROLE).filter((role) => evidence.denotes(arn, role) || fits(evidence.nameOf(role)));
}

const ROLE = 'AWS::IAM::Role';

/** Whether a role is allowed an action on objects of a bucket, some or all. */
export const mayOnObjects = (evidence: Evidence, role: Resource, action: string, bucket: Resource): boolean =>
  roleStatements(evidence, role).some(
    (statement) => isAllow(statement) && covers(statement, action) && touches(evidence, statement, bucket),
  );

/** Whether a role may be allowed more than can be read. */
export const isRoleHidden = (evidence: Evidence, role: Resource): boolean =>
  !isKnown(evidence.at(role, 'Policies')) || !roleStatements(evidence, role).every(isPlain);

/** Whether a statement is about objects of a bucket. */
export const touches = (evidence: Evidence, { resources, notResources }: Statement, bucket: Resource): boolean =>
  notResources.length > 0 ||
  resources.some((resource) => {
    const [head = ''] = HEAD.exec(resource) ?? [];
    return resource === '*' || evidence.denotes(head.replace(/\*$/, ''), bucket);
  });

/** The bucket of an ARN of objects: a token, in which a slash may stand, or all before the first slash. */
const HEAD = /^(?:\u{FFFC}[^\u{FFFC}]*\u{FFFC}|[^/\u{FFFC}]*)/u;
