import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/**
 * Network namespaces of one run: `hub` has the edge node, the callers and what stands for AWS; each media node has one of its
 * own, with the ports that the contract states and the link-local addresses at which EC2 and ECS answer a node.
 */
export const HOSTS = { edge: '10.78.0.1', carrier: '10.78.0.2', aws: '10.78.0.3' } as const;
export const LINK_LOCAL = { instance: '169.254.169.254', resolver: '169.254.169.253', task: '169.254.170.2' } as const;
export const nodeAddress = (node: number): string => `10.78.1.${node}`;

const PREFIX = 'voicecell-drain-';
const NAMED = '/run/netns';
const BRIDGE = 'cell0';

export type Place = 'hub' | number;
export const nameOf = (run: number, place: Place): string => `${PREFIX}${run}-${place}`;

/** Arguments of `ip` that run the command in a namespace. */
export const inside = (run: number, place: Place, command: readonly string[]): string[] => [
  'netns',
  'exec',
  nameOf(run, place),
  ...command,
];

const ip = (...args: readonly string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

export function layHub(run: number): void {
  const hub = nameOf(run, 'hub');
  ip('netns', 'add', hub);
  ip('-n', hub, 'link', 'add', BRIDGE, 'type', 'bridge');
  for (const address of Object.values(HOSTS)) ip('-n', hub, 'addr', 'add', `${address}/16`, 'dev', BRIDGE);
  for (const address of Object.values(LINK_LOCAL)) ip('-n', hub, 'addr', 'add', `${address}/32`, 'dev', BRIDGE);
  for (const device of ['lo', BRIDGE]) ip('-n', hub, 'link', 'set', device, 'up');
}

export function layNode(run: number, node: number): void {
  const [hub, own, far] = [nameOf(run, 'hub'), nameOf(run, node), `node${node}`];
  ip('netns', 'add', own);
  ip('link', 'add', 'eth0', 'netns', own, 'type', 'veth', 'peer', 'name', far, 'netns', hub);
  ip('-n', hub, 'link', 'set', far, 'master', BRIDGE, 'up');
  ip('-n', own, 'addr', 'add', `${nodeAddress(node)}/16`, 'dev', 'eth0');
  for (const device of ['lo', 'eth0']) ip('-n', own, 'link', 'set', device, 'up');
  ip('-n', own, 'route', 'add', '169.254.0.0/16', 'dev', 'eth0');
}

/** Ends what runs in the namespaces of a run, and removes them. */
export function remove(run: number): void {
  for (const name of existing().filter((one) => one.startsWith(`${PREFIX}${run}-`))) {
    for (const pid of pidsIn(name)) if (pid !== process.pid) killed(pid);
    spawnSync('ip', ['netns', 'del', name]);
  }
}

/** Namespaces of runs that were killed before they could clean up. */
export function sweep(): void {
  const runs = new Set(existing().flatMap((name) => /^voicecell-drain-(\d+)-/.exec(name)?.[1] ?? []));
  for (const run of runs) if (!existsSync(`/proc/${run}`)) remove(Number(run));
}

const existing = (): string[] => (existsSync(NAMED) ? readdirSync(NAMED) : []);

const pidsIn = (name: string): number[] =>
  (spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout ?? '').split('\n').filter(Boolean).map(Number);

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
