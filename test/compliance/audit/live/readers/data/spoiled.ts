import type { DeployedKit } from '../../../../../support/deployed';
import { SPOILED_RIGHTS } from './spoiled-rights';
import { SPOILED_STORES } from './spoiled-stores';
import { SPOILED_WATCHES } from './spoiled-watches';

/** Something done to one resource of the account behind the templates' back. */
export interface Spoiled {
  readonly type: string;
  readonly what: string;
  readonly spoil: (kit: DeployedKit) => Promise<unknown>;
  /** Properties that must differ, in order. */
  readonly changed: readonly string[];
}

export const SPOILED: readonly Spoiled[] = [...SPOILED_STORES, ...SPOILED_RIGHTS, ...SPOILED_WATCHES];
