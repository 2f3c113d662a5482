import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import path from 'node:path';
import { PROFILES } from './latency/profiles';
import { type Headline, headline, type Measured } from './latency/summary';

export interface LatencyBench extends Headline, Measured {
  readonly machine: string;
  readonly profiles: readonly { readonly name: string; readonly source: string; readonly assumed: boolean }[];
}

/** Spoken calls through the shipped configuration over emulated distance; needs root and Debian's packages, and says which. */
export function benchLatency(): LatencyBench {
  const child = spawnSync(process.execPath, ['--import', 'tsx', path.join(__dirname, 'latency', 'main.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) process.exit(child.status ?? 1);
  const measured = JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Measured;
  const processors = cpus();
  return {
    ...headline(measured.rows, PROFILES[0]?.name ?? ''),
    machine: `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`,
    profiles: PROFILES.map(({ name, source, assumed }) => ({ name, source, assumed })),
    ...measured,
  };
}
