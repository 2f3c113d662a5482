import { gathered } from '../grouping';
import type { KeptStore, RetentionRow } from '../../posture';

/** Stores that keep alike: regions are built alike, so a chart shows one bar for all of them. */
export interface Kept {
  /** Absent where it is not known, or for ever. */
  readonly days?: number;
  readonly isForever: boolean;
  readonly lockMode?: string;
  readonly stores: readonly KeptStore[];
}

/** Longest first: what is not known after what is, as it may be nothing. */
export const keptOf = ({ stores }: RetentionRow): Kept[] =>
  gathered(stores, ({ days, isForever, lockMode }) => JSON.stringify([days, isForever, lockMode]))
    .map(alike)
    .toSorted((a, b) => rank(b) - rank(a));

function alike(stores: readonly KeptStore[]): Kept {
  const { days, isForever = false, lockMode } = stores[0] ?? {};
  return {
    ...(days === undefined ? {} : { days }),
    isForever,
    ...(lockMode === undefined ? {} : { lockMode }),
    stores,
  };
}

const rank = ({ days, isForever }: Kept): number => (isForever ? Infinity : (days ?? -1));

/** Against what is asked; absent where that cannot be told. */
export function against(
  { days, isForever }: Kept,
  { floorDays, ceilingDays }: RetentionRow,
): 'below' | 'above' | undefined {
  if (!isForever && days === undefined) return undefined;
  const kept = isForever ? Infinity : (days ?? 0);
  if (kept < floorDays) return 'below';
  return ceilingDays !== undefined && kept > ceilingDays ? 'above' : undefined;
}
