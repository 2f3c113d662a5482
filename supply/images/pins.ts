import type { Lock } from '../../regions/lock';

export interface Ami {
  readonly id: string;
  readonly name: string;
}

/** What a region says of the things a template names there by id. */
export interface RegionPins {
  readonly amis: { readonly cpu: Ami; readonly gpu: Ami };
  readonly prefixLists: { readonly s3: string; readonly dynamodb: string };
}

/** Where pins are asked for; AWS in production. */
export interface PinSource {
  /** @throws Unreadable with one line when the region cannot be asked */
  pinsOf(region: string): Promise<RegionPins>;
}

/** A value of the lock file that changes: `amis.us-east-1.cpu.id`. */
export interface PinChange {
  readonly path: readonly [section: 'amis' | 'prefixLists', region: string];
  readonly before: unknown;
  readonly after: unknown;
}

/** Regions that have to be asked: those with a gap, or all when pins are to be renewed. */
export const regionsToAsk = (lock: Lock, regions: readonly string[], update: boolean): string[] =>
  regions.filter((region) => update || !lock.amis[region] || !lock.prefixLists[region]);

/** Gaps are filled; what is pinned changes only when it is asked for. */
export function pinChanges(lock: Lock, region: string, pins: RegionPins, update: boolean): PinChange[] {
  const changes: PinChange[] = [
    { path: ['amis', region], before: lock.amis[region], after: pins.amis },
    { path: ['prefixLists', region], before: lock.prefixLists[region], after: pins.prefixLists },
  ];
  return changes.filter(
    ({ before, after }) => before === undefined || (update && JSON.stringify(before) !== JSON.stringify(after)),
  );
}
