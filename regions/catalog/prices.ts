import { pricesFile } from './files';

/**
 * Linux on-demand price in USD per hour, or undefined when the catalogue has none. Undefined is not free and is not
 * evidence that AWS does not offer the type there. Source, commit and day: `data/prices.json`.
 */
export function priceUsdPerHour(type: string, region: string): number | undefined {
  const byRegion = new Map(Object.entries(pricesFile.usdPerHour)).get(type);
  return byRegion && new Map(Object.entries(byRegion)).get(region);
}
