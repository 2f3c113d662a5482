import type { RegionPlan } from '../regions/plan/types';
import { CHECKS } from './checks';
import type { Unknown } from '../aws/answer';
import type { Facts } from './facts/facts';
import type { FactSource } from './facts/source';
import { worst, type State, type Verdict } from './verdict';

export interface Preflight {
  readonly deployment: string;
  readonly account: string;
  readonly regions: readonly string[];
  /** In the order of the checks, then of the regions. */
  readonly verdicts: readonly Verdict[];
  /** The worst of them. */
  readonly state: State;
}

/**
 * Asks the account everything the plans need, and judges it. All regions at once.
 * @param plans of one deployment
 * @param asked when, and by which name of the deployment
 * @returns why nothing could be asked, when there are no credentials that AWS takes
 */
export async function preflight(
  plans: readonly [RegionPlan, ...RegionPlan[]],
  source: FactSource,
  asked: Pick<Facts, 'askedAt' | 'named'>,
): Promise<Preflight | Unknown> {
  const caller = await source.caller();
  if (!caller.known) return caller;
  const account = await source.account(caller.value);
  const answered = await Promise.all(
    plans.map(async (plan) => ({ plan, facts: { ...asked, account, region: await source.region(plan, account) } })),
  );
  return assess(plans[0], answered);
}

interface Answered {
  readonly plan: RegionPlan;
  readonly facts: Facts;
}

/** Judges what is known. Pure. */
function assess({ deployment, account }: RegionPlan, answered: readonly Answered[]): Preflight {
  const verdicts = CHECKS.flatMap((check) =>
    answered.flatMap(({ plan, facts }) =>
      check.assess(plan, facts).map((finding) => ({ check: check.name, region: plan.region, ...finding })),
    ),
  );
  const regions = answered.map(({ plan }) => plan.region);
  return { deployment, account, regions, verdicts, state: worst(verdicts.map(({ state }) => state)) };
}
