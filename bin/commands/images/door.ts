import type { RegionRegistry } from '../../../supply/images/mirror/registry';
import type { PinSource } from '../../../supply/images/pins';

/** What the door opens on; tests give their own. */
export interface ImagesDoor {
  readonly pins: PinSource;
  readonly registry: RegionRegistry;
  /** Day of the run, `2026-11-22`. */
  readonly today: string;
}

export const regionProblems = (asked: readonly string[], known: readonly string[]): string[] =>
  asked
    .filter((region) => !known.includes(region))
    .map((region) => `--region: got ${region}, allowed ${known.join(', ')}, change it to one of them`);
