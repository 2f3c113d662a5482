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

/** All that each role is allowed and denied by its own policies. */
export function rolePolicies(evidence: Evidence): (role: Resource) => RolePolicies {
  const attachments = attachmentsIn(evidence);
  return (role) => {
    const arns = listAt(evidence, role, 'ManagedPolicyArns');
    const named = arns.flatMap((arn) => evidence.resourceOf(arn, MANAGED) ?? []);
    const attached = [...new Set([...(attachments.get(role) ?? []), ...named])];
    const documents = [...inlineOf(evidence, role), ...attached.map((policy) => evidence.at(policy, 'PolicyDocument'))];
    return {
      statements: documents.flatMap((document) => statementsIn(document)),
      managedByAws: arns.flatMap((arn) => AWS_POLICY.exec(String(arn))?.[1] ?? []),
      isHidden:
        arns.some((arn) => !AWS_POLICY.test(String(arn)) && !evidence.resourceOf(arn, MANAGED)) ||
        !documents.every(isWritten),
    };
  };
}

const MANAGED = 'AWS::IAM::ManagedPolicy';

/** Policies by the roles that they name. */
function attachmentsIn(evidence: Evidence): ReadonlyMap<Resource, readonly Resource[]> {
  const attachments = new Map<Resource, Resource[]>();
  for (const policy of evidence.ofType('AWS::IAM::Policy', MANAGED, 'AWS::IAM::RolePolicy'))
    for (const name of [...listAt(evidence, policy, 'Roles'), ...listAt(evidence, policy, 'RoleName')]) {
      const role = evidence.resourceOf(name, 'AWS::IAM::Role');
      if (role) attachments.set(role, [...(attachments.get(role) ?? []), policy]);
    }
  return attachments;
}

/** The partition before it may be unknown. */
const AWS_POLICY = /:iam::aws:policy\/(?:[\w-]+\/)*([\w-]+)$/;

const inlineOf = (evidence: Evidence, role: Resource): readonly unknown[] =>
  listAt(evidence, role, 'Policies').map((policy) => (isRecord(policy) ? policy['PolicyDocument'] : policy));

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
