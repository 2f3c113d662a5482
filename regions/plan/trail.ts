import { VAULTS } from './vaults';
import type { CopiesPlan, Names, TrailPlan } from './types';

export interface TrailInput {
  readonly region: string;
  readonly names: Names;
  /** Every region of the deployment with its names and where its copies lie. */
  readonly deployment: readonly { readonly region: string; readonly names: Names; readonly copies: CopiesPlan }[];
}

/**
 * Each regional trail records its own vault and the copies that lie in its region. The home trail spans all regions, so
 * that an action in an unexpected region is seen, and takes the copies that lie where the deployment has no trail.
 */
export function trailFor({ region, names, deployment }: TrailInput): TrailPlan {
  const home = deployment[0]?.region === region;
  const trailed = new Set(deployment.map((entry) => entry.region));
  const copies = deployment.filter(
    (entry) => entry.copies.region === region || (home && !trailed.has(entry.copies.region)),
  );
  return {
    multiRegion: home,
    dataEventBuckets: [
      ...VAULTS.map(({ bucket }) => names.buckets[bucket]),
      ...copies.flatMap((entry) => VAULTS.map(({ copy }) => entry.names.buckets[copy])),
    ],
  };
}
