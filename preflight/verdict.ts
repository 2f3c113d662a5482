import type { RegionPlan } from '../regions/plan/types';
import type { Answer, Unknown } from '../aws/answer';
import type { Facts } from './facts/facts';

/** `later` is neither found nor missing yet: an earlier step of the deployment makes it. */
export type State = 'ok' | 'later' | 'cannot tell' | 'will fail';

export interface Finding {
  readonly state: State;
  readonly found: string;
  readonly needed: string;
  /** What to do about it, commands between backticks. On an `ok` finding it is worth knowing, and no more. */
  readonly remedy?: string;
}

export interface Verdict extends Finding {
  readonly check: string;
  /** Region of the plan. What is found in the region of its copies says so. */
  readonly region: string;
}

/** One line of the report: pure, and nothing to say where it does not apply to the plan. */
export interface Check {
  readonly name: string;
  assess(plan: RegionPlan, facts: Facts): readonly Finding[];
}

export const ok = (found: string, needed: string, remedy?: string): Finding => ({
  state: 'ok',
  found,
  needed,
  ...(remedy === undefined ? {} : { remedy }),
});

export const willFail = (found: string, needed: string, remedy: string): Finding => ({
  state: 'will fail',
  found,
  needed,
  remedy,
});

export const later = (found: string, needed: string, remedy: string): Finding => ({
  state: 'later',
  found,
  needed,
  remedy,
});

export const cannotTell = ({ why, remedy }: Unknown, needed: string): Finding => ({
  state: 'cannot tell',
  found: why,
  needed,
  remedy,
});

/** The finding of an answer, or that there is none to judge. */
export const judge = <T>(answer: Answer<T>, needed: string, decide: (value: T) => Finding): Finding =>
  answer.known ? decide(answer.value) : cannotTell(answer, needed);

/** What stands in the way, or one line that says all is well. */
export function unlessAny(problems: readonly Finding[], fine: Finding): readonly Finding[] {
  return problems.length > 0 ? problems : [fine];
}

const ORDER: readonly State[] = ['ok', 'later', 'cannot tell', 'will fail'];

/** The worst of several states; `ok` of none. */
export const worst = (states: readonly State[]): State => ORDER.findLast((state) => states.includes(state)) ?? 'ok';
