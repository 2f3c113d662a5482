import { VAULTS } from './vaults';
import type { RegionPlan } from './types';

/** Something with a physical name, and the region it is deployed to: the copies lie in the partner region. */
export interface Placed {
  readonly name: string;
  readonly region: string;
}

/** Name in CloudFormation of one of a region's stacks. */
export const stackName = (prefix: string, id: string): string => `${prefix}-${id}`;

/** Every stack of a region's plan, in the order of deployment. */
export function stacksOf({ names, region, copies, cells }: RegionPlan): readonly Placed[] {
  const here = ['records', 'network', ...cells.map(({ azId }) => `cell-${azId}`), 'watch', 'guard'];
  return [
    { name: stackName(names.prefix, 'copies'), region: copies.region },
    ...here.map((id) => ({ name: stackName(names.prefix, id), region })),
  ];
}

/** Every bucket of a region's plan. */
export function bucketsOf({ names, region, copies }: RegionPlan): readonly Placed[] {
  const { buckets } = names;
  const here = [...VAULTS.map(({ bucket }) => buckets[bucket]), buckets.logs, buckets.weights];
  const there = [...VAULTS.map(({ copy }) => buckets[copy]), buckets.logsCopy];
  return [...here.map((name) => ({ name, region })), ...there.map((name) => ({ name, region: copies.region }))];
}
