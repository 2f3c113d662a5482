import { DRIFTS_OF_BUCKETS } from './buckets';
import { DRIFTS_OF_COMPUTE } from './compute';
import type { Drift } from './drift';
import { DRIFTS_OF_NETWORKS } from './network';
import { DRIFTS_OF_RIGHTS } from './rights';
import { DRIFTS_OF_STORES } from './stores';
import { DRIFTS_OF_WATCHES } from './watches';

/** Settings of what is kept, and of who may touch it. */
export const DRIFTS_OF_DATA: readonly Drift[] = [...DRIFTS_OF_BUCKETS, ...DRIFTS_OF_STORES, ...DRIFTS_OF_RIGHTS];

/** Settings of what runs, and of what watches it. */
export const DRIFTS_OF_PLATFORM: readonly Drift[] = [...DRIFTS_OF_WATCHES, ...DRIFTS_OF_NETWORKS, ...DRIFTS_OF_COMPUTE];

export const DRIFTS: readonly Drift[] = [...DRIFTS_OF_DATA, ...DRIFTS_OF_PLATFORM];
