import { isKnown } from '../templates/evaluate';
import { isRecord } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isAllow, isForAll, isPlain, statementsIn, type Condition, type Statement } from './policy';
import { POLICY_SUPPORT } from './shared/endpoint-policy-support';
import { endpointsOf, type Endpoint } from './shared/endpoints';
import { isWritten } from './shared/role-policies';

/** An endpoint without a policy is a door through which any credentials carry data to anybody's bucket. */
export const NET_06: Control = {
  id: 'NET-06',
  title: 'VPC endpoints admit principals or resources of the account or organization, or such as are named, only.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.7' }],
  severity: 'error',
  sources: ['A8'],
  checkedOn: '2026-11-26',
  builds:
    "Endpoint policies bound to the account and its organization, and to AWS's own buckets by name, where a service takes one.",
  onTemplate:
    'Each statement of an endpoint policy that allows names principals, or resources, or compares the account or organization of either; services that take no policy are left out.',
  live: 'ec2:DescribeVpcEndpoints; ec2:DescribeVpcEndpointServices',
  check: (evidence) => endpointsOf(evidence).flatMap((endpoint) => judge(evidence, endpoint)),
};

function judge(evidence: Evidence, endpoint: Endpoint): readonly Judgement[] {
  const { resource } = endpoint;
  const document = documentOf(evidence.at(resource, 'PolicyDocument'));
  if (document === undefined) return judgeAbsence(endpoint);
  if (!isRecord(document)) return [unclear(resource, 'its policy cannot be read; write PolicyDocument out')];
  return [judgePolicy({ resource, statements: statementsIn(document), isComplete: isWritten(document) })];
}

/** A service that takes no policy can have none; the network and the roles have to do. */
function judgeAbsence({ resource, service = '' }: Endpoint): readonly Judgement[] {
  const support = Object.hasOwn(POLICY_SUPPORT, service) ? POLICY_SUPPORT[service] : undefined;
  if (support?.takes === 'none') return [];
  if (support) {
    const question = `whether ${service} takes an endpoint policy is not settled`;
    return [unclear(resource, `${question}; ask ec2:DescribeVpcEndpointServices and add one if it does`)];
  }
  const change = 'add a PolicyDocument bound to the account or organization';
  return [unmet(resource, `it has no policy, which is full access; ${change}`)];
}

/** CloudFormation takes a policy as an object or as its text. */
function documentOf(value: unknown): unknown {
  if (typeof value !== 'string' || !isKnown(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

interface Policy {
  readonly resource: Endpoint['resource'];
  readonly statements: readonly Statement[];
  readonly isComplete: boolean;
}

function judgePolicy({ resource, statements, isComplete }: Policy): Judgement {
  const open = statements.filter((statement) => isAllow(statement) && !isBounded(statement));
  if (open.some(isPlain))
    return unmet(
      resource,
      'its policy allows all principals on all resources; compare aws:PrincipalOrgID or aws:ResourceAccount',
    );
  if (open.length > 0 || !isComplete || statements.some(({ effect }) => !isKnown(effect)))
    return unclear(resource, 'whom its policy allows cannot be read; write principals, resources and conditions out');
  return met(resource, 'its policy is bound to own principals or named resources');
}

/** Something that is not known bounds nothing. */
const isBounded = ({ principals, resources, conditions, ...rest }: Statement): boolean =>
  (principals.length > 0 && isKnown(principals) && !isForAll({ principals, resources, conditions, ...rest })) ||
  (resources.length > 0 && isKnown(resources) && !resources.some(isEverything)) ||
  conditions.some(isOwn);

/** `*`, and ARNs that name neither an account nor a thing, such as `arn:aws:s3:::*` and `arn:aws:kms:*:*:key/*`. */
function isEverything(resource: string): boolean {
  if (!resource.startsWith('arn:')) return ONLY_WILDCARDS.test(resource);
  const [account = '', ...name] = resource.split(':').slice(4);
  const thing = name.join(':');
  // A bucket's ARN has no account; others begin with the type of the thing.
  if (account === '') return ONLY_WILDCARDS.test(thing);
  return ONLY_WILDCARDS.test(account) && ONLY_WILDCARDS.test(thing.replace(/^[\w-]+[/:]/, ''));
}

const ONLY_WILDCARDS = /^[*?/]*$/;

const OWNERS: ReadonlySet<string> = new Set(
  [
    'PrincipalOrgID',
    'PrincipalOrgPaths',
    'PrincipalAccount',
    'ResourceOrgID',
    'ResourceOrgPaths',
    'ResourceAccount',
  ].map((key) => `aws:${key}`.toLowerCase()),
);

/** A comparison that holds also where the request lacks the key, or that excludes, bounds nothing. */
const isOwn = ({ operator, key, values }: Condition): boolean =>
  OWNERS.has(key.toLowerCase()) &&
  /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator) &&
  values.length > 0 &&
  isKnown(values) &&
  !values.some((value) => ONLY_WILDCARDS.test(value));
