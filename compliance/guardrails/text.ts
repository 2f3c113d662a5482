import { hang } from '../../regions/wrap';
import { attaching } from './attach';
import type { Guardrail } from './guardrail';
import type { Guardrails } from './index';
import { LIMITS } from './limits';

/** The guardrails for a person, names aside at most 80 columns. Pure. */
export function guardrailsText(guardrails: Guardrails, folder = ''): string {
  const { policies, endpoints, leftOut } = guardrails;
  const sections = [
    heading(guardrails),
    ...policies.map(policyText),
    ...leftOut.map((line) => hang('left out  ', line)),
    ...endpoints.map(policyText),
    ['attach: to the account, or to a unit of accounts that hold nothing else', ...attaching(guardrails, folder)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const heading = ({ perimeter }: Guardrails): string[] =>
  perimeter ? [`${perimeter.deployment}: guardrails around account ${perimeter.account}`] : [];

const policyText = (policy: Guardrail): string[] => [
  policy.id,
  `  ${WORDS[policy.type]}, ${policy.size} of ${LIMITS[policy.type].characters} characters`,
  ...policy.effects.flatMap((effect) => hang('  ', effect)),
  ...policy.notes.flatMap((note) => hang('  note: ', note)),
];

const WORDS: Readonly<Record<Guardrail['type'], string>> = {
  SERVICE_CONTROL_POLICY: 'service control policy',
  RESOURCE_CONTROL_POLICY: 'resource control policy',
  AISERVICES_OPT_OUT_POLICY: 'AI services opt-out policy',
  VPC_ENDPOINT_POLICY: 'endpoint policy of the network stack',
};
