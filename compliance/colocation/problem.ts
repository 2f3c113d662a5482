import type { Resource } from '../templates/template-set';

/** A hop that leaves its cell or cannot be shown to stay in it. */
export interface HopProblem {
  readonly hop: string;
  readonly problem: string;
  readonly resource: Resource;
}
