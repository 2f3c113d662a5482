/** Of the machine's monotonic clock, which is one for all its processes. */
export const sharedMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Something left the agent's process. */
export interface Stamp {
  readonly what: 'decision' | 'request' | 'frame';
  /** Line of the call; of a request the port it left from. */
  readonly who: number;
  readonly at: number;
}

export interface AgentMeasures {
  readonly stamps: readonly Stamp[];
  readonly cpuMs: number;
  readonly loopDelayP99Ms: number;
  readonly longestGcMs: number;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN);
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Begins the line in which a process says what it holds (probe.ts). */
export const HELD_LINE = 'held ';
