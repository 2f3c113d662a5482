import type { DataClass } from '../../regions/config/schema';

/** What one framework asks of one class of data. Periods in days. */
export interface Requirement {
  readonly dataClass: DataClass;
  /** Kept at least this long after the clock starts. */
  readonly floorDays: number;
  /** Gone after this long. @default no end */
  readonly ceilingDays?: number;
  /**
   * Kept out of archive tiers for this long.
   * @default 0
   */
  readonly accessibleDays?: number;
  /** `worm`: nobody can delete or shorten; `integrity`: nobody without a named privilege can. */
  readonly protection?: Protection;
  /**
   * What starts the period: the record is made, or something ends that it is about (an account is closed, a policy leaves
   * effect). The second starts later.
   * @default creation
   */
  readonly clock?: Clock;
  /** What may not be in the data at all, however it is kept. */
  readonly excludes?: Excluded;
  readonly citation: string;
  /** `law` when the text sets the number, `reading` when it is a cautious reading of it, `default` when the kit chose it. */
  readonly basis: 'law' | 'reading' | 'default';
  /** Keys of `sources.ts`. */
  readonly sources: readonly string[];
  readonly checkedOn: string;
}

export type Protection = 'worm' | 'integrity';

export type Clock = 'creation' | 'event';

/** Sensitive authentication data of a payment card: full track, card verification code, PIN. */
export type Excluded = 'card-data';

export type FrameworkTable = readonly Requirement[];
