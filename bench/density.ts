import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { type Figures, type Headline, headline } from './density/figures';
import type { Step } from './density/main';
import { largestHeld } from './density/search';

/** Calls without recording and without a neural detector; its callers were on the same four vCPUs too. */
const PEER = {
  name: 'siphon-ai 0.48.10',
  callsOn4Vcpu: 250,
  isFloor: true,
  recorded: false,
  neuralVad: false,
  source: 'github.com/thevoiceguy/siphon-ai, test-harness/load/RESULTS-0.48.10.md, 2026-08-10',
};

const DOES_NOT_SHOW =
  'Everything is on one machine and every packet on loopback, which is no network interface: no interrupts of one, no driver, no packet rate of an instance. It is no sizing for EC2.';

export interface DensityBench extends Headline, Omit<Figures, 'held' | 'reasons'> {
  readonly cores: number;
  readonly machine: string;
  readonly seconds: number;
  readonly tried: readonly Pick<Step, 'calls' | 'held' | 'reasons' | 'otherCores' | 'loadAverage'>[];
  readonly peer: typeof PEER;
  readonly doesNotShow: string;
}

/** The largest number of recorded calls that a whole cell holds on this machine, everybody who calls and answers included. */
export function benchDensity(): DensityBench {
  const child = spawnSync(process.execPath, ['--import', 'tsx', path.join(__dirname, 'density', 'main.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) process.exit(child.status ?? 1);
  const { seconds, steps } = JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as {
    seconds: number;
    steps: Step[];
  };
  const best = steps.find(({ calls }) => calls === largestHeld(steps));
  if (!best) {
    process.stderr.write(`no number of calls was held: ${steps.at(-1)?.reasons.join(', ')}\n`);
    process.exit(1);
  }
  const { held: _, reasons: __, loadAverage: ___, ...figures } = best;
  const [cores, processors] = [availableParallelism(), cpus()];
  return {
    ...headline(best, cores),
    ...figures,
    cores,
    machine: `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`,
    seconds,
    tried: steps.map(({ calls, held, reasons, otherCores, loadAverage }) => ({
      calls,
      held,
      reasons,
      otherCores,
      loadAverage,
    })),
    peer: PEER,
    doesNotShow: DOES_NOT_SHOW,
  };
}
