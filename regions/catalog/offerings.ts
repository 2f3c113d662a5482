import { expandTokens } from './families';
import { offeringsFile, type OfferingsFile } from './files';
import { INSTANCE_TYPES } from './instance-types';
import { jurisdictionOf, partitionOf } from './jurisdictions';
import type { AzOfferings, RegionOfferings } from './types';

/** All that is known of a region a deployment may be planned in. */
export interface RegionFacts {
  readonly region: string;
  readonly partition: string;
  /** Key of `JURISDICTIONS`. */
  readonly jurisdiction: string;
  /** Tracked instance types each AZ offers, by AZ id. */
  readonly azIds: AzOfferings;
}

/** One AZ of a region and what it lacks of the types a cell asks for; nothing missing means it can hold the cell. */
export interface AzFeasibility {
  readonly azId: string;
  readonly missing: readonly string[];
}

export const OFFERINGS: ReadonlyMap<string, RegionOfferings> = expandOfferings(offeringsFile, [
  ...INSTANCE_TYPES.keys(),
]);

const OFFERED_BY_AZ: AzOfferings = new Map([...OFFERINGS.values()].flatMap(({ azIds }) => [...azIds]));

/** Undefined unless the region's jurisdiction and its AZs' offerings are both known. */
export function regionFacts(region: string): RegionFacts | undefined {
  const [partition, jurisdiction, offerings] = [partitionOf(region), jurisdictionOf(region), OFFERINGS.get(region)];
  if (partition === undefined || jurisdiction === undefined || offerings === undefined) return undefined;
  return { region, partition, jurisdiction, azIds: offerings.azIds };
}

/** Whether the AZ is known to offer the type; false for an unknown AZ or type. */
export const offers = (azId: string, type: string): boolean => OFFERED_BY_AZ.get(azId)?.has(type) ?? false;

/** What each AZ of the region lacks of the types, by AZ id; empty for a region without facts, so no cell fits there. */
export function feasibility(region: string, types: readonly string[]): AzFeasibility[] {
  const azIds = [...(regionFacts(region)?.azIds.keys() ?? [])].toSorted();
  return azIds.map((azId) => ({ azId, missing: types.filter((type) => !offers(azId, type)) }));
}

/** Offerings of a file with its tokens replaced by the known types they stand for. */
export function expandOfferings(file: OfferingsFile, known: readonly string[]): ReadonlyMap<string, RegionOfferings> {
  const expandAzs = (azs: Readonly<Record<string, string>>): AzOfferings =>
    new Map(Object.entries(azs).map(([azId, tokens]) => [azId, expandTokens(tokens.split(' '), known)]));
  return new Map(
    Object.entries(file.regions).map(([region, { source, asOf, azs }]) => [
      region,
      { source, asOf, azIds: expandAzs(azs) },
    ]),
  );
}
