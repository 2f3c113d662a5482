import { instanceType } from '../../regions/catalog';
import type { RegionPlan } from '../../regions/plan/types';
import type { Capacity } from '../facts/facts';

export type InstanceClass = 'standard' | 'graphics' | 'parallel';

/** Letters before the generation in a type's name, by the quota that counts it (EC2 user guide, On-Demand Instance quotas). */
const CLASSES: Readonly<Record<InstanceClass, ReadonlySet<string>>> = {
  standard: new Set(['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z']),
  graphics: new Set(['g', 'gr', 'vt']),
  parallel: new Set(['p']),
};

/** Which quota counts a type; undefined for one of a family with a quota of its own. */
export function classOf(type: string): InstanceClass | undefined {
  const [letters = ''] = /^[a-z]+/.exec(type) ?? [];
  return (Object.keys(CLASSES) as InstanceClass[]).find((name) => CLASSES[name].has(letters));
}

/**
 * vCPUs of a class the plan reaches: each fleet's maximum, and the nodes above it while edge and media nodes are replaced.
 * GPU nodes are replaced in place.
 * @returns undefined when the catalogue does not know a type
 */
export const plannedVcpus = (plan: RegionPlan, quota: InstanceClass): number | undefined =>
  sum(plannedCapacity(plan).filter(({ instanceType: type }) => classOf(type) === quota));

/** vCPUs of a class in use; undefined when nobody says how many a type has. */
export const usedVcpus = (capacity: readonly Capacity[], quota: InstanceClass): number | undefined =>
  sum(capacity.filter(({ instanceType: type }) => classOf(type) === quota));

type Sized = Pick<Capacity, 'instanceType' | 'count' | 'vcpus'>;

const plannedCapacity = ({ cells }: RegionPlan): readonly Sized[] =>
  cells.flatMap((cell) => [
    ...[cell.edge, cell.media].map(({ instanceType: type, nodes, surge }) => ({
      instanceType: type,
      count: nodes.max + surge,
    })),
    ...cell.inference.map(({ instanceType: type, instances }) => ({ instanceType: type, count: instances.max })),
  ]);

function sum(capacity: readonly Sized[]): number | undefined {
  let total = 0;
  for (const { instanceType: type, count, vcpus } of capacity) {
    const each = vcpus ?? instanceType(type)?.vcpu;
    if (each === undefined) return undefined;
    total += count * each;
  }
  return total;
}
