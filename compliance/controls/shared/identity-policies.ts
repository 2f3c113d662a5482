import { isKnown } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { roleStatements, statementsIn, type Statement } from '../policy';
import { perEvidence, perResource } from './memo';
import { everyAt } from './places';

/** Where types of IAM hold policies that give rights to a principal. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::IAM::Group': 'Policies.*.PolicyDocument',
  'AWS::IAM::GroupPolicy': 'PolicyDocument',
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::Role': 'Policies.*.PolicyDocument',
  'AWS::IAM::RolePolicy': 'PolicyDocument',
  'AWS::IAM::User': 'Policies.*.PolicyDocument',
  'AWS::IAM::UserPolicy': 'PolicyDocument',
  'AWS::SSO::PermissionSet': 'InlinePolicy',
};

/** Resources that give rights, but for policies that only bound them. */
export const rightsGivers = perEvidence((evidence): readonly Resource[] => {
  const bounds = boundsOf(evidence);
  return evidence.ofType(...Object.keys(DOCUMENTS)).filter((resource) => !bounds.has(resource));
});

export interface OwnStatements {
  readonly statements: readonly Statement[];
  /** Whether there may be statements that cannot be read. */
  readonly isHidden: boolean;
}

export const ownStatements = perResource((evidence, resource): OwnStatements => {
  const documents = everyAt(evidence, resource, DOCUMENTS[resource.type] ?? '').map(parsed);
  const isHidden = documents.some((document) => !isRecord(document) || !isReadable(document['Statement']));
  return { statements: documents.flatMap(statementsIn), isHidden };
});

/** A document as it stands, or written as JSON in a text. */
export function parsed(document: unknown): unknown {
  if (typeof document !== 'string' || !isKnown(document)) return document;
  try {
    return JSON.parse(document) as unknown;
  } catch {
    return document;
  }
}

const isReadable = (statements: unknown): boolean =>
  Array.isArray(statements) ? statements.every(isRecord) : isRecord(statements) || statements === undefined;

/** Whether whoever holds the rights of a resource is under a statement: its own, one beside it, or an organization's. */
export function isUnder(evidence: Evidence, resource: Resource, test: (statement: Statement) => boolean): boolean {
  const own = ownStatements(evidence, resource).statements;
  if (own.some(test) || organizationStatements(evidence, SERVICE_CONTROL).some(test)) return true;
  const roles = resource.type === 'AWS::IAM::Role' ? [resource] : holdersOf(evidence, resource);
  return roles.length > 0 && roles.every((role) => statementsOver(evidence, role).some(test));
}

const statementsOver = (evidence: Evidence, role: Resource): readonly Statement[] => [
  ...roleStatements(evidence, role),
  ...everyAt(evidence, role, 'PermissionsBoundary')
    .flatMap((boundary) => evidence.resourceOf(boundary, 'AWS::IAM::ManagedPolicy') ?? [])
    .flatMap((boundary) => ownStatements(evidence, boundary).statements),
];

/** Roles that hold a policy; none when somebody else holds it too. */
function holdersOf(evidence: Evidence, policy: Resource): readonly Resource[] {
  const others = ['Users', 'Groups'].flatMap((kind) => everyAt(evidence, policy, `${kind}.*`));
  const named = ['Roles.*', 'RoleName'].flatMap((path) => everyAt(evidence, policy, path));
  const roles = named.map((name) => evidence.resourceOf(name, 'AWS::IAM::Role'));
  if (others.length > 0 || roles.includes(undefined)) return [];
  const attaching = evidence
    .ofType('AWS::IAM::Role')
    .filter((role) => everyAt(evidence, role, 'ManagedPolicyArns.*').some((arn) => isThe(evidence, arn, policy)));
  return [...roles.filter((role) => role !== undefined), ...attaching];
}

const isThe = (evidence: Evidence, reference: unknown, resource: Resource): boolean =>
  typeof reference === 'string' && evidence.denotes(reference, resource);

const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User'] as const;

/** Managed policies that are a boundary of somebody and attached to nobody. */
function boundsOf(evidence: Evidence): ReadonlySet<Resource> {
  const referred = (path: string): ReadonlySet<Resource | undefined> =>
    new Set(
      evidence
        .ofType(...HOLDERS)
        .flatMap((holder) => everyAt(evidence, holder, path))
        .map((reference) => evidence.resourceOf(reference, 'AWS::IAM::ManagedPolicy')),
    );
  const attached = referred('ManagedPolicyArns.*');
  const isAttached = (policy: Resource): boolean =>
    attached.has(policy) ||
    ['Roles.*', 'Users.*', 'Groups.*'].some((path) => everyAt(evidence, policy, path).length > 0);
  return new Set([...referred('PermissionsBoundary')].flatMap((one) => (one && !isAttached(one) ? [one] : [])));
}

export const SERVICE_CONTROL = 'SERVICE_CONTROL_POLICY';

/** Policies of an organization of a type, of those that are attached to something. */
export const organizationPolicies = (evidence: Evidence, type: string): readonly Resource[] =>
  evidence
    .ofType('AWS::Organizations::Policy')
    .filter(
      (policy) =>
        evidence.at(policy, 'Type') === type && everyAt(evidence, policy, 'TargetIds.*').some((id) => id !== ''),
    );

export const organizationStatements = (evidence: Evidence, type: string): readonly Statement[] =>
  organizationPolicies(evidence, type).flatMap((policy) => statementsIn(parsed(evidence.at(policy, 'Content'))));
