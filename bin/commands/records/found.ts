import { asOf, type AtDesk, desksOf, findAt, missingEverywhere } from './desks';
import type { RecordsDoor } from './door';
import type { Request } from './request';

export type Search =
  | {
      readonly ok: true;
      readonly at: readonly AtDesk[];
      /** Regions that could not be asked, a line each. */
      readonly unasked: readonly string[];
      /** What was asked for by id and is nowhere, and rows that cannot be read; a line each. */
      readonly problems: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Takes the officer's role and finds the calls that are meant. */
export async function search({ plans, asked, values }: Request, door: RecordsDoor): Promise<Search> {
  const taken = await desksOf(plans, asOf(values), door);
  if (!taken.ok) return taken;
  const all = await findAt(taken.desks, asked, values['number-key-secret']);
  const at = all.flatMap((one) => ('desk' in one ? [one] : []));
  const unasked = all.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (at.length === 0) return { ok: false, problems: unasked };
  return {
    ok: true,
    at,
    unasked,
    problems: [
      ...at.flatMap(({ desk, found }) => found.problems.map((line) => `${desk.plan.region}: ${line}`)),
      ...(unasked.length > 0 ? [] : missingEverywhere(at.map(({ found }) => found))),
    ],
  };
}
