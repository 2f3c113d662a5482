import { jurisdictionOf } from '../jurisdictions';
import type { Catalog, InstanceType, RegionOfferings } from '../types';
import { Unreadable, type CatalogSource, type Survey } from './source';

export interface RefreshRequest {
  readonly current: Catalog;
  /** Regions to read; empty means every region EC2 lists. */
  readonly regions: readonly string[];
  /** Day of the refresh, `2026-11-22`. */
  readonly checkedOn: string;
}

const EC2 = 'EC2 API, read by voicecell catalog refresh';

/** A region whose facts stay as they were, and why. */
export interface KeptRegion {
  readonly region: string;
  readonly because: string;
}

export interface Refreshed {
  readonly next: Catalog;
  readonly read: readonly string[];
  readonly kept: readonly KeptRegion[];
}

/**
 * Reads the regions and merges what they say into the catalogue. A region that cannot be read whole keeps its facts and
 * is named with the reason; nothing is dropped silently.
 *
 * @throws Unreadable when the list of regions was needed and cannot be read
 */
export async function refresh(source: CatalogSource, request: RefreshRequest): Promise<Refreshed> {
  const { current, checkedOn } = request;
  const targets = request.regions.length > 0 ? named(request.regions) : await listed(source, current);
  const surveys = new Map<string, Survey>();
  const kept = targets.filter((target): target is KeptRegion => 'because' in target);
  for (const target of targets) {
    if ('because' in target) continue;
    const outcome = await surveyed(source, target.region);
    if ('because' in outcome) kept.push(outcome);
    else surveys.set(target.region, outcome);
  }
  return { next: merge(current, surveys, checkedOn), read: [...surveys.keys()], kept: kept.toSorted(byRegion) };
}

type Target = { readonly region: string } | KeptRegion;

const named = (regions: readonly string[]): Target[] => [...new Set(regions)].map(withJurisdiction);

/** Every region EC2 lists, and those of the catalogue it does not list. */
async function listed(source: CatalogSource, current: Catalog): Promise<Target[]> {
  const regions = await source.regions();
  const names = new Set(regions.map(({ region }) => region));
  const targets = regions.map(({ region, enabled }) =>
    enabled ? withJurisdiction(region) : { region, because: 'not enabled in this account' },
  );
  const absent = [...current.offerings.keys()].filter((region) => !names.has(region));
  const unlisted = absent.map((region) => ({ region, because: 'not listed by EC2 for this account' }));
  return [...targets, ...unlisted].toSorted(byRegion);
}

/** A region of no known jurisdiction is never taken in: nobody could say which law its data lies under. */
const withJurisdiction = (region: string): Target =>
  jurisdictionOf(region) === undefined
    ? { region, because: 'no known jurisdiction; add it to regions/catalog/jurisdictions.ts first' }
    : { region };

async function surveyed(source: CatalogSource, region: string): Promise<Survey | KeptRegion> {
  try {
    const survey = await source.survey(region);
    const offered = [...survey.azIds.values()].some((types) => types.size > 0);
    return offered ? survey : { region, because: 'EC2 answered without a single tracked instance type' };
  } catch (error) {
    if (error instanceof Unreadable) return { region, because: error.message };
    throw error;
  }
}

function merge(current: Catalog, surveys: ReadonlyMap<string, Survey>, asOf: string): Catalog {
  const instanceTypes = new Map<string, InstanceType>(current.instanceTypes);
  const offerings = new Map<string, RegionOfferings>(current.offerings);
  const described = new Set([...surveys.values()].flatMap((survey) => [...survey.instanceTypes.keys()]));
  for (const [region, survey] of surveys) {
    for (const [type, spec] of survey.instanceTypes) instanceTypes.set(type, spec);
    offerings.set(region, { source: 'ec2', asOf, azIds: survey.azIds });
  }
  const allDescribed = [...current.instanceTypes.keys()].every((type) => described.has(type));
  return { offerings, instanceTypes, specsFrom: allDescribed ? { source: EC2, asOf } : current.specsFrom };
}

const byRegion = (a: { readonly region: string }, b: { readonly region: string }): number =>
  a.region < b.region ? -1 : a.region > b.region ? 1 : 0;
