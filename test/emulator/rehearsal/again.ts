import { stackName } from '../../../regions/plan/stacks';
import type { RegionPlan } from '../../../regions/plan/types';
import { type Check, check } from '../assertions/check';
import { changedAnswers, changedStacks, type Snapshot } from './snapshot';

export interface BeforeAndAfter {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** The same app a second time: no stack moved, and every answer is what it was. */
export const unchangedChecks = ({ before, after }: BeforeAndAfter): Check[] => [
  check('the same app again: stacks that changed', [], async () => changedStacks(before, after)),
  check('the same app again: answers that changed', [], async () => changedAnswers(before, after)),
  check('the same app again: stacks that were compared', Object.keys(before.stacks), async () =>
    Object.keys(after.stacks),
  ),
];

/** A new image for one service of one cell: its stack is updated, and nothing else is touched. */
export function changedCellChecks(plan: RegionPlan, azId: string, { before, after }: BeforeAndAfter): Check[] {
  const cell = stackName(plan.names.prefix, `cell-${azId}`);
  return [
    check('a changed cell: stacks that changed', [cell], async () => changedStacks(before, after)),
    check('a changed cell: status of its stack', 'UPDATE_COMPLETE', async () => after.stacks[cell]?.status),
    check('a changed cell: its resources that were replaced', ['AWS::ECS::TaskDefinition'], async () =>
      replaced(before.stacks[cell]?.resources, after.stacks[cell]?.resources),
    ),
    check(
      'a changed cell: answers that changed',
      [`stack ${cell}: status`, `task ${plan.names.prefix}-${azId}-llm: image by digest, GPUs`],
      async () => changedAnswers(before, after).toSorted(),
    ),
  ];
}

type Resources = Readonly<Record<string, string>>;

/** Type of each resource whose physical id is another, or that came or went. */
function replaced(before: Resources = {}, after: Resources = {}): string[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  const others = [...ids].filter((id) => before[id] !== after[id]);
  return others.map((id) => (after[id] ?? before[id] ?? '').split(' ')[0] ?? '');
}
