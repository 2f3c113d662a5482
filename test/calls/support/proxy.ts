import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, cpSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import { edgeContainers } from '../../../media/contract';
import { edgeInput } from '../../support/contract-input';
import { Daemon } from './daemon';
import { freePort } from './ports';
import { describeWith } from './programs';
import { temporaryDirectory } from './temporary';

const SOURCE = path.join(__dirname, '..', '..', '..', 'media', 'edge', 'proxy');
const USER = 10001;

/** 443 is the only port that the proxy connects to; who may not listen there is told so, but not in CI. */
export function describeOnHttps(address: string, programs: readonly string[], name: string, tests: () => void): void {
  const server = `net.createServer().on('error', () => process.exit(1)).listen(443, '${address}', () => process.exit(0))`;
  const listens = spawnSync(process.execPath, ['-e', server]).status === 0;
  if (listens || process.env['CI']) return describeWith(programs, name, tests);
  describe.skip(`${name} (skipped where nobody may listen on port 443)`, tests);
}

export interface ProxyOptions {
  /** Names and where they lead. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly declared: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a client of the proxy hears: a status, and where it is 200 the tunnel. */
export interface Answer {
  readonly status: number;
  readonly socket: Socket;
}

/** Squid as its image starts it, with the environment the contract gives it, for the client 127.0.0.1. */
export class Proxy {
  readonly port: number;
  readonly daemon: Daemon;
  private readonly directory: string;

  private constructor(port: number, directory: string, env: Readonly<Record<string, string>>) {
    this.port = port;
    this.directory = directory;
    // The container's user: Squid does more than it should when it is root.
    const user = process.getuid?.() === 0 ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'] : [];
    const [command, ...args] = [...user, path.join(directory, 'start.sh')];
    this.daemon = new Daemon(command, args, { env });
  }

  static async start({ hosts, declared, env = {} }: ProxyOptions): Promise<Proxy> {
    const directory = copied();
    const lines = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
    appendFileSync(path.join(directory, 'names'), lines.join(''));
    // Names are looked up in this file instead of in the VPC's resolver.
    appendFileSync(path.join(directory, 'squid.conf'), `hosts_file ${directory}/names\n`);
    const input = { ...edgeInput(), outsideHosts: declared, mediaCidr: '127.0.0.1/32' };
    const contract = edgeContainers(input).find(({ name }) => name === 'proxy');
    const port = await freePort();
    const own = { PROXY_PORT: String(port), RENDERED_DIRECTORY: path.join(directory, 'run') };
    const proxy = new Proxy(port, directory, { ...contract?.env, ...own, ...env });
    await proxy.daemon.ready(async () => proxy.isAlive());
    return proxy;
  }

  /** As ECS asks. */
  isAlive(): boolean {
    const env = { ...process.env, PROXY_PORT: String(this.port) };
    return spawnSync(path.join(this.directory, 'health.sh'), { env, stdio: 'ignore' }).status === 0;
  }

  connect = (target: string, localAddress = '127.0.0.1'): Promise<Answer> => this.ask('CONNECT', target, localAddress);

  get = (target: string): Promise<Answer> => this.ask('GET', target, '127.0.0.1');

  private async ask(method: string, target: string, localAddress: string): Promise<Answer> {
    const asked = request({ host: '127.0.0.1', port: this.port, method, path: target, localAddress, agent: false });
    asked.end();
    const [response, socket] = (await Promise.race([once(asked, 'connect'), once(asked, 'response')])) as [
      { statusCode?: number; socket: Socket; resume?: () => void },
      Socket | undefined,
    ];
    return { status: response.statusCode ?? 0, socket: socket ?? response.socket };
  }
}

/** Readable for the container's user, wherever the repository lies. */
function copied(): string {
  const directory = temporaryDirectory();
  cpSync(SOURCE, directory, { recursive: true });
  mkdirSync(path.join(directory, 'run'));
  chmodSync(directory, 0o755);
  if (process.getuid?.() === 0) chownSync(path.join(directory, 'run'), USER, USER);
  return directory;
}
