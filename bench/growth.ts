import path from 'node:path';
import { coldRun, median, rounded, type Cost } from './cold-run';

const RUNS = 3;
const REGIONS = path.join(__dirname, 'children', 'regions.ts');

export interface Growth {
  /** Median processor time of an app of so many regions of three cells, milliseconds. */
  readonly cpuMs: Readonly<Record<number, number>>;
  /**
   * Cost of the 30th region over cost of the 2nd: (cost of 30 − cost of 10) / 20 over (cost of 10 − cost of 1) / 9. Single
   * regions differ by less than two runs of the same app do, hence the slopes.
   */
  readonly ratio: number;
  /** Most memory that the app of 30 regions held, MB. */
  readonly rssMb30: number;
}

/** Whether a region costs the same however many there are: processor time, which other work on the machine hardly moves. */
export function regionGrowth(): Growth {
  const one = runs(1);
  const ten = runs(10);
  const thirty = runs(30);
  const [cpu1, cpu10, cpu30] = [medianCpu(one), medianCpu(ten), medianCpu(thirty)];
  return {
    cpuMs: { 1: Math.round(cpu1), 10: Math.round(cpu10), 30: Math.round(cpu30) },
    ratio: rounded((cpu30 - cpu10) / 20 / ((cpu10 - cpu1) / 9)),
    rssMb30: Math.round(Math.max(...thirty.map((cost) => cost.rssMb))),
  };
}

const runs = (count: number): readonly Cost[] => Array.from({ length: RUNS }, () => coldRun(REGIONS, [String(count)]));

const medianCpu = (costs: readonly Cost[]): number => median(costs.map((cost) => cost.cpuMs));
