import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { statementsIn, type Statement } from '../policy';

export interface RolePolicies {
  readonly statements: readonly Statement[];
  /** Names of policies that AWS wrote, such as `AmazonS3FullAccess`. */
  readonly managedByAws: readonly string[];
  /** Whether there is more than can be read: a policy of elsewhere, a condition around a statement. */
  readonly isHidden: boolean;
}

/** All that a role is allowed and denied by its own policies. */
export function policiesOf(evidence: Evidence, role: Resource): RolePolicies {
  const arns = listAt(evidence, role, 'ManagedPolicyArns');
  const documents = [...inlineOf(evidence, role), ...attachedTo(evidence, role, arns)];
  const managedByAws = arns.flatMap((arn) => AWS_POLICY.exec(String(arn))?.[1] ?? []);
  const isElsewhere = (arn: unknown): boolean =>
    !AWS_POLICY.test(String(arn)) && !evidence.resourceOf(arn, 'AWS::IAM::ManagedPolicy');
  return {
    statements: documents.flatMap((document) => statementsIn(document)),
    managedByAws,
    isHidden: arns.some(isElsewhere) || !documents.every(isWritten),
  };
}

/** The partition before it may be unknown. */
const AWS_POLICY = /:iam::aws:policy\/(?:[\w-]+\/)*([\w-]+)$/;

const inlineOf = (evidence: Evidence, role: Resource): readonly unknown[] =>
  listAt(evidence, role, 'Policies').map((policy) => (isRecord(policy) ? policy['PolicyDocument'] : policy));

const attachedTo = (evidence: Evidence, role: Resource, arns: readonly unknown[]): readonly unknown[] =>
  evidence
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
    .filter((policy) => {
      const roles = [...listAt(evidence, policy, 'Roles'), ...listAt(evidence, policy, 'RoleName')];
      return isAmong(evidence, roles, role) || isAmong(evidence, arns, policy);
    })
    .map((policy) => evidence.at(policy, 'PolicyDocument'));

const isAmong = (evidence: Evidence, texts: readonly unknown[], resource: Resource): boolean =>
  texts.some((text) => typeof text === 'string' && evidence.denotes(text, resource));

/** A list, or what stands in its place as its one entry. */
function listAt(evidence: Evidence, resource: Resource, path: string): readonly unknown[] {
  const value = evidence.at(resource, path);
  if (value === undefined) return [];
  return Array.isArray(value) ? asList(value) : [value];
}

/** Whether every statement of a policy document is there to be read. */
export function isWritten(document: unknown): boolean {
  if (!isRecord(document)) return false;
  const statements = document['Statement'];
  return isKnown(Array.isArray(statements) ? statements.filter((one) => !isRecord(one)) : isRecord(statements));
}
