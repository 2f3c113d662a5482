import { spawnSync } from 'node:child_process';

/** What one cold process took. */
export interface Cost {
  /** Wall time from spawning to exit, milliseconds. */
  readonly wallMs: number;
  /** Time on a processor, user and system, milliseconds: unlike wall time it hardly depends on what else the machine does. */
  readonly cpuMs: number;
  /** Most memory the process held, MB. */
  readonly rssMb: number;
}

/** What the last line of a measured child says of itself. */
interface Said {
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** A TypeScript file in a fresh process, which ends with `sayCost()`. */
export function coldRun(file: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}): Cost {
  const { wallMs, stdout } = timed(process.execPath, ['--import', 'tsx', file, ...args], extra);
  return { wallMs, ...(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Said) };
}

/** Any command in a fresh process. */
export function timed(command: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const start = process.hrtime.bigint();
  const env = { ...process.env, NODE_ENV: '', ...extra };
  const child = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 2 ** 26 });
  if (child.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${child.status}:\n${child.stderr}`);
  return { wallMs: Number(process.hrtime.bigint() - start) / 1e6, stdout: child.stdout };
}

/** The last line of a measured child. */
export function sayCost(): void {
  const { user, system } = process.cpuUsage();
  const said: Said = { cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
