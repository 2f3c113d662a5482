import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { conditionsOn, covers, isDeny, isForAll, type Statement } from './policy';
import { attested } from './shared/attested';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { peopleIn, trustOf } from './shared/trust';
import { vaultPowers } from './shared/vault-powers';

/** A password alone opens no recording. */
export const ACC_03: Control = {
  id: 'ACC-03',
  title: 'People who may read records have shown a second factor, to IAM or to IAM Identity Center.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(d)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.6' },
  ],
  severity: 'error',
  sources: ['S3', 'S6'],
  checkedOn: '2026-11-22',
  builds:
    'Roles that read the vault trust Identity Center roles by name, and anybody else only with aws:MultiFactorAuthPresent.',
  onTemplate:
    'Trust of each role that may read a vault admits people by Bool aws:MultiFactorAuthPresent or by Identity Center roles; those of an identity provider need an attestation ACC-03 or mfa.',
  live: 'iam:GetRole; sso-admin:ListInstances and an attestation of its MFA settings',
  check: (evidence) => {
    if (evidence.vaults.length === 0) return [];
    const powersOf = vaultPowers(evidence);
    return evidence
      .ofType('AWS::IAM::Role')
      .filter((role) => powersOf(role).possible.has('read'))
      .flatMap((role) => judge(evidence, role));
  },
};

function judge(evidence: Evidence, role: Resource): readonly Judgement[] {
  const trust = trustOf(evidence, role);
  const people = peopleIn(trust);
  if (people.length === 0 && !trust.isHidden) return [];
  const flaws = trust.statements.some(refusesWithout) ? [] : people.flatMap((one) => flawOf(evidence, one) ?? []);
  const unread = trust.isHidden ? [hidden('whom it trusts cannot be read; write AssumeRolePolicyDocument out')] : [];
  return [verdict(role, [...flaws, ...unread], 'people get in with a second factor only')];
}

function flawOf(evidence: Evidence, statement: Statement): Flaw | undefined {
  if (isWithMfa(statement) || isIdentityCenter(statement)) return undefined;
  if (!isKnown([statement.principals, statement.conditions]))
    return hidden('on what it trusts people cannot be read; write its conditions out');
  if (statement.principals.every((principal) => principal.startsWith('federated:')))
    return attested(evidence, MFA).answer === 'met'
      ? undefined
      : hidden('its identity provider asks for a second factor or not; attest that it does, with id ACC-03 or mfa');
  return wrong(
    'it trusts people without a second factor; add Bool aws:MultiFactorAuthPresent true or name Identity Center roles',
  );
}

const MFA = { ids: ['ACC-03', 'mfa'], what: 'the identity provider asks for a second factor' } as const;

const MFA_KEY = 'aws:MultiFactorAuthPresent';

/** `BoolIfExists` would admit requests with long-lived keys, which carry no such key (IAM user guide). */
const isWithMfa = (statement: Statement): boolean =>
  conditionsOn(statement, MFA_KEY).some(
    ({ operator, values }) => operator.toLowerCase() === 'bool' && values.length > 0 && values.every(isText('true')),
  );

/** Here it is the other way round: without `IfExists` those keys would not be refused. */
const refusesWithout = (statement: Statement): boolean =>
  isDeny(statement) &&
  isForAll(statement) &&
  covers(statement, 'sts:AssumeRole') &&
  statement.conditions.length === 1 &&
  conditionsOn(statement, MFA_KEY).some(
    ({ operator, values }) => operator.toLowerCase() === 'boolifexists' && values.every(isText('false')),
  );

const isText = (wanted: string) => (value: string) => value.toLowerCase() === wanted;

const IDENTITY_CENTER = ':role/aws-reserved/sso.amazonaws.com/';

const isIdentityCenter = (statement: Statement): boolean =>
  isAllOfIdentityCenter(statement.principals) ||
  conditionsOn(statement, 'aws:PrincipalArn').some(
    ({ operator, values }) => /^(?:Arn|String)(?:Equals|Like)$/i.test(operator) && isAllOfIdentityCenter(values),
  );

const isAllOfIdentityCenter = (arns: readonly string[]): boolean =>
  arns.length > 0 && isKnown(arns) && arns.every((arn) => arn.includes(IDENTITY_CENTER));
