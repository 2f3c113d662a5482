import path from 'node:path';
import { coldRun, median, rounded } from './cold-run';

const RUNS = 5;
const SANDBOX = path.join(__dirname, 'children', 'sandbox.ts');
const MODES = ['bare', 'checked'] as const;

type Mode = (typeof MODES)[number];

export interface ChecksCost {
  /** Median cold wall time of each mode, milliseconds. */
  readonly medianMs: Readonly<Record<Mode, number>>;
  /** With all packs and our checks over the same app without any. */
  readonly ratio: number;
}

/** What the checks of `sandbox` cost. The modes take turns, so that whatever else the machine does falls on both. */
export function checksCost(env: Readonly<Record<string, string>>): ChecksCost {
  const taken: Record<Mode, number[]> = { bare: [], checked: [] };
  for (let run = 0; run < RUNS; run += 1)
    for (const mode of MODES) taken[mode].push(coldRun(SANDBOX, [mode], env).wallMs);
  const bare = median(taken.bare);
  const checked = median(taken.checked);
  return { medianMs: { bare: Math.round(bare), checked: Math.round(checked) }, ratio: rounded(checked / bare) };
}
