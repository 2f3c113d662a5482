import type { Load, Told } from './surplus';

/** What a node tells the others of its service while there are more of them than are wanted. */
export interface Word extends Load {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Nodes look every five seconds; a count this old is written again, but no call that begins or ends is a reason to. */
const RENEW_MS = 30_000;
/** A count that was missed twice may be anything. */
const STALE_MS = 3 * RENEW_MS;

/**
 * What is still to be said; undefined where nothing is. `isWanted` is whether anybody decides by it: who is taken says so before,
 * because ECS may start its replacement at any moment.
 */
export function nextWord(now: Word, said: Word | undefined, isWanted: boolean): Word | undefined {
  if (said?.isLeaving) return now.isLeaving && Boolean(now.isTaken) === Boolean(said.isTaken) ? undefined : now;
  if (!isWanted && !now.isTaken) return undefined;
  return !said || now.isLeaving || now.at - said.at >= RENEW_MS ? now : undefined;
}

/** As others may rely on it at `now`: that a node leaves, and the count it left with, stand until it says otherwise. */
export const toldAt = ({ node, calls, isLeaving, isTaken, at }: Word, now: number): Told => ({
  node,
  calls: isLeaving || now - at < STALE_MS ? calls : undefined,
  isLeaving,
  ...(isTaken ? { isTaken } : {}),
  ageMs: now - at,
});

export const nothingOf = (node: string): Told => ({
  node,
  calls: undefined,
  isLeaving: false,
  isTaken: false,
  ageMs: 0,
});

/** The value of an ECS attribute: letters, digits, and `-_.@/\:` and spaces within. */
export const textOf = ({ node, calls, at, ...is }: Word): string =>
  [node, calls ?? 'unknown', intentOf(is), new Date(at).toISOString()].join(' ');

function intentOf({ isLeaving, isTaken }: Pick<Word, 'isLeaving' | 'isTaken'>): string {
  if (isTaken) return 'taken';
  return isLeaving ? 'leaves' : 'stays';
}

const WORD = /^(\S+) (\d+|unknown) (taken|leaves|stays) (\S+)$/;

export function readWord(text: string): Word | undefined {
  const [, node, calls, is, at = ''] = WORD.exec(text) ?? [];
  if (node === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return {
    node,
    calls: calls === 'unknown' ? undefined : Number(calls),
    isLeaving: is !== 'stays',
    ...(is === 'taken' ? { isTaken: true } : {}),
    at: Date.parse(at),
  };
}
