import type { RegionPlan } from '../../regions/plan/types';
import { VAULTS } from '../../regions/plan/vaults';
import type { StoredItem } from '../../media/contract/ledger';

/** Where an object of the ledger lies, and where its locked copy does. */
export interface Places {
  readonly bucket: string;
  readonly copy: { readonly region: string; readonly bucket: string };
}

/** Undefined where the ledger names a bucket that is no vault of calls of this region: nothing is read or held there. */
export function placesOf({ names, copies }: RegionPlan, { bucket, item }: StoredItem): Places | undefined {
  const dataClass = item.split('#')[0];
  const vault = VAULTS.find((one) => one.dataClass === dataClass && names.buckets[one.bucket] === bucket);
  return vault && { bucket, copy: { region: copies.region, bucket: names.buckets[vault.copy] } };
}

export const notOurs = (stored: StoredItem): string =>
  `the ledger names the bucket ${stored.bucket}, which is no vault of a ${stored.item.split('#')[0]} here; see who wrote the row`;
