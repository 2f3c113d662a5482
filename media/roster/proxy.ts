import { answerOf, ask, isGone, pageOf } from './kamailio';
import type { Rest } from './lifecycle/life';

/** What the proxy says of itself at `/ready`, as far as carriers care: `other` has no media node or no relay just now. */
export type Standing = 'ready' | 'draining' | 'other';

const WORDS: Readonly<Record<string, Standing>> = {
  ready: 'ready',
  // Carriers must find the node to be sent to the fallback number.
  emergency: 'ready',
  draining: 'draining',
};
const REFUSED = /^kamailio_refused\{reason="([a-z-]+)"\} (\d+)/gm;

export async function standingOf(rpc: string): Promise<Standing> {
  return WORDS[(await pageOf(rpc, '/ready'))?.trim() ?? ''] ?? 'other';
}

/** Calls in progress, those not yet answered included. */
export async function callsOf(rpc: string): Promise<Rest> {
  const { all } = ((await answerOf(rpc, 'dlg.stats_active'))?.result ?? {}) as { readonly all?: unknown };
  if (typeof all === 'number') return all;
  return (await isGone(rpc)) ? 'gone' : undefined;
}

/** Calls refused since the proxy started, by reason. */
export async function refusalsOf(rpc: string): Promise<ReadonlyMap<string, number> | undefined> {
  const page = await pageOf(rpc, '/metrics');
  return page === undefined
    ? undefined
    : new Map(Array.from(page.matchAll(REFUSED), ([, reason = '', count]) => [reason, Number(count)]));
}

/** New calls are refused with 503 while it holds; apart from what an operator has said with the drain command. */
export const tellLeaving = (rpc: string, leaving: boolean): Promise<boolean> =>
  ask(rpc, 'htable.seti', ['ctl', 'leaving', leaving ? 1 : 0]);

/** How many calls and calls a second this node takes of a carrier. */
export const tellShare = async (rpc: string, carrier: string, calls: number, rate: number): Promise<boolean> =>
  (await ask(rpc, 'htable.seti', ['carriers', `${carrier}::calls`, calls])) &&
  (await ask(rpc, 'htable.seti', ['carriers', `${carrier}::rate`, rate]));
