import { offeringsFile } from './files';
import { alternativesTo, instanceType } from './instance-types';
import { JURISDICTIONS, regionsOf } from './jurisdictions';
import { nearestFeasible, standIns, type RegionChoice } from './nearest';
import { feasibility, OFFERINGS, type AzFeasibility } from './offerings';
import type { InstanceType } from './types';

export interface CellRequest {
  /** Types of the inference nodes; each must have a GPU. */
  readonly gpu: readonly string[];
  /** Types of edge and media nodes; none has a GPU. */
  readonly media: readonly string[];
  /** @default every jurisdiction */
  readonly jurisdiction?: string | undefined;
}

export interface AzReport extends AzFeasibility {
  /** By type the AZ lacks, the types it offers that can stand in; absent where the cell fits as asked. */
  readonly instead?: Readonly<Record<string, readonly string[]>>;
}

export interface RegionReport {
  readonly region: string;
  readonly jurisdiction: string;
  readonly azs: readonly AzReport[];
  /** Where the cell fits as asked: the region itself if it can, else another of its jurisdiction. Absent when none can. */
  readonly nearest?: RegionChoice;
}

export interface RegionsReport {
  readonly types: readonly string[];
  readonly regions: readonly RegionReport[];
  /** Regions whose jurisdiction is known and whose offerings are not: no cell is ever planned there. */
  readonly withoutFacts: readonly string[];
  readonly sources: readonly { readonly asOf: string; readonly source: string }[];
  readonly caveat: string;
}

/** What is wrong with a request, in one line with the values allowed; undefined when nothing is. */
export function problemOf({ gpu, media, jurisdiction }: CellRequest): string | undefined {
  const problems = [
    ...gpu.map((type) => typeProblem('--gpu', type, (spec) => spec.gpu !== undefined)),
    ...media.map((type) => typeProblem('--media', type, (spec) => spec.gpu === undefined)),
  ];
  if (jurisdiction !== undefined && !Object.hasOwn(JURISDICTIONS, jurisdiction))
    problems.push(`got --jurisdiction ${jurisdiction}, allowed ${Object.keys(JURISDICTIONS).join(', ')}`);
  return problems.find((problem) => problem !== undefined);
}

function typeProblem(flag: string, type: string, accept: (spec: InstanceType) => boolean): string | undefined {
  const spec = instanceType(type);
  return spec && accept(spec) ? undefined : `got ${flag} ${type}, allowed ${alternativesTo(type, accept).join(', ')}`;
}

/** Which AZ ids can hold a cell of the types asked for; for each that cannot, what it lacks and what comes nearest. */
export function reportRegions(request: CellRequest): RegionsReport {
  const types = [...new Set([...request.gpu, ...request.media])];
  const keys = request.jurisdiction === undefined ? Object.keys(JURISDICTIONS) : [request.jurisdiction];
  const places = keys.flatMap((jurisdiction) => regionsOf(jurisdiction).map((region) => ({ region, jurisdiction })));
  const known = places.filter(({ region }) => OFFERINGS.has(region));
  return {
    types,
    regions: known.map(({ region, jurisdiction }) => regionReport(region, jurisdiction, types)),
    withoutFacts: places.map(({ region }) => region).filter((region) => !OFFERINGS.has(region)),
    sources: sourcesOf(known.map(({ region }) => region)),
    caveat: offeringsFile.caveat,
  };
}

function regionReport(region: string, jurisdiction: string, types: readonly string[]): RegionReport {
  const [nearest] = nearestFeasible({ region, types, jurisdiction }).places;
  const azs = feasibility(region, types).map((az) => (az.missing.length > 0 ? { ...az, instead: insteadOf(az) } : az));
  return { region, jurisdiction, azs, ...(nearest && { nearest }) };
}

const insteadOf = ({ azId, missing }: AzFeasibility): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(missing.map((type) => [type, standIns(azId, type).slice(0, 3)]));

function sourcesOf(regions: readonly string[]): RegionsReport['sources'] {
  const used = regions.flatMap((region) => OFFERINGS.get(region) ?? []);
  const rows = used.map(({ asOf, source }) => ({ asOf, source: offeringsFile.sources[source] ?? source }));
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
