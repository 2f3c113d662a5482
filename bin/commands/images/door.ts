import type { RegionRegistry } from '../../../supply/images/mirror/registry';
import type { AccountOf } from '../../../supply/account';
import type { PinSource } from '../../../supply/images/pins';

/** What the door opens on; tests give their own. */
export interface ImagesDoor {
  readonly pins: PinSource;
  readonly registry: RegionRegistry;
  readonly account: AccountOf;
  /** Day of the run, `2026-11-22`. */
  readonly today: string;
}
