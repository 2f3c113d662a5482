import { isKnown } from '../templates/evaluate';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { conditionsOn, covers, isDeny, isPlain, type Condition, type Statement } from './policy';
import { attested } from './shared/attested';
import { organizationPolicies, organizationStatements, SERVICE_CONTROL } from './shared/identity-policies';
import { isAllowed, RESIDENCY } from './shared/residency';

/** Attestation `RES-12`: the management account is not among these templates as a rule. */
export const RES_12: Control = {
  id: 'RES-12',
  title: 'The organization denies what would leave the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['A7', 'A8'],
  checkedOn: '2026-11-22',
  builds: 'Service and resource control policies as documents for the management account.',
  onTemplate:
    'Attached policies deny other regions, global inference profiles, key replicas elsewhere, multi-Region access points and strangers, or attestation RES-12 says so.',
  live: 'organizations:ListPoliciesForTarget (SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY); organizations:DescribePolicy',
  check: (evidence) => {
    if (evidence.set.resources.length === 0) return [];
    const given = attested(evidence, { ids: ['RES-12'], what: 'region and data perimeter guardrails are attached' });
    const [policy] = organizationPolicies(evidence, SERVICE_CONTROL);
    if (!policy || given.answer === 'met') return [given];
    const missing = GUARDS.filter((guard) => !isThere(evidence, guard)).map(({ what }) => what);
    if (missing.length === 0) return [met(policy, 'the guardrails are attached')];
    return [judgeMissing(evidence, missing)];
  },
};

function judgeMissing(evidence: Evidence, missing: readonly string[]): Judgement {
  const policies = [SERVICE_CONTROL, RESOURCE_CONTROL].flatMap((type) => organizationPolicies(evidence, type));
  const [first, ...others] = policies;
  if (!first) return attested(evidence, { ids: ['RES-12'], what: 'guardrails are attached' });
  const isHidden = [first, ...others].some((policy) => !isKnown(evidence.at(policy, 'Content')));
  const message = `no attached policy ${missing.join(', ')}`;
  return isHidden
    ? unclear(first, `${message}, as far as can be read`)
    : unmet(first, `${message}; add the statements`);
}

const RESOURCE_CONTROL = 'RESOURCE_CONTROL_POLICY';

interface Guard {
  readonly what: string;
  readonly type?: string;
  /** Each has to be denied by some statement that passes the test. */
  readonly actions: readonly string[];
  readonly test: (evidence: Evidence, statement: Statement) => boolean;
}

const isThere = (evidence: Evidence, { type = SERVICE_CONTROL, actions, test }: Guard): boolean => {
  const statements = organizationStatements(evidence, type).filter((one) => isDeny(one) && isPlain(one));
  return actions.every((action) =>
    statements.some((statement) => covers(statement, action) && test(evidence, statement)),
  );
};

const isOnAll = ({ resources }: Statement): boolean => resources.includes('*');

/** Whether all a denial asks is that its principal is none of a few named ones. */
const asksOnly = (statement: Statement, key: string): boolean =>
  statement.conditions.every(
    (condition) => isExemption(condition) || condition.key.toLowerCase() === key.toLowerCase(),
  );

const isExemption = ({ operator, key, values }: Condition): boolean =>
  /^(?:arn|string)not/i.test(operator) && key.toLowerCase() === 'aws:principalarn' && !values.includes('*');

/** `StringNotEquals` with allowed regions only. */
const deniesOutside = (evidence: Evidence, statement: Statement, key: string): boolean =>
  conditionsOn(statement, key).some(
    ({ operator, values }) =>
      /^stringnot(?:equals|like)/i.test(operator) &&
      values.length > 0 &&
      values.every((one) => isAllowed(evidence, one)),
  );

const outside =
  (key: string) =>
  (evidence: Evidence, statement: Statement): boolean =>
    isOnAll(statement) && asksOnly(statement, key) && deniesOutside(evidence, statement, key);

/** Region denials of samples exempt `kms:*` and more: what is denied by name below is what they miss. */
const GUARDS: readonly Guard[] = [
  {
    what: 'denies other regions',
    actions: [
      'bedrock:InvokeModel',
      'dynamodb:CreateTable',
      'ec2:RunInstances',
      's3:CreateBucket',
      'transcribe:StartStreamTranscription',
    ],
    test: outside('aws:RequestedRegion'),
  },
  {
    what: 'denies global inference profiles by name',
    actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    test: (_, { resources, conditions }) =>
      conditions.every(
        (condition) => isExemption(condition) || /:(?:requestedregion|inferenceprofilearn)$/i.test(condition.key),
      ) &&
      [...resources, ...conditions.flatMap(({ values }) => values)].some((text) =>
        /inference-profile\/global\.?\*$/.test(text),
      ),
  },
  {
    what: 'denies replicas of keys elsewhere',
    actions: ['kms:ReplicateKey'],
    test: (evidence, statement) =>
      (isOnAll(statement) && statement.conditions.every(isExemption)) ||
      outside('kms:ReplicaRegion')(evidence, statement),
  },
  {
    what: 'denies multi-Region access points, accelerators and new regions',
    actions: ['s3:CreateMultiRegionAccessPoint', 'account:EnableRegion', 'globalaccelerator:CreateAccelerator'],
    test: (_, statement) => isOnAll(statement) && statement.conditions.every(isExemption),
  },
  {
    what: 'pins the data retention of Bedrock',
    actions: ['bedrock:PutAccountDataRetention'],
    test: (_, statement) => isOnAll(statement) && statement.conditions.every(isExemption),
  },
  {
    what: 'denies resources to strangers',
    type: RESOURCE_CONTROL,
    actions: ['s3:GetObject', 'kms:Decrypt'],
    test: (_, statement) =>
      isOnAll(statement) &&
      conditionsOn(statement, 'aws:PrincipalOrgID').some(({ operator }) => /^stringnotequals/i.test(operator)),
  },
];
