import type { PortRange } from '../../media/contract/input';
import type { Range } from '../plan/cell-types';

/** First RTP port. Below the kernel's ephemeral range (32768), above the well-known services. */
export const RTP_FIRST_PORT = 10_000;
export const RTP_LAST_PORT = 32_767;

/**
 * Ports kept per call: RTP and RTCP of each leg the node terminates. The edge relays, so it has two legs (four ports) on
 * one address; a media node has one leg.
 */
const PORTS_PER_CALL = { edge: 4, media: 2 } as const;

/** Ended calls hold their ports for a while (LiveKit SIP: 30 s idle), and a draining node still has old calls. */
const PORT_SLACK = 1.5;

/** Concurrent calls of one cell: at rest its share, at most its share of the peak when one other cell is lost. */
export function callsOfCell(load: { peak: number; quiet: number; cells: number }): Range {
  const survivors = Math.max(1, load.cells - 1);
  return { min: Math.ceil(load.quiet / load.cells), max: Math.ceil(load.peak / survivors) };
}

/** Units that carry a range of calls; at least `floor` of them always run. */
export function unitsFor(calls: Range, callsPerUnit: number, floor = 1): Range {
  const min = Math.max(floor, Math.ceil(calls.min / callsPerUnit));
  return { min, max: Math.max(min, Math.ceil(calls.max / callsPerUnit)) };
}

/**
 * Nodes above the maximum while a deployment or an instance refresh runs: as many again. A deployment starts all new tasks
 * at once, since old nodes keep their calls; those without a node would be counted as failures by the circuit breaker.
 */
export const surgeOf = (max: number): number => max;

/** RTP range of one node. The upper bound may pass {@link RTP_LAST_PORT}; the config reader refuses such a config. */
export function rtpPorts(tier: keyof typeof PORTS_PER_CALL, callsPerNode: number): PortRange {
  const ports = Math.ceil(callsPerNode * PORTS_PER_CALL[tier] * PORT_SLACK);
  return { from: RTP_FIRST_PORT, to: RTP_FIRST_PORT + ports + (ports % 2) - 1 };
}
