import type { RegionPlan } from '../../regions/plan/types';
import type { Answer } from '../../aws/answer';
import type { AccountFacts, Caller, RegionFacts } from './facts';

/** Who answers: AWS, or a test. Nothing is thrown that an account can do wrong; it is an unknown answer. */
export interface FactSource {
  /** Whose credentials these are. */
  caller(): Promise<Answer<Caller>>;
  account(caller: Caller): Promise<AccountFacts>;
  region(plan: RegionPlan, account: AccountFacts): Promise<RegionFacts>;
}
