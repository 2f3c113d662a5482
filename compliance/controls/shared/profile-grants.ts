import { partitionOf } from '../../../regions/catalog';
import { isKnown, UNKNOWN } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { conditionsOn, covers, isAllow, isDeny, isPlain, type Condition, type Statement } from '../policy';
import { hidden, wrong, type Flaw } from './flaws';
import { containsArns, overlap, overlapArns } from './globs';
import { isUnder, ownStatements } from './identity-policies';
import { GLOBAL } from './inference-profiles';
import { perResource } from './memo';
import { everyAt } from './places';
import { isAllowed } from './residency';

const INVOKE: readonly string[] = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:InvokeModelWithBidirectionalStream',
  'bedrock:CreateModelInvocationJob',
];

/** Whether a resource gives the right to run inference in Bedrock. */
export const givesInference = (evidence: Evidence, resource: Resource): boolean =>
  invocations(evidence, resource).length > 0 || managedOf(evidence, resource).length > 0;

/** Statements that allow inference, or actions that cannot be read. */
const invocations = perResource((evidence, resource) =>
  ownStatements(evidence, resource).statements.filter(
    (statement) =>
      isAllow(statement) &&
      (INVOKE.some((action) => covers(statement, action)) || !isKnown([statement.actions, statement.notActions])),
  ),
);

/** Profiles nobody may use. */
export interface Banned {
  /** `global`, `eu`. */
  readonly prefix: string;
  /** ARNs of those that may be used after all. @default none */
  readonly excused?: (arn: string) => boolean;
}

/** What is wrong with the rights a resource gives, in view of profiles that are banned, unless something denies their use. */
export function grantFlaws(evidence: Evidence, resource: Resource, banned: Banned): readonly Flaw[] {
  const { prefix } = banned;
  const found = possibleFlaws(evidence, resource, banned);
  const isSafe = found.length > 0 && isUnder(evidence, resource, (one) => denies(evidence, resource, prefix, one));
  return isSafe ? [] : found;
}

function possibleFlaws(evidence: Evidence, resource: Resource, { prefix, excused }: Banned): readonly Flaw[] {
  const { isHidden } = ownStatements(evidence, resource);
  const flaws = invocations(evidence, resource)
    .map((statement) => ({ ...statement, resources: statement.resources.filter((arn) => !excused?.(arn)) }))
    .flatMap((statement) => statementFlaws(evidence, statement, prefix));
  const managed = managedOf(evidence, resource).map((arn) =>
    wrong(`${nameIn(arn)} allows ${prefix}.* profiles; deny them`),
  );
  return isHidden
    ? [...flaws, ...managed, hidden('some of its statements cannot be read; write them out')]
    : [...flaws, ...managed];
}

function statementFlaws(evidence: Evidence, statement: Statement, prefix: string): readonly Flaw[] {
  if (isNarrowed(evidence, statement, prefix)) return [];
  const reached = targetsOf(prefix).filter((target) => reaches(statement, target));
  if (reached.length === 0) return [];
  if (!isPlain(statement)) return [hidden(`it may allow ${prefix}.* profiles: part of a statement cannot be read`)];
  const culprit = statement.resources.find((pattern) => reached.some((target) => overlapArns(pattern, target)));
  return [
    wrong(`${culprit ?? 'NotResource'} allows ${prefix}.* profiles; name models of allowed regions, or deny them`),
  ];
}

/** Resources a request by a profile is checked against: the profile and, of a global one, models without a region. */
const targetsOf = (prefix: string): readonly string[] => [
  `arn:*:bedrock:*:*:inference-profile/${prefix}.*`,
  ...(prefix === GLOBAL ? ['arn:*:bedrock:::foundation-model/*'] : []),
];

const reaches = ({ resources, notResources }: Statement, target: string): boolean =>
  resources.some((pattern) => overlapArns(pattern.replaceAll(UNKNOWN, '*'), target)) ||
  (notResources.length > 0 && !notResources.some((pattern) => containsArns(pattern, target)));

/**
 * Whether a condition keeps requests by these profiles out: `aws:RequestedRegion` is `unspecified` for a global one and the
 * destination for the others.
 */
const isNarrowed = (evidence: Evidence, statement: Statement, prefix: string): boolean =>
  conditionsOn(statement, 'aws:RequestedRegion').some(
    ({ operator, values }) => /^string(?:equals(?:ignorecase)?|like)$/i.test(operator) && areAllowed(evidence, values),
  ) ||
  conditionsOn(statement, 'bedrock:InferenceProfileArn').some(
    ({ operator, values }) =>
      IS_LIKE.test(operator) &&
      isKnown(values) &&
      !values.some((value) => overlapArns(value, targetsOf(prefix)[0] ?? '')),
  );

const areAllowed = (evidence: Evidence, values: readonly string[]): boolean =>
  values.length > 0 && values.every((region) => isAllowed(evidence, region));

const IS_LIKE = /^(?:string|arn)(?:equals|like)(?:ifexists)?$/i;

/** Whether a statement denies every request by profiles of a prefix that leaves the allowed regions. */
function denies(evidence: Evidence, resource: Resource, prefix: string, statement: Statement): boolean {
  if (!isDeny(statement) || !isPlain(statement) || !INVOKE.slice(0, 2).every((action) => covers(statement, action)))
    return false;
  const targets = targetsOf(prefix).map((target) => filledIn(target, resource));
  const isOnAll = targets.some((target) => statement.resources.some((pattern) => containsArns(pattern, target)));
  return isOnAll && statement.conditions.every((condition) => isTrueOf(evidence, condition, prefix, targets[0] ?? ''));
}

/** Whether a condition holds for every such request. */
function isTrueOf(evidence: Evidence, { operator, key, values }: Condition, prefix: string, profile: string): boolean {
  const isOn = (name: string): boolean => key.toLowerCase() === name;
  if (isOn('bedrock:inferenceprofilearn'))
    return IS_LIKE.test(operator) && values.some((value) => containsArns(value, profile));
  if (!isOn('aws:requestedregion')) return false;
  if (/^stringnot(?:equals(?:ignorecase)?|like)$/i.test(operator))
    return prefix === GLOBAL ? !values.some((value) => overlap(value, 'unspecified')) : areAllowed(evidence, values);
  return prefix === GLOBAL && /^string(?:equals|like)$/i.test(operator) && values.includes('unspecified');
}

/** The account and partition are the resource's own: profiles are called from there. */
const filledIn = (target: string, { stack }: Resource): string =>
  target
    .replace('arn:*', `arn:${(stack.region && partitionOf(stack.region)) ?? '*'}`)
    .replace('*:*:', `*:${stack.account ?? '*'}:`);

/** Managed policies of AWS that allow inference with every profile. */
const managedOf = perResource((evidence, resource): readonly string[] =>
  ['ManagedPolicyArns.*', 'ManagedPolicies.*']
    .flatMap((path) => everyAt(evidence, resource, path))
    .filter((arn): arn is string => typeof arn === 'string' && WIDE.test(arn)),
);

const WIDE =
  /:iam::aws:policy\/(?:[\w-]+\/)*(?:AdministratorAccess|PowerUserAccess|(?!\w*(?:ReadOnly|Marketplace))\w*Bedrock\w*)$/;

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
