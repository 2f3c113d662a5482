import type { DeploymentConfig, RegionConfig } from '../config/schema';
import type { Lock } from '../lock';
import type { Range } from './cell-types';
import type { Retention } from './retention';
import type { Names } from './types';

/** What a cell is planned from. */
export interface CellInput {
  readonly config: DeploymentConfig;
  /** Region name. */
  readonly name: string;
  readonly partition: string;
  readonly region: RegionConfig;
  readonly names: Names;
  readonly retention: Retention;
  readonly lock: Lock;
  readonly azId: string;
  /** Cells of the region. */
  readonly cells: number;
  readonly calls: Range;
  readonly maxCallMinutes: number;
}
