import type { AzOfferings, InstanceType } from '../types';

/** A region EC2 names, and whether the account may ask it anything. */
export interface ListedRegion {
  readonly region: string;
  readonly enabled: boolean;
}

/** What one region says of its AZs and of the tracked types it offers. */
export interface Survey {
  readonly azIds: AzOfferings;
  readonly instanceTypes: ReadonlyMap<string, InstanceType>;
}

/** Where a refresh reads from; EC2 in production. */
export interface CatalogSource {
  /** @throws Unreadable when the list cannot be read at all. */
  regions(): Promise<readonly ListedRegion[]>;
  /** @throws Unreadable when the region cannot be read whole. */
  survey(region: string): Promise<Survey>;
}

/** A read that failed for a reason worth one line: no credentials, no permission, no route. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
