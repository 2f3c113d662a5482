import { anonymousPrincipal, runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Guardrails } from '../../compliance/guardrails';

/** A request as IAM sees it; whoever asks has every right that guardrails do not take. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** `unspecified` for models behind global inference profiles. */
  readonly region: string;
  /** ARN, the name of an AWS service, or `nobody` for an unsigned request. */
  readonly as?: string;
  readonly context?: Readonly<Record<string, string>>;
}

export const ACCOUNT = '123456789012';
export const ORGANIZATION = 'o-exampleorgid';

const allowing = (statement: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...statement }],
});

const EVERYTHING = allowing({ Action: '*', Resource: '*' });

/** As careless as they can be, so that only guardrails deny. */
const RESOURCE_POLICIES: Readonly<Record<string, object>> = {
  kms: allowing({ Principal: '*', Action: 'kms:*', Resource: '*' }),
  s3: allowing({ Principal: '*', Action: 's3:*', Resource: '*' }),
  sts: allowing({ Principal: '*', Action: 'sts:AssumeRole' }),
};

/**
 * Sids of what denies a request to the account, none when it is allowed. Offline. As in AWS, service control policies act
 * on no service and on nobody of another account; the simulator would let them, so such requests are asked without.
 */
export async function deniedBy(guardrails: Guardrails, asked: Asked): Promise<readonly string[]> {
  const result = await runSimulation(simulationOf(guardrails, asked), {});
  if (result.resultType !== 'single') throw new Error(JSON.stringify(result));
  if (result.overallResult === 'Allowed') return [];
  const { scpAnalysis, rcpAnalysis } = result.result.analysis;
  const by = [...(scpAnalysis?.ouAnalysis ?? []), ...(rcpAnalysis?.ouAnalysis ?? [])]
    .flatMap(({ denyStatements }) => denyStatements)
    .map(({ explain }) => explain.identifier);
  return by.length > 0 ? by : ['not a guardrail'];
}

function simulationOf({ policies }: Guardrails, { action, resource, region, context, ...asked }: Asked): Simulation {
  const as = asked.as ?? `arn:aws:iam::${ACCOUNT}:role/anybody`;
  const ofType = (type: string): Simulation['resourceControlPolicies'][number]['policies'] =>
    policies.filter((one) => one.type === type).map(({ id, document }) => ({ name: id, policy: document }));
  const everything = { name: 'FullAWSAccess', policy: EVERYTHING };
  const attached = [everything, ...ofType('SERVICE_CONTROL_POLICY')];
  return {
    identityPolicies: isPerson(as) ? [everything] : [],
    serviceControlPolicies: isOurs(as) ? [{ orgIdentifier: 'account', policies: attached }] : [],
    resourceControlPolicies: [{ orgIdentifier: 'account', policies: ofType('RESOURCE_CONTROL_POLICY') }],
    resourcePolicy: RESOURCE_POLICIES[action.split(':')[0] ?? ''],
    request: {
      action,
      principal: as === 'nobody' ? anonymousPrincipal : as,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: { ...contextOf(as), 'aws:RequestedRegion': region, ...context },
    },
  };
}

const isPerson = (principal: string): boolean => principal.startsWith('arn:');

const isOurs = (principal: string): boolean => principal.includes(`:${ACCOUNT}:`);

function contextOf(principal: string): Record<string, string> {
  if (principal === 'nobody') return {};
  if (!isPerson(principal)) return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal };
  return {
    'aws:PrincipalArn': principal,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalOrgID': isOurs(principal) ? ORGANIZATION : 'o-strangersorg',
  };
}
