import { GetRoleCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';
import { statementsOf } from './policy';

/** The separated duties: each role with its one policy, and who may take it. */
export function roleChecks(plan: RegionPlan, region: Region): Check[] {
  const { roles } = plan.names;
  const media = plan.cells.map(
    ({ mediaTaskRole }) => `arn:${plan.partition}:iam::${plan.account}:role/${mediaTaskRole}`,
  );
  const { playback, recordsOfficer, keyAdmin, breakGlass } = plan.principals;
  return [
    ...checksOf(roles.writer, { people: media }, region),
    ...checksOf(roles.playback, { people: playback }, region),
    ...checksOf(roles.recordsOfficer, { people: recordsOfficer }, region),
    ...checksOf(roles.keyAdmin, { people: keyAdmin }, region),
    ...checksOf(roles.breakGlass, { people: breakGlass }, region),
    ...checksOf(roles.replication, { service: 's3.amazonaws.com' }, region),
  ];
}

interface Trusted {
  readonly people?: readonly string[];
  readonly service?: string;
}

const checksOf = (RoleName: string, { people = [], service }: Trusted, { iam }: Region): Check[] => [
  check(`role ${RoleName}: policies`, [RoleName], async () => {
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return AttachedPolicies?.map(({ PolicyName }) => PolicyName);
  }),
  check(`role ${RoleName}: who may take it`, service ? [service] : people.toSorted(), async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    return statementsOf(Role?.AssumeRolePolicyDocument ?? '')
      .flatMap(({ principal, condition }) => trusted(principal, condition))
      .toSorted();
  }),
];

/** The account is trusted only as far as a condition names principals in it. */
function trusted(principal: unknown, condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string[] {
  const named = ['ArnLike', 'ArnEquals'].flatMap((operator) => condition[operator]?.['aws:PrincipalArn'] ?? []);
  if (named.length > 0) return named.map(String);
  const { Service, AWS } = principal as { readonly Service?: string; readonly AWS?: string };
  return [Service ?? `anybody of ${AWS ?? 'any account'}`];
}
