import { placementsOf, type HotTier, type Placement } from './placement';
import { endpointProblems, environmentProblems } from './reach';
import type { HopProblem } from './problem';
import { tagOf, type TemplateSet } from './templates';

/** One step of the hot path between two tiers of a cell, with every AZ id each end can run in. */
export interface Hop {
  readonly cell: string;
  readonly from: HotTier;
  readonly to: HotTier;
  readonly fromAzIds: readonly string[];
  readonly toAzIds: readonly string[];
}

const HOPS: readonly (readonly [HotTier, HotTier])[] = [
  ['edge', 'media'],
  ['media', 'stt'],
  ['media', 'llm'],
  ['media', 'tts'],
];

/** The hops of every cell as the templates resolve them. */
export function hopsOf(set: TemplateSet): readonly Hop[] {
  const placements = placementsOf(set);
  const cells = [...new Set(placements.flatMap(({ cell }) => (cell ? [cell] : [])))].toSorted();
  const azIds = (cell: string, tier: HotTier): string[] => {
    const here = placements.filter((placement) => placement.cell === cell && placement.tier === tier);
    return [...new Set(here.flatMap((placement) => placement.azIds.map((azId) => azId ?? 'unknown')))];
  };
  return cells.flatMap((cell) =>
    HOPS.map(([from, to]) => ({ cell, from, to, fromAzIds: azIds(cell, from), toAzIds: azIds(cell, to) })),
  );
}

/** Everything that lets a hot-path hop leave its cell, or that cannot be shown to stay in it. */
export function hopProblems(set: TemplateSet): readonly HopProblem[] {
  return [
    ...placementsOf(set).flatMap(placementProblems),
    ...untaggedProblems(set),
    ...environmentProblems(set),
    ...endpointProblems(set),
  ];
}

function placementProblems({ resource, cell, tier, azIds }: Placement): HopProblem[] {
  const hop = hopInto(tier);
  if (!cell)
    return [{ hop, resource, problem: `the ${tier} tier names no cell; tag it voicecell:cell with its AZ id` }];
  return azIds
    .filter((azId) => azId !== cell)
    .map((azId) => ({
      hop,
      resource,
      problem: azId
        ? `runs in ${azId}, outside its cell ${cell}; give it the subnet of ${cell}`
        : `the AZ id of its subnet cannot be resolved, so it is not shown to run in ${cell}; refer to a subnet with AvailabilityZoneId`,
    }));
}

const RUNNING: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
]);

/** Beside the hot path, what says no tier may be a part of it that nobody looks at. */
function untaggedProblems(set: TemplateSet): HopProblem[] {
  const hot = new Set(placementsOf(set).map(({ resource }) => resource.stack));
  return set.resources
    .filter((resource) => hot.has(resource.stack) && RUNNING.has(resource.type) && !tagOf(resource, 'voicecell:tier'))
    .map((resource) => ({
      hop: 'unknown',
      resource,
      problem: 'stands beside the hot path and says no tier; tag it voicecell:tier',
    }));
}

/** `media → stt`; the edge is where the caller's audio arrives. */
function hopInto(tier: HotTier): string {
  const from = HOPS.find(([, to]) => to === tier)?.[0] ?? 'caller';
  return `${from} → ${tier}`;
}
