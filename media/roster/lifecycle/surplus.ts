/** A node, as far as it has said how full it is. */
export interface Load {
  readonly node: string;
  /** Undefined where it has not said, or not lately. */
  readonly calls: number | undefined;
  /** It has said that it leaves. */
  readonly isLeaving: boolean;
  /**
   * Whatever the others do: Auto Scaling, an operator or a deployment takes it.
   * @default false
   */
  readonly isTaken?: boolean;
}

/**
 * Which of more nodes than are wanted go: those that are taken, because their replacements are among the too many; those that leave
 * already, or two half-empty ones would take turns; then the emptiest, because their calls end soonest; who has not said may be the fullest. All who see the same pick the same; one is always left.
 */
export function surplusOf(loads: readonly Load[], count: number): string[] {
  return loads
    .toSorted(byTurn)
    .slice(0, Math.max(0, Math.min(count, loads.length - 1)))
    .map(({ node }) => node);
}

const byTurn = (a: Load, b: Load): number =>
  taken(b) - taken(a) ||
  Number(b.isLeaving) - Number(a.isLeaving) ||
  compare(callsOf(a), callsOf(b)) ||
  (a.node < b.node ? -1 : 1);

const taken = ({ isTaken = false }: Load): number => Number(isTaken);

const callsOf = ({ calls = Infinity }: Load): number => calls;

/** Two unknown ones are equal; their difference would be no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The same, as it is known of each other node by its last word. */
export interface Told extends Load {
  /** Milliseconds since; 0 where there was none. */
  readonly ageMs: number;
}

/** Two looks: whoever else lives has said how full it is by then. */
const PATIENCE_MS = 10_000;

/**
 * A node's own part: it says that it leaves one look before it does. Whoever else picked itself has then been seen, and the
 * order among those who have said so is fixed, because each keeps the count it said.
 */
export type Part = 'stays' | 'offers' | 'leaves';

export function partOf(told: readonly Told[], count: number, node: string): Part {
  const own = told.find((one) => one.node === node);
  if (!own || !surplusOf(told, count).includes(node)) return 'stays';
  if (own.isLeaving) return 'leaves';
  return own.calls !== undefined && (told.every(isKnown) || own.ageMs >= PATIENCE_MS) ? 'offers' : 'stays';
}

const isKnown = ({ calls, isLeaving }: Load): boolean => isLeaving || calls !== undefined;
