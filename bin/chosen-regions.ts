import type { RegionPlan } from '../regions/plan/types';
import type { AccountOf } from '../supply/account';
import { readInputs } from './inputs';

/** What `--region` names and the deployment does not have, a line each. */
export const regionProblems = (asked: readonly string[], known: readonly string[]): string[] =>
  asked
    .filter((region) => !known.includes(region))
    .map((region) => `--region: got ${region}, allowed ${known.join(', ')}, change it to one of them`);

type Chosen =
  | { readonly ok: true; readonly plans: readonly RegionPlan[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Plans of the regions that were asked for, or of all when none was. */
export function choosePlans(name: string, asked: readonly string[]): Chosen {
  const read = readInputs([name]);
  if (!read.ok) return read;
  const { plans } = read.inputs;
  const known = plans.map(({ region }) => region);
  const problems = regionProblems(asked, known);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, plans: plans.filter(({ region }) => asked.length === 0 || asked.includes(region)) };
}

/** What is put into another account would be found missing by the cells, hours later. Throws Unreadable with one line. */
export async function strangersTo([plan]: readonly RegionPlan[], accountOf: AccountOf): Promise<string[]> {
  if (!plan) return [];
  const account = await accountOf(plan.region);
  if (account === plan.account) return [];
  return [`got credentials of account ${account}, allowed ${plan.account} of the deployment, change AWS_PROFILE`];
}
