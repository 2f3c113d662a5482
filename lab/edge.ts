import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Carrier, type CallEvent, edgeContainers, parseEvent } from '../media/contract';
import { Daemon } from './daemon';
import { freePort, freeRange } from './ports';
import { edgeInput } from './inputs';
import { temporaryDirectory } from './temporary';

const EDGE = path.join(__dirname, '..', 'media', 'edge');
/** Loopback addresses stand for machines; in a network namespace the edge has an address of its own. */
export const ADDRESS = '127.0.0.2';
export const PUBLIC_ADDRESS = '203.0.113.9';

export interface EdgeOptions {
  readonly carriers: readonly Carrier[];
  /** @default ADDRESS */
  readonly address?: string;
  /** @default PUBLIC_ADDRESS */
  readonly publicAddress?: string;
  /**
   * At once: each has four ports of the relay.
   * @default 50
   */
  readonly calls?: number;
  /** Environment on top of what the contract states. */
  readonly env?: Readonly<Record<string, string>>;
  /** Puts files into the node's directory before the daemons start. */
  readonly prepare?: (directory: string) => void;
  /**
   * What starts a daemon.
   * @default the script that its image starts, on this machine
   */
  readonly starts?: (daemon: EdgeDaemon, node: EdgeNode) => readonly string[];
}

export type EdgeDaemon = 'kamailio' | 'rtpengine';

interface EdgeNode {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Kamailio and rtpengine as their images start them, with the environment the contract gives them, on free ports. */
export class Edge {
  readonly kamailio: Daemon;
  readonly rtpengine: Daemon;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor({ directory, env }: EdgeNode, starts: Required<EdgeOptions>['starts']) {
    this.directory = directory;
    this.env = env;
    const daemon = (name: EdgeDaemon) => {
      const [command = '', ...args] = starts(name, this);
      return new Daemon(command, args, { env });
    };
    this.rtpengine = daemon('rtpengine');
    this.kamailio = daemon('kamailio');
  }

  static async start({
    carriers,
    calls = 50,
    env = {},
    prepare,
    starts = script,
    ...addresses
  }: EdgeOptions): Promise<Edge> {
    const { address = ADDRESS, publicAddress = PUBLIC_ADDRESS } = addresses;
    const directory = temporaryDirectory();
    prepare?.(directory);
    const own = { ...(await ownEnv(directory, publicAddress, calls)), LISTEN_ADDRESS: address };
    const edge = new Edge({ directory, env: { ...contractEnv(carriers), ...own, ...env } }, starts);
    await edge.kamailio.ready(async () => (await edge.get('/healthz')).status === 200);
    return edge;
  }

  at = (port: 'SIP_PORT' | 'SIP_TLS_PORT' | 'SIP_INNER_PORT'): { readonly address: string; readonly port: number } => ({
    address: this.env['LISTEN_ADDRESS'] ?? ADDRESS,
    port: Number(this.env[port]),
  });

  /** The events it wrote, each held to the contract. */
  events(): CallEvent[] {
    return this.kamailio
      .lines()
      .filter((line) => line.startsWith('{'))
      .map((line) => {
        const parsed = parseEvent(line);
        if ('problems' in parsed) throw new Error(`${line}: ${parsed.problems.join('; ')}`);
        return parsed.event;
      });
  }

  get = (route: string): Promise<Response> => fetch(`http://127.0.0.1:${this.env['HTTP_PORT']}${route}`);

  async rpc(method: string, params: readonly unknown[] = []): Promise<{ result?: unknown; error?: unknown }> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(`http://127.0.0.1:${this.env['HTTP_PORT']}/rpc`, { method: 'POST', body });
    return (await response.json()) as { result?: unknown; error?: unknown };
  }

  /** Operators' own tool, as the drain commands of the contract call it. */
  kamcmd(...args: readonly string[]): string {
    const control = `unix:${this.env['RENDERED_DIRECTORY']}/kamailio_ctl`;
    return spawnSync('kamcmd', ['-s', control, ...args], { encoding: 'utf8' }).stdout;
  }

  writeList(lines: readonly string[]): void {
    writeFileSync(this.env['DISPATCHER_LIST'] ?? '', lines.map((line) => `${line}\n`).join(''));
  }
}

const script = (daemon: EdgeDaemon): string[] => [path.join(EDGE, daemon, 'start.sh')];

function contractEnv(carriers: readonly Carrier[]): Record<string, string> {
  const containers = edgeContainers(edgeInput(carriers));
  return Object.assign({}, ...containers.map(({ env }) => env)) as Record<string, string>;
}

async function ownEnv(directory: string, publicAddress: string, calls: number): Promise<Record<string, string>> {
  const ports = await Promise.all(Array.from({ length: 7 }, freePort));
  const [sip, tls, inner, http, control, cli, relayHttp] = ports.map(String) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const rtp = await freeRange(4 * calls);
  const publicFile = path.join(directory, 'public-ipv4');
  writeFileSync(publicFile, `${publicAddress}\n`);
  return {
    RENDERED_DIRECTORY: directory,
    TLS_DIRECTORY: directory,
    PUBLIC_ADDRESS_FILE: publicFile,
    DISPATCHER_LIST: path.join(directory, 'dispatcher.list'),
    SIP_PORT: sip,
    SIP_TLS_PORT: tls,
    SIP_INNER_PORT: inner,
    HTTP_PORT: http,
    RTPENGINE_CONTROL: `udp:127.0.0.1:${control}`,
    CONTROL: `127.0.0.1:${control}`,
    CLI: `127.0.0.1:${cli}`,
    HTTP: `127.0.0.1:${relayHttp}`,
    RTP_PORT_MIN: String(rtp.from),
    RTP_PORT_MAX: String(rtp.to),
  };
}
