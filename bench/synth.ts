import { spawnSync } from 'node:child_process';
import path from 'node:path';

const RUNS = 5;
const CHILD = path.join(__dirname, 'synth-child.ts');

type Mode = 'checked' | 'bare';

interface Measured {
  /** Median cold wall time of each mode, milliseconds. */
  readonly medianMs: Readonly<Record<Mode, number>>;
  /** With all packs and our checks over the same app without any. */
  readonly checksOverBare: number;
}

export interface SynthBench {
  readonly runs: number;
  /** As it ships, with the CDK's built-in validator in both modes. */
  readonly withValidator: Measured;
  /** As unit tests run it. */
  readonly withoutValidator: Measured;
}

export const benchSynth = (): SynthBench => ({
  runs: RUNS,
  withValidator: measure({}),
  withoutValidator: measure({ CDK_VALIDATION: 'false' }),
});

/** The modes take turns, so that whatever else the machine does falls on both. */
function measure(env: Readonly<Record<string, string>>): Measured {
  const taken: Record<Mode, number[]> = { checked: [], bare: [] };
  for (let run = 0; run < RUNS; run += 1)
    for (const mode of ['bare', 'checked'] as const) taken[mode].push(coldRunMs(mode, env));
  const medianMs = { checked: median(taken.checked), bare: median(taken.bare) };
  return { medianMs, checksOverBare: Number((medianMs.checked / medianMs.bare).toFixed(3)) };
}

function coldRunMs(mode: Mode, extra: Readonly<Record<string, string>>): number {
  const start = process.hrtime.bigint();
  const env = { ...process.env, NODE_ENV: '', ...extra };
  const child = spawnSync(process.execPath, ['--import', 'tsx', CHILD, mode], { encoding: 'utf8', env });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
