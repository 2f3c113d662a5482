import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from '../assertions/aws';
import type { Assertion } from '../assertions/check';
import { cellSpoilings } from './spoil-cell';
import { recordsSpoilings } from './spoil-records';

export interface Victim {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly region: Region;
}

/** Something done to the account behind the templates' back, and the assertion that must notice. */
export interface Spoiling {
  readonly assertion: string;
  readonly spoil: () => Promise<unknown>;
}

/** One for each way in which an account is quietly made worse. */
export const spoilings = (victim: Victim): Spoiling[] => [...recordsSpoilings(victim), ...cellSpoilings(victim)];

/** Words of the spoilings that no assertion noticed. */
export const unnoticed = (spoilings: readonly Spoiling[], assertions: readonly Assertion[]): string[] =>
  spoilings
    .map(({ assertion }) => assertion)
    .filter((words) => !assertions.some(({ what, holds }) => what === words && !holds));
