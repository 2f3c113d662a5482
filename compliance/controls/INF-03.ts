import { isKnown } from '../templates/evaluate';
import { asList, type Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { covers, isAllow, statementsIn, type Statement } from './policy';

/** Eligibility is per service, not per model: a model that keeps prompts must not be reachable by wildcard. */
export const INF_03: Control = {
  id: 'INF-03',
  title: 'Whoever may invoke Bedrock models may invoke named ones only.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.308(b)' }],
  severity: 'error',
  sources: ['A6'],
  checkedOn: '2026-11-22',
  builds: 'Self-hosted models only: no role may invoke Bedrock.',
  onTemplate:
    'No allow of a Bedrock invocation reaches foundation models by wildcard, and no such AWS-managed policy is attached.',
  live: 'iam:GetPolicyVersion; iam:ListAttachedRolePolicies',
  check: (evidence) => evidence.ofType(...HOLDERS).flatMap((holder) => judge(evidence, holder)),
};

const HOLDERS: readonly string[] = [
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

const INVOCATIONS = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:InvokeModelWithBidirectionalStream',
  'bedrock:CreateModelInvocationJob',
] as const;

/** AWS-managed policies that allow all models. */
const BROAD = /:policy\/(?:AdministratorAccess|PowerUserAccess|AmazonBedrockFullAccess|AmazonBedrockLimitedAccess)$/;

function judge(evidence: Evidence, holder: Resource): Judgement[] {
  const broad = asList(evidence.at(holder, 'ManagedPolicyArns')).find((arn) => BROAD.test(String(arn)));
  if (broad !== undefined) return [unmet(holder, `${shown(broad)} allows every model; name the models instead`)];
  const invoking = statementsOf(evidence, holder).filter(mayInvoke);
  const wide = invoking.find(reachesAnyModel);
  if (wide) return [unmet(holder, `${shown(wide.resources)} allows models nobody named; list their ARNs`)];
  if (!invoking.every(({ actions, resources }) => isKnown([actions, resources])))
    return [unclear(holder, 'whether it may invoke any model cannot be read; write its actions and resources out')];
  return invoking.length > 0 ? [met(holder, 'it may invoke named models only')] : [];
}

const statementsOf = (evidence: Evidence, holder: Resource): readonly Statement[] =>
  [
    evidence.at(holder, 'PolicyDocument'),
    ...evidence.list(holder, 'Policies').map(({ PolicyDocument: document }) => document),
  ].flatMap(statementsIn);

/** A statement whose actions are not known may be about Bedrock, unless its resources are plainly of another service. */
const mayInvoke = (statement: Statement): boolean =>
  isAllow(statement) &&
  (INVOCATIONS.some((action) => covers(statement, action)) || !isKnown(statement.actions)) &&
  (statement.notResources.length > 0 || statement.resources.some((resource) => ofBedrock(resource)));

const ofBedrock = (resource: string): boolean =>
  !isKnown(resource) || /^(?:\*|arn:\*|arn:[^:]*:(?:bedrock|b[a-z]*\*|\*))/.test(resource);

/** `*`, `arn:aws:bedrock:*`, `…foundation-model/*` and `…foundation-model/anthropic.*` alike. */
const reachesAnyModel = ({ actions, resources, notResources }: Statement): boolean =>
  isKnown(actions) && (notResources.length > 0 || resources.some((resource) => isKnown(resource) && isWide(resource)));

function isWide(resource: string): boolean {
  if (!ofBedrock(resource)) return false;
  const [, model] = /foundation-model\/(.*)$/s.exec(resource) ?? [];
  if (model !== undefined) return /[*?]/.test(model);
  // Where the kind of resource itself is a pattern, it may stand for foundation models.
  const kind = resource.split(':').slice(5).join(':').split('/')[0] ?? '';
  return kind === '' || /[*?]/.test(kind);
}
