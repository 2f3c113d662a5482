import type { CellPlan, Range } from '../../../regions/plan/cell-types';
import { inEachCell, unless, type Invariant } from './invariant';

interface Tier {
  readonly tier: string;
  readonly units: Range;
  readonly callsPerUnit: number;
}

const tiersOf = ({ edge, media, inference }: CellPlan): Tier[] => [
  ...[edge, media].map(({ tier, nodes, callsPerNode }) => ({ tier, units: nodes, callsPerUnit: callsPerNode })),
  ...inference.map(({ tier, tasks, callsPerTask }) => ({ tier, units: tasks, callsPerUnit: callsPerTask })),
];

/** Calls that cells carry in their weakest tier. */
const carried = (cells: readonly CellPlan[], bound: keyof Range): number =>
  cells.reduce(
    (sum, cell) => sum + Math.min(...tiersOf(cell).map(({ units, callsPerUnit }) => units[bound] * callsPerUnit)),
    0,
  );

export const peakOutlivesACell: Invariant = ({ plan: { cells }, region }) =>
  cells.flatMap(({ azId }) => {
    const survivors = cells.length === 1 ? cells : cells.filter((cell) => cell.azId !== azId);
    const calls = carried(survivors, 'max');
    return unless(
      calls >= region.peakConcurrentCalls,
      `without ${azId} ${calls} of ${region.peakConcurrentCalls} calls`,
    );
  });

export const minimumCarriesQuietHours: Invariant = ({ plan, region }) => {
  const quiet = region.quietConcurrentCalls ?? region.peakConcurrentCalls / 4;
  return unless(carried(plan.cells, 'min') >= quiet, `${carried(plan.cells, 'min')} of ${quiet} calls at rest`);
};

export const rangesAreInOrder = inEachCell((cell) =>
  [
    { tier: 'calls', units: cell.calls },
    ...tiersOf(cell),
    ...cell.inference.map(({ tier, instances }) => ({ tier: `${tier} instances`, units: instances })),
  ].flatMap(({ tier, units: { min, max } }) =>
    unless(Number.isInteger(min) && Number.isInteger(max) && min >= 1 && min <= max, `${tier} from ${min} to ${max}`),
  ),
);

/** With one task of a model a rolling deployment would stop the calls of the cell. */
export const productionKeepsTwoTasks: Invariant = ({ plan }) =>
  plan.purpose === 'sandbox'
    ? []
    : plan.cells.flatMap(({ azId, inference }) =>
        inference.flatMap(({ tier, tasks }) => unless(tasks.min >= 2, `${azId} ${tier} keeps ${tasks.min}`)),
      );

export const instancesHoldTheirTasks = inEachCell(({ inference }) =>
  inference.flatMap(({ tier, tasks, instances, tasksPerInstance }) =>
    (['min', 'max'] as const).flatMap((bound) =>
      unless(instances[bound] * tasksPerInstance >= tasks[bound], `${tier} ${bound} ${instances[bound]} instances`),
    ),
  ),
);
