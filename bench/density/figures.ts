import { rounded } from '../cold-run';
import type { Load } from './cpu';
import { allGaps, gapPercentileMs, type Heard } from './heard';
import type { Attempt } from './hold';
import { reasons } from './verdict';

/** Who is no part of a node: the callers, the models, and the bench itself. */
const OUTSIDE: ReadonlySet<string> = new Set(['sipp', 'talkers', 'models', 'bench']);
const VCPUS = 4;

export interface Used {
  readonly process: string;
  readonly cores: number;
  /** Of one core. */
  readonly percentPerCall: number;
}

export interface Figures {
  readonly calls: number;
  readonly held: boolean;
  /** Why not. */
  readonly reasons: readonly string[];
  /** Of the gaps between a caller's packets, all callers together, and of the caller who had the longest. */
  readonly gapP99Ms: number;
  readonly worstCallGapP99Ms: number;
  readonly gapWorstMs: number;
  readonly packets: number;
  readonly packetsLost: number;
  /** Sentences that were answered. */
  readonly turns: number;
  /** From the caller's last word to the reply, as the caller hears it. */
  readonly heardGapP50Ms: number;
  readonly heardGapP95Ms: number;
  /** Latest of the callers' own packets. */
  readonly sentLateMs: number;
  readonly cpu: readonly Used[];
  /** Used by nobody in the table: other work on the machine falsifies the rest. */
  readonly otherCores: number;
}

export function figuresOf({ held, load }: Attempt): Figures {
  const { heard, calls } = held;
  const why = reasons(held);
  const turnMs = heard.flatMap(({ turnUs }) => turnUs).map((us) => us / 1000);
  return {
    calls,
    held: why.length === 0,
    reasons: why,
    gapP99Ms: gapPercentileMs(allGaps(heard), 99),
    worstCallGapP99Ms: most(heard.map(({ gaps }) => gapPercentileMs(gaps, 99))),
    gapWorstMs: rounded(most(heard.map(({ worstUs }) => worstUs)) / 1000, 1),
    packets: total(heard, ({ packets }) => packets),
    packetsLost: total(heard, ({ lost }) => lost),
    turns: total(heard, ({ answered }) => answered),
    heardGapP50Ms: percentile(turnMs, 50),
    heardGapP95Ms: percentile(turnMs, 95),
    sentLateMs: rounded(held.sentLateMs, 1),
    cpu: usedBy(load, calls),
    otherCores: rounded(load.otherCores, 2),
  };
}

export interface Headline {
  /** Scaled by cores, with callers and models on the same ones. */
  readonly recordedCallsPer4Vcpu: number;
  /** The same of the cores that callers, models and bench left: no measurement, what the other figure would be without them. */
  readonly recordedCallsPer4VcpuNetOfCallers: number;
}

export function headline({ calls, cpu }: Pick<Figures, 'calls' | 'cpu'>, cores: number): Headline {
  const outside = cpu.filter(({ process }) => OUTSIDE.has(process)).reduce((sum, one) => sum + one.cores, 0);
  return {
    recordedCallsPer4Vcpu: Math.floor((calls * VCPUS) / cores),
    recordedCallsPer4VcpuNetOfCallers: Math.floor((calls * VCPUS) / (cores - outside)),
  };
}

const usedBy = (load: Load, calls: number): Used[] =>
  Object.entries(load.cores).map(([process, cores]) => ({
    process,
    cores: rounded(cores),
    percentPerCall: rounded((100 * cores) / calls),
  }));

const most = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), 0);

const total = (heard: readonly Heard[], of: (one: Heard) => number): number =>
  heard.reduce((sum, one) => sum + of(one), 0);

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN, 1);
}
