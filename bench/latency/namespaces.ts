import { execFileSync } from 'node:child_process';
import { ip, Namespaces } from '../namespaces';

/** Network namespaces of one run: caller, cell, and the stages of inference, with a wire between each two. */
export const HOSTS = {
  caller: '10.77.1.10',
  edge: '10.77.1.20',
  server: '10.77.1.21',
  cell: '10.77.2.20',
  stages: '10.77.2.30',
} as const;
export const STAGE_PORTS = { stt: 8001, llm: 8002, tts: 8003 } as const;

export type Place = 'caller' | 'cell' | 'stages' | 'wire-caller' | 'wire-stages';
const PLACES: readonly Place[] = ['caller', 'cell', 'stages', 'wire-caller', 'wire-stages'];
export const namespaces = new Namespaces<Place>('latency');
const { nameOf } = namespaces;

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
