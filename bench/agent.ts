import path from 'node:path';
import { timed } from './cold-run';

const CHILD = path.join(__dirname, 'children', 'agent.ts');

export interface AgentBench {
  /** Calls of one process at once: the most that a shipped deployment gives it. */
  readonly calls: number;
  readonly turns: number;
  /**
   * What the agent adds between the end-of-turn decision and the first audio to the media server, beside what its models
   * take: decision to the model's request, first clause to the voice's request, first byte to the first frame.
   */
  readonly agentAddedP50Ms: number;
  readonly agentAddedP99Ms: number;
  /** A bare HTTP request on the same machine at the same time; an agent makes two of them. */
  readonly bareRequestP99Ms: number;
  /** Of the process's core, neural detector included. */
  readonly cpuPercentPerCall: number;
}

export interface AgentLeakBench {
  readonly calls: number;
  /** Resident memory of the process after the last call over that after the first tenth of them. */
  readonly residentOverFirstTenth: number;
  readonly bytesPerCall: number;
  readonly filesOpenAtTheEnd: number;
}

/** One process of the agent at its call cap, with speech to text and voice in use on every call. */
export const benchAgent = (): AgentBench => child('latency') as AgentBench;

/** Ten thousand short calls through one process. */
export const benchAgentLeak = (): AgentLeakBench => child('leak') as AgentLeakBench;

function child(what: string): unknown {
  const { stdout } = timed(process.execPath, ['--import', 'tsx', CHILD, what]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
