import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Network namespaces of one run: caller, cell, and the stages of inference, with a wire between each two. */
export const HOSTS = {
  caller: '10.77.1.10',
  edge: '10.77.1.20',
  server: '10.77.1.21',
  cell: '10.77.2.20',
  stages: '10.77.2.30',
} as const;
export const STAGE_PORTS = { stt: 8001, llm: 8002, tts: 8003 } as const;
const PREFIX = 'voicecell-latency-';
const NAMED = '/run/netns';

export type Place = 'caller' | 'cell' | 'stages' | 'wire-caller' | 'wire-stages';
const PLACES: readonly Place[] = ['caller', 'cell', 'stages', 'wire-caller', 'wire-stages'];
export const nameOf = (run: number, place: Place): string => `${PREFIX}${run}-${place}`;

/** Runs the command in a namespace of the run. */
export const inside = (run: number, place: Place, command: readonly string[]): string[] => [
  'netns',
  'exec',
  nameOf(run, place),
  ...command,
];

const ip = (...args: readonly string[]): string => execFileSync('ip', args, { encoding: 'utf8' });
const on = (namespace: string, ...args: readonly string[]): string => ip('-n', namespace, ...args);

export function lay(run: number): void {
  for (const place of PLACES) ip('netns', 'add', nameOf(run, place));
  for (const place of PLACES) on(nameOf(run, place), 'link', 'set', 'lo', 'up');
  cable(
    run,
    'wire-caller',
    { place: 'caller', addresses: [HOSTS.caller] },
    { place: 'cell', addresses: [HOSTS.edge, HOSTS.server] },
  );
  cable(run, 'wire-stages', { place: 'cell', addresses: [HOSTS.cell] }, { place: 'stages', addresses: [HOSTS.stages] });
}

interface End {
  readonly place: Place;
  readonly addresses: readonly string[];
}

/** Two ends and between them a namespace with two interfaces, `near` and `far`, that a wire connects. */
function cable(run: number, wire: Place, near: End, far: End): void {
  const between = nameOf(run, wire);
  for (const [side, { place, addresses }] of [
    ['near', near],
    ['far', far],
  ] as const) {
    const name = wire === 'wire-caller' ? 'outer0' : 'inner0';
    const home = nameOf(run, place);
    ip('link', 'add', name, 'netns', home, 'type', 'veth', 'peer', 'name', side, 'netns', between);
    for (const address of addresses) on(home, 'addr', 'add', `${address}/24`, 'dev', name);
    settle(home, name);
    settle(between, side);
  }
}

/** Frames leave as they will arrive: no offloading, whose oversized and unsummed frames no wire carries. */
function settle(namespace: string, name: string): void {
  const off = ['tx', 'rx', 'tso', 'gso', 'gro'].flatMap((feature) => [feature, 'off']);
  execFileSync('ip', ['netns', 'exec', namespace, 'ethtool', '-K', name, ...off], { stdio: 'ignore' });
  on(namespace, 'link', 'set', name, 'up');
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
  const runs = new Set(existing().flatMap((name) => /^voicecell-latency-(\d+)-/.exec(name)?.[1] ?? []));
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
