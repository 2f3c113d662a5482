import { surplusOf } from '../lifecycle/surplus';

/** A media node, as Kamailio dials it: `sip:10.0.1.2:5060`. */
export type NodeUri = string;

/** What a node says of itself at its status port. */
export interface NodeStatus {
  readonly calls: number;
  /** Calls it would take beyond those in progress. */
  readonly capacity: number;
  readonly draining: boolean;
}

export interface Sight {
  /** Nodes in the cell's directory; undefined when the directory did not answer. */
  readonly listed: readonly NodeUri[] | undefined;
  /** Nodes the cell wants; undefined when ECS did not answer. */
  readonly desired: number | undefined;
  /** Nodes that answered at their status port. */
  readonly statuses: ReadonlyMap<NodeUri, NodeStatus>;
}

/** `open` nodes get new calls; `closed` ones are known, so that the calls they have can go on. */
export interface Roster {
  readonly open: readonly NodeUri[];
  readonly closed: readonly NodeUri[];
}

/**
 * Who gets new calls. What cannot be seen stays as it was: an AWS that does not answer is no reason to turn calls away, and
 * whether a node is alive is asked by the proxy itself, every two seconds.
 */
export function decide({ listed, desired, statuses }: Sight, last: Roster): Roster {
  const known = listed ?? [...last.open, ...last.closed];
  const wasOpen = new Set(last.open);
  const willing = known.filter((node) => isWilling(statuses.get(node), wasOpen.has(node)));
  const surplus = new Set(surplusAmong(willing, statuses, desired ?? willing.length));
  const open = willing.filter((node) => !surplus.has(node));
  const leaving = [...wasOpen, ...last.closed].filter((node) => (statuses.get(node)?.calls ?? 0) > 0);
  return { open: sorted(open), closed: sorted([...known, ...leaving].filter((node) => !open.includes(node))) };
}

const isWilling = (status: NodeStatus | undefined, wasOpen: boolean): boolean =>
  status ? !status.draining && status.capacity > 0 : wasOpen;

/**
 * By the rule of the nodes themselves (`lifecycle/surplus.ts`): until they say who leaves, it gets no calls already. Nearly the same
 * ones: they count recordings that wait as well, and of equal ones take the first task, where here it is the first address.
 */
const surplusAmong = (willing: readonly NodeUri[], statuses: Sight['statuses'], desired: number): string[] =>
  surplusOf(
    willing.map((node) => ({ node, calls: statuses.get(node)?.calls, isLeaving: false })),
    willing.length - desired,
  );

const sorted = (nodes: readonly NodeUri[]): NodeUri[] => [...new Set(nodes)].toSorted();
