import type { Standing } from '../proxy';

/** A node as it stands in the directory. */
export interface Entry {
  /** The public address with hyphens: who claims it next takes the entry over. */
  readonly id: string;
  /** When its node last said that it is there; undefined where it says no such thing. */
  readonly seenAt: number | undefined;
}

export interface Sight {
  readonly own: string;
  readonly standing: Standing;
  readonly listed: readonly Entry[];
  /** The directory took what this node wrote for as long as another may be silent: silence is the other's own. */
  readonly isSteady: boolean;
  readonly now: number;
}

export interface Changes {
  readonly enter: boolean;
  readonly leave: boolean;
  /** Nodes that are gone and could not say so. */
  readonly forget: readonly string[];
}

export const REFRESH_MS = 60_000;
/** After so many refreshes that did not come, a node is gone, and its cell perhaps with it. */
export const GONE_MS = 5 * REFRESH_MS;

/**
 * A node enters once it is ready and leaves when it drains. Without a media node for a while it stays: carriers are told 503
 * and go on to the next, and an empty answer would be remembered by resolvers for longer than the outage lasts.
 */
export function changesFor({ own, standing, listed, isSteady, now }: Sight): Changes {
  const isIn = listed.some(({ id }) => id === own);
  const gone = ({ id, seenAt = 0 }: Entry) => id !== own && now - seenAt > GONE_MS;
  return {
    enter: standing === 'ready' || (standing === 'other' && isIn),
    leave: standing === 'draining' && isIn,
    forget: isSteady ? listed.filter(gone).map(({ id }) => id) : [],
  };
}
