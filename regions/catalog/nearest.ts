import { INSTANCE_TYPES } from './instance-types';
import { regionsOf } from './jurisdictions';
import { feasibility, offers, regionFacts } from './offerings';
import type { Gpu, InstanceType } from './types';

export interface NearestRequest {
  readonly region: string;
  /** Instance types one cell needs. */
  readonly types: readonly string[];
  /** Key of `JURISDICTIONS`; nothing outside it is ever proposed. */
  readonly jurisdiction: string;
}

/** AZ ids of one region that offer every type asked for. */
export interface RegionChoice {
  readonly region: string;
  readonly azIds: readonly string[];
}

/** An AZ that can hold the cell once some types are replaced. */
export interface SubstituteChoice {
  readonly azId: string;
  /** By type it lacks, the types it offers that can stand in, best first. */
  readonly instead: Readonly<Record<string, readonly string[]>>;
}

export interface NearestFeasible {
  readonly places: readonly RegionChoice[];
  readonly substitutes: readonly SubstituteChoice[];
}

/**
 * Where a cell of these types can go when a place cannot hold it. The order, plainly:
 *
 * 1. `places`: the region itself, then the other regions of the jurisdiction, most feasible AZs first (production wants
 *    two), then by name. AZ ids by name.
 * 2. `substitutes`: AZs of the region itself, fewest types to replace first, then by AZ id; at most three stand-ins a
 *    type. An AZ where some type has no stand-in is left out.
 *
 * Declared calls per node or replica belong to an instance type: measure again after a substitution.
 */
export function nearestFeasible(request: NearestRequest): NearestFeasible {
  const { region, types, jurisdiction } = request;
  const others = regionsOf(jurisdiction)
    .filter((other) => other !== region)
    .map((other) => choiceIn(other, types))
    .toSorted((a, b) => b.azIds.length - a.azIds.length || compare(a.region, b.region));
  const inside = regionFacts(region)?.jurisdiction === jurisdiction;
  const places = [...(inside ? [choiceIn(region, types)] : []), ...others].filter(({ azIds }) => azIds.length > 0);
  return { places, substitutes: inside ? substitutesIn(region, types) : [] };
}

/** Types the AZ offers that can stand in for one it lacks, best first; none when the type is unknown. */
export function standIns(azId: string, type: string): string[] {
  const wanted = INSTANCE_TYPES.get(type);
  if (!wanted) return [];
  return [...INSTANCE_TYPES]
    .filter(([name, spec]) => name !== type && offers(azId, name) && canStandIn(spec, wanted))
    .toSorted(([a, left], [b, right]) => byFit(wanted)(left, right) || compare(a, b))
    .map(([name]) => name);
}

function choiceIn(region: string, types: readonly string[]): RegionChoice {
  const feasible = feasibility(region, types).filter(({ missing }) => missing.length === 0);
  return { region, azIds: feasible.map(({ azId }) => azId) };
}

function substitutesIn(region: string, types: readonly string[]): SubstituteChoice[] {
  return feasibility(region, types)
    .filter(({ missing }) => missing.length > 0)
    .toSorted((a, b) => a.missing.length - b.missing.length)
    .map(({ azId, missing }) => ({
      azId,
      instead: Object.fromEntries(missing.map((type) => [type, standIns(azId, type).slice(0, 3)])),
    }))
    .filter(({ instead }) => Object.values(instead).every((choices) => choices.length > 0));
}

/** A GPU type needs as much of everything, from the same maker, and at most twice the GPUs; a media type the same vCPUs and as much memory. */
function canStandIn(spec: InstanceType, wanted: InstanceType): boolean {
  if (spec.arch !== wanted.arch || spec.memMiB < wanted.memMiB) return false;
  if (!wanted.gpu) return !spec.gpu && spec.vcpu === wanted.vcpu;
  return spec.gpu !== undefined && spec.vcpu >= wanted.vcpu && gpuCanStandIn(spec.gpu, wanted.gpu);
}

const gpuCanStandIn = (gpu: Gpu, wanted: Gpu): boolean =>
  gpu.manufacturer === wanted.manufacturer &&
  gpu.count >= wanted.count &&
  gpu.count <= 2 * wanted.count &&
  gpu.memMiBEach >= wanted.memMiBEach &&
  (gpu.fraction ?? 1) >= (wanted.fraction ?? 1);

/** Same GPU model first, then fewest GPUs, least GPU memory, fewest vCPUs, least memory, most network. */
const byFit =
  (wanted: InstanceType) =>
  (a: InstanceType, b: InstanceType): number => {
    const [left, right] = [a, b].map((spec) => [
      spec.gpu?.model === wanted.gpu?.model ? 0 : 1,
      spec.gpu?.count ?? 0,
      spec.gpu?.memMiBEach ?? 0,
      spec.vcpu,
      spec.memMiB,
      -spec.baselineGbps,
    ]);
    return (left ?? []).map((value, i) => value - (right?.[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  };

/** By code unit: the same in every locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
