import type { CellPlan } from '../../../regions/plan/cell-types';
import type { DeploymentConfig, RegionConfig } from '../../../regions/config/schema';
import type { RegionPlan } from '../../../regions/plan/types';

/** One region as it was asked for and as it was planned. */
export interface Planned {
  readonly config: DeploymentConfig;
  readonly region: RegionConfig;
  readonly plan: RegionPlan;
}

/** What of a plan breaks it, in words; empty when it holds. */
export type Invariant = (planned: Planned) => readonly string[];

/** The complaint, unless the condition holds. */
export const unless = (holds: boolean, complaint: string): readonly string[] => (holds ? [] : [complaint]);

/** Asked of each cell; complaints name it. */
export const inEachCell =
  (check: (cell: CellPlan, planned: Planned) => readonly string[]): Invariant =>
  (planned) =>
    planned.plan.cells.flatMap((cell) => check(cell, planned).map((complaint) => `${cell.azId}: ${complaint}`));
