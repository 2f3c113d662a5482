import { hang } from '../../regions/wrap';
import type { Guardrails } from './index';

/** Commands that attach the policies, for a shell of the management account; names aside at most 80 columns. */
export function attaching({ perimeter, policies }: Guardrails, folder: string): readonly string[] {
  const types = [...new Set(policies.map(({ type }) => type))];
  return [
    ...comment('Whose organization this is; it must be the one the deployment names.'),
    `aws organizations describe-organization --query Organization.Id${expected(perimeter?.organizationId)}`,
    ...comment('Once for the organization. A type that is enabled already says so.'),
    "ROOT=$(aws organizations list-roots --query 'Roots[0].Id' --output text)",
    ...types.flatMap((type) => [
      'aws organizations enable-policy-type --root-id "$ROOT" \\',
      `  --policy-type ${type}`,
    ]),
    ...policies.flatMap((policy) => creating(policy, folder, perimeter?.account ?? '')),
  ];
}

const expected = (organizationId: string | undefined): string => (organizationId ? ` # ${organizationId}` : '');

/** Access Analyzer reads control policies only. */
const VALIDATED: ReadonlySet<string> = new Set(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']);

function creating({ id, type, name, description }: Guardrails['policies'][number], folder: string, target: string) {
  const content = `'file://${folder}${id}.json'`;
  const validating = [`aws accessanalyzer validate-policy --policy-type ${type} \\`, `  --policy-document ${content}`];
  return [
    ...comment(id),
    ...(VALIDATED.has(type) ? validating : []),
    `ID=$(aws organizations create-policy --type ${type} \\`,
    `  --name ${name} \\`,
    `  --description '${description}' \\`,
    `  --content ${content} \\`,
    '  --query Policy.PolicySummary.Id --output text)',
    `aws organizations attach-policy --policy-id "$ID" --target-id ${target}`,
  ];
}

const comment = (text: string): readonly string[] => [
  '',
  ...hang('# ', text).map((line, at) => (at ? `#${line}` : line)),
];
