import type { DataClass } from '../../regions/config/schema';

/** What one framework asks of one class of data. Periods in days. */
export interface Requirement {
  readonly dataClass: DataClass;
  /** Kept at least this long from creation. */
  readonly floorDays: number;
  /**
   * Kept out of archive tiers for this long.
   * @default 0
   */
  readonly accessibleDays?: number;
  /** `worm`: nobody can delete or shorten; `integrity`: nobody without a named privilege can. */
  readonly protection?: 'worm' | 'integrity';
  readonly citation: string;
  /** `law` when the text sets the number, `reading` when it is a cautious reading of it, `default` when the kit chose it. */
  readonly basis: 'law' | 'reading' | 'default';
  readonly checkedOn: string;
}

export type FrameworkTable = readonly Requirement[];
