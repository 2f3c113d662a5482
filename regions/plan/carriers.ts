import type { Carrier } from '../../media/contract/input';

/** As carriers are tried, so that moving a block within the file changes no task and drains no node. */
export const inFailoverOrder = (carriers: readonly Carrier[]): readonly Carrier[] =>
  carriers.toSorted((a, b) => a.failoverOrder - b.failoverOrder);
