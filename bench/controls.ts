import path from 'node:path';
import { CONTROLS } from '../compliance/controls/catalogue';
import { Evidence } from '../compliance/controls/evidence';
import { kitEvidence } from '../test/support/kit-evidence';
import { coldRun, median, rounded, type Cost } from './cold-run';

const RUNS = 5;
const REGION = path.join(__dirname, 'children', 'region.ts');
const MODES = ['others', 'all'] as const;

export interface ControlsBench {
  /** One region with the kit's own packs over the same with the packs of others only; cold wall time. */
  readonly oursOverOthers: number;
  /** The same in time on a processor, which hardly depends on what else the machine does. */
  readonly oursOverOthersCpu: number;
  /** Mean over all controls, first use of the evidence included. */
  readonly microsecondsPerResource: number;
  /** The slowest, microseconds a resource. */
  readonly slowest: Readonly<Record<string, number>>;
  readonly controls: number;
  readonly resources: number;
}

/** What the kit's own controls cost: a region with and without them, and each control by itself. */
export function benchControls(): ControlsBench {
  const taken = { others: [] as Cost[], all: [] as Cost[] };
  for (let run = 0; run < RUNS; run += 1) for (const mode of MODES) taken[mode].push(coldRun(REGION, [mode]));
  const ratio = (of: (cost: Cost) => number): number =>
    rounded(median(taken.all.map(of)) / median(taken.others.map(of)));
  return {
    oursOverOthers: ratio(({ wallMs }) => wallMs),
    oursOverOthersCpu: ratio(({ cpuMs }) => cpuMs),
    ...eachControl(),
  };
}

function eachControl(): Omit<ControlsBench, 'oursOverOthers' | 'oursOverOthersCpu'> {
  const [given] = kitEvidence(['brokerage-us']);
  if (!given) throw new Error('brokerage-us gave no evidence');
  const { set, scope } = given.evidence;
  const passes = Array.from({ length: RUNS }, () => onePass(new Evidence(set, scope)));
  const perResource = CONTROLS.map(({ id }) => [id, median(passes.map((pass) => pass.get(id) ?? 0))] as const);
  const sum = perResource.reduce((total, [, time]) => total + time, 0);
  const slowest = perResource.toSorted(([, a], [, b]) => b - a).slice(0, 5);
  return {
    microsecondsPerResource: rounded(sum / CONTROLS.length / set.resources.length, 1),
    slowest: Object.fromEntries(slowest.map(([id, time]) => [id, rounded(time / set.resources.length, 1)])),
    controls: CONTROLS.length,
    resources: set.resources.length,
  };
}

/** Microseconds of each control over one piece of evidence, which is fresh. */
function onePass(evidence: Evidence): ReadonlyMap<string, number> {
  return new Map(
    CONTROLS.map((control) => {
      const start = process.hrtime.bigint();
      control.check(evidence);
      return [control.id, Number(process.hrtime.bigint() - start) / 1000] as const;
    }),
  );
}
