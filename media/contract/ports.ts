import type { ContainerContract, PortContract } from './schema';

/** Ports of the edge and media nodes. All lie above 1023: no container needs a privilege to bind. */
export const PORTS = {
  sipTls: 5061,
  sip: 5060,
  /** Edge: SIP of the cell's media nodes; apart from the carriers' port, because only that one advertises the public address. */
  sipInner: 5062,
  /** Edge: the proxy's health, drain state and metrics, loopback only. */
  kamailioHttp: 5065,
  /** Edge: how the proxy steers the relay, loopback only. */
  rtpengineControl: 2223,
  /** Edge: how operators and health checks ask the relay, loopback only. */
  rtpengineCli: 9900,
  /** Edge: the relay's metrics, loopback only. */
  rtpengineHttp: 2225,
  /** Edge: the way of tools to declared hosts, for the cell's media nodes. */
  proxy: 3128,
  /** Media: Asterisk's metrics, loopback only. */
  asteriskHttp: 8088,
  /** Media: Asterisk's manager, loopback only, for the server's own use. */
  asteriskManager: 5038,
  /** Media: what the agent may ask of its call, loopback only. */
  serverControl: 8090,
  /** Media: where Asterisk opens a WebSocket with a call's audio, loopback only. */
  agentAudio: 9100,
  /** Media: what waits in the spool, loopback only. */
  recorderStatus: 8091,
  /** Media: calls in progress, free capacity and drain state; the edge's roster reads it. */
  status: 8089,
} as const;

/** Names of ports the cell opens to the edge; every other port of a media node stays closed. */
const OPEN_TO_EDGE = ['sip', 'status'] as const;

/** The ports of a media node that the cell's edge nodes may reach, whoever wrote the containers; each once. */
export function portsOpenToEdge(containers: readonly ContainerContract[]): PortContract[] {
  const open = containers
    .flatMap((container) => container.ports ?? [])
    .filter(({ name }) => OPEN_TO_EDGE.some((known) => known === name));
  return [...new Map(open.map((port) => [`${port.protocol}/${port.from}`, port])).values()];
}
