import type { Keeper } from './keeper';
import { type NodeStatus, type NodeUri, decide } from './nodes/decide';

export interface RosterOptions {
  readonly keeper: Keeper;
  /** Each gives undefined where nobody answered. */
  readonly listed: () => Promise<readonly NodeUri[] | undefined>;
  readonly desired: () => Promise<number | undefined>;
  readonly statuses: (nodes: readonly NodeUri[]) => Promise<ReadonlyMap<NodeUri, NodeStatus>>;
}

/** Looks at the cell once and tells the proxy. */
export async function look({ keeper, listed, desired, statuses }: RosterOptions): Promise<void> {
  const { last } = keeper;
  const [nodes, wanted] = await Promise.all([listed(), desired()]);
  const known = [...new Set([...(nodes ?? []), ...last.open, ...last.closed])];
  await keeper.keep(decide({ listed: nodes, desired: wanted, statuses: await statuses(known) }, last));
}
