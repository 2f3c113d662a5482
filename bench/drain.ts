import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import path from 'node:path';
import type { DrainResult } from './drain/result';

const CYCLES = 20;
const CALLS = 50;

export interface DrainBench extends DrainResult {
  readonly machine: string;
}

/** Nodes leave under calls, with the shipped programs; needs root and Debian's packages, and says which. */
export function benchDrain(): DrainBench {
  const main = path.join(__dirname, 'drain', 'main.ts');
  const child = spawnSync(process.execPath, ['--import', 'tsx', main, String(CYCLES), String(CALLS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) process.exit(child.status ?? 1);
  const processors = cpus();
  return {
    ...(JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as DrainResult),
    machine: `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`,
  };
}
