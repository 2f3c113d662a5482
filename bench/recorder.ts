import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { rounded } from './cold-run';

const CYCLES = 200;
const CALLS = 50_000;
const UNSYNCED_SECONDS = 60;
/** Calls that wait in the spool while the vault refuses them. */
const OUTAGE = 5_000;
const CHILDREN = path.join(__dirname, 'children');

export interface RecorderBench {
  /** Recorders killed, each at another moment; the next one finishes on the same volume. */
  readonly cycles: number;
  /** Of these, the ones whose moment came before the spool was empty. */
  readonly died: number;
  readonly calls: number;
  readonly lost: number;
  readonly corrupt: number;
  readonly duplicates: number;
  /** Finished calls of three seconds, one recording each, taken by one process of the recorder. */
  readonly stored: number;
  readonly storedPerSecond: number;
  /** By the time it had a processor: what one core does, whoever else works on the machine. */
  readonly storedPerCpuSecond: number;
  /** Resident, after each twentieth of the calls. */
  readonly megabytes: readonly number[];
  /** Of the second half over the first: 1 is flat. */
  readonly memoryGrowth: number;
  /**
   * Sound of a call that goes on which a power cut would take at the worst moment of a minute: what the recorder had not yet had
   * written to the disk and what Asterisk keeps in its buffer, of 40 calls. During an outage 5,000 calls wait beside them.
   */
  readonly unsyncedWorstSeconds: { readonly quiet: number; readonly outage: number };
}

interface Cycles {
  readonly cycles: number;
  readonly died: number;
  readonly calls: number;
  readonly lost: number;
  readonly corrupt: number;
  readonly duplicates: number;
  readonly left: number;
}

interface Flow {
  readonly stored: number;
  /** Since the first of them, which the seconds are of. */
  readonly counted: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: readonly number[];
}

/** What the recorder survives and how much it carries, with stores that answer as S3 and DynamoDB do, on loopback. */
export function benchRecorder(): RecorderBench {
  const { left, lost, ...cycles } = child('recorder-cycles.ts', CYCLES) as Cycles;
  const { stored, counted, seconds, cpu, megabytes } = child('recorder-flow.ts', CALLS) as Flow;
  const half = megabytes.length / 2;
  return {
    ...cycles,
    lost: lost + left,
    stored,
    storedPerSecond: rounded(counted / seconds, 1),
    storedPerCpuSecond: rounded(counted / cpu, 1),
    megabytes,
    memoryGrowth: rounded(mean(megabytes.slice(half)) / mean(megabytes.slice(0, half)), 3),
    unsyncedWorstSeconds: { quiet: unsynced(0), outage: unsynced(OUTAGE) },
  };
}

const unsynced = (waiting: number): number =>
  rounded((child('recorder-unsynced.ts', UNSYNCED_SECONDS, waiting) as { readonly seconds: number }).seconds, 2);

const mean = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / some.length;

function child(file: string, ...counts: number[]): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(CHILDREN, file), ...counts.map(String)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
