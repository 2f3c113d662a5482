import type { LockMode, Settlement } from '../regions/config/schema';
import type { Clock, Excluded, Protection } from './frameworks/framework';

/** What all sides together ask of one class of data: the strictest wins. Periods in days. */
export interface MergedRequirement {
  readonly floorDays: number;
  /** Absent when nobody sets an end. */
  readonly ceilingDays?: number;
  /** What lets a longer duty to keep win over the ceiling; absent unless everybody who sets that ceiling has settled it. */
  readonly settledBy?: Settlement;
  readonly accessibleDays: number;
  readonly protection?: Protection;
  /** COMPLIANCE when any side asks for WORM, GOVERNANCE when any asks for integrity, else absent. */
  readonly lockMode?: LockMode;
  readonly clock: Clock;
  readonly excludes: readonly Excluded[];
  /** Who sets what, as `finra (17 CFR …)`, in order: a conflict names both sides. */
  readonly sides: Sides;
}

export interface Sides {
  readonly floor: readonly string[];
  readonly ceiling: readonly string[];
  readonly protection: readonly string[];
  readonly excludes: readonly string[];
}

/** Nobody asks for anything: joined with any requirement it gives that requirement. */
export const NOTHING: MergedRequirement = {
  floorDays: 0,
  accessibleDays: 0,
  clock: 'creation',
  excludes: [],
  sides: { floor: [], ceiling: [], protection: [], excludes: [] },
};

/** Both together. Commutative, associative, idempotent, and never weaker than either. */
export function join(a: MergedRequirement, b: MergedRequirement): MergedRequirement {
  const ceiling = lower(a, b);
  const protection = stronger(a, b);
  return {
    floorDays: Math.max(a.floorDays, b.floorDays),
    ...(ceiling.days === undefined ? {} : { ceilingDays: ceiling.days }),
    ...(ceiling.settledBy ? { settledBy: ceiling.settledBy } : {}),
    accessibleDays: Math.max(a.accessibleDays, b.accessibleDays),
    ...protectionFields(protection.kind),
    clock: [a.clock, b.clock].includes('event') ? 'event' : 'creation',
    excludes: union(a.excludes, b.excludes),
    sides: {
      floor: winners(Math.sign(a.floorDays - b.floorDays), a.sides.floor, b.sides.floor),
      ceiling: ceiling.sides,
      protection: protection.sides,
      excludes: union(a.sides.excludes, b.sides.excludes),
    },
  };
}

/** `worm` is a lock nobody opens, `integrity` one that a named privilege opens. */
export const protectionFields = (
  protection: Protection | undefined,
): Pick<MergedRequirement, 'protection' | 'lockMode'> =>
  protection ? { protection, lockMode: protection === 'worm' ? 'COMPLIANCE' : 'GOVERNANCE' } : {};

interface Ceiling {
  readonly days: number | undefined;
  readonly settledBy: Settlement | undefined;
  readonly sides: readonly string[];
}

function lower(a: MergedRequirement, b: MergedRequirement): Ceiling {
  const [first, second] = [a.ceilingDays ?? Infinity, b.ceilingDays ?? Infinity];
  const days = Math.min(first, second);
  return {
    days: days === Infinity ? undefined : days,
    settledBy: first === second ? bothSettled(a.settledBy, b.settledBy) : (first < second ? a : b).settledBy,
    // The lower one wins; of two that set none there is nobody to name.
    sides: winners(first === second ? 0 : second - first, a.sides.ceiling, b.sides.ceiling),
  };
}

/** Of two settlements the one that ends first. */
function bothSettled(a: Settlement | undefined, b: Settlement | undefined): Settlement | undefined {
  if (!a || !b) return undefined;
  return rank(a) < rank(b) ? a : b;
}

const rank = ({ expires, approver, legalBasis }: Settlement): string => JSON.stringify([expires, approver, legalBasis]);

const STRENGTH: readonly (Protection | undefined)[] = [undefined, 'integrity', 'worm'];

function stronger(
  a: MergedRequirement,
  b: MergedRequirement,
): { readonly kind: Protection | undefined; readonly sides: readonly string[] } {
  const difference = STRENGTH.indexOf(a.protection) - STRENGTH.indexOf(b.protection);
  return {
    kind: difference > 0 ? a.protection : b.protection,
    sides: winners(difference, a.sides.protection, b.sides.protection),
  };
}

/** Names of the side that wins, or of both where they ask for the same. */
function winners(difference: number, a: readonly string[], b: readonly string[]): readonly string[] {
  if (difference === 0) return union(a, b);
  return difference > 0 ? a : b;
}

const union = <T extends string>(a: readonly T[], b: readonly T[]): readonly T[] =>
  [...new Set([...a, ...b])].toSorted();
