import { feasibility, nearestFeasible, offers, regionFacts } from '../../catalog';
import { typesOf } from '../../plan/placement';
import type { Finding } from '../finding';
import { inEachRegion, repeats, when, type RegionRule } from './rule';

/** Losing one cell must leave another; only a rehearsal may do without. */
export const productionHasTwoCells = inEachRegion(({ cells }, _, { purpose }) => {
  const count = 'azIds' in cells ? cells.azIds.length : cells.count;
  return when(purpose === 'production' && count < 2, {
    path: ['cells'],
    got: `${count} cell`,
    allowed: 'two cells or more in production, one in a sandbox',
    change: 'it: name a second AZ id',
  });
});

const inAzs: RegionRule = ({ cells }) =>
  'azIds' in cells ? repeats(cells.azIds, (index) => ['cells', 'azIds', index], 'an AZ id') : [];

export const cellsAreDistinct = inEachRegion(inAzs);

/** A named AZ must be of the region and offer every instance type of the cell. */
export const namedCellsAreFeasible = inEachRegion((region, name, { jurisdiction }) => {
  const facts = regionFacts(name);
  if (!facts || !('azIds' in region.cells)) return [];
  const types = typesOf(region);
  return region.cells.azIds.flatMap((azId, index): Finding[] => {
    const path = ['cells', 'azIds', index];
    if (!facts.azIds.has(azId))
      return [
        { path, allowed: `AZ ids of ${name}: ${[...facts.azIds.keys()].join(', ')}`, change: 'it to one of them' },
      ];
    const missing = types.filter((type) => !offers(azId, type));
    return when(missing.length > 0, {
      path,
      got: `${azId}, which does not offer ${missing.join(', ')}`,
      ...choices(name, types, jurisdiction, azId),
    });
  });
});

/** A count is placed by the planner, which needs that many AZs that offer everything. */
export const countedCellsAreFeasible = inEachRegion((region, name, { jurisdiction }) => {
  if (!regionFacts(name) || !('count' in region.cells)) return [];
  const types = typesOf(region);
  const feasible = feasibility(name, types).filter(({ missing }) => missing.length === 0);
  return when(feasible.length < region.cells.count, {
    path: ['cells', 'count'],
    got: `${region.cells.count} cells where ${feasible.length} AZ ids offer ${types.join(', ')}`,
    ...choices(name, types, jurisdiction),
  });
});

/** Where such a cell fits: other places first, then what could replace the types the AZ lacks. */
function choices(
  region: string,
  types: readonly string[],
  jurisdiction: string,
  azId?: string,
): Pick<Finding, 'allowed' | 'change'> {
  const { places, substitutes } = nearestFeasible({ region, types, jurisdiction });
  const where = places.slice(0, 3).map((place) => `${place.azIds.join(', ')} in ${place.region}`);
  const swap = substitutes.find((substitute) => azId === undefined || substitute.azId === azId);
  const swaps = Object.entries(swap?.instead ?? {}).map(([type, [best]]) => `${type} to ${best}`);
  return {
    allowed:
      where.length > 0 ? where.join('; ') : `an AZ of ${jurisdiction} that offers every type, of which there is none`,
    change:
      [where.length > 0 ? 'the place' : '', ...swaps].filter((part) => part !== '').join(', or ') ||
      'the instance types',
  };
}
