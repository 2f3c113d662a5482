import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callSchema, storedSchema } from '../../../../media/contract/ledger';
import type { Expected } from './expected';
import { FakeStores } from './fake-stores';
import { RecorderProcess } from './recorder-process';
import { TestSpool } from './spool';

/** Where the recorder dies: at a file operation, or at a request to AWS that is done or not done. */
export type Moment = { readonly file: number } | { readonly request: number; readonly done: boolean };

export interface Outcome {
  /** Whether there was such a moment: the recorder did die. */
  readonly died: boolean;
  /** Calls of which the vault or the ledger has not everything. */
  readonly lost: number;
  /** Objects that are not what the spool had. */
  readonly corrupt: number;
  /** Versions beyond one an object. */
  readonly duplicates: number;
  /** Files that are still in the spool. */
  readonly left: number;
}

const FASTER = '20';
export const PRELOAD = path.join(__dirname, 'interrupt.cjs');
/** More than a busy machine needs: what is left after it counts as lost. */
const PATIENCE_MS = 60_000;

export interface Cycle {
  readonly moment: Moment;
  readonly fill: (spool: TestSpool) => readonly Expected[];
}

/** One recorder dies, the next one finishes on the same volume: what is there then. */
export async function cycle({ moment, fill }: Cycle): Promise<Outcome> {
  const [spool, stores] = [new TestSpool(), await FakeStores.start()];
  try {
    const expected = fill(spool);
    const died = await dyingAt(moment, spool, stores);
    stores.fault = () => undefined;
    await finished(spool, stores);
    return { died, ...judged(expected, spool, stores) };
  } finally {
    spool.remove();
    await stores.stop();
  }
}

async function dyingAt(moment: Moment, spool: TestSpool, stores: FakeStores): Promise<boolean> {
  const env = { FASTER, ...('file' in moment ? { KILL_AT: String(moment.file) } : {}) };
  const recorder = await RecorderProcess.start(spool, stores, { env, preload: PRELOAD });
  if ('request' in moment)
    stores.fault = () => {
      if (stores.asked.length !== moment.request + 1) return undefined;
      recorder.child.kill('SIGKILL');
      return { hangUp: moment.done ? 'after' : 'before' };
    };
  await Promise.race([recorder.ended(), emptied(spool)]);
  const died = recorder.hasEnded;
  await recorder.kill();
  return died;
}

async function finished(spool: TestSpool, stores: FakeStores): Promise<void> {
  const recorder = await RecorderProcess.start(spool, stores, { env: { FASTER }, preload: PRELOAD });
  await emptied(spool);
  await recorder.kill('SIGTERM');
}

async function emptied(spool: TestSpool): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (spool.files().length > 0 && Date.now() < until) await sleep(20);
}

/** What vault, ledger and spool are like, beside what they have to be. */
export function judged(expected: readonly Expected[], spool: TestSpool, stores: FakeStores): Omit<Outcome, 'died'> {
  let [lost, corrupt, objects] = [0, 0, 0];
  for (const { callId, objects: wanted } of expected) {
    const rows = Object.entries(wanted).map(([item, sha256]) => ({ sha256, row: stores.row(callId, item) }));
    objects += rows.length;
    const all = rows.every(({ row }) => storedSchema.safeParse(row).success && isThere(stores, row));
    if (!all || !callSchema.safeParse(stores.row(callId, 'call')).success) lost += 1;
    corrupt += rows.filter(({ row, sha256 }) => row && row['sha256'] !== sha256).length;
  }
  return { lost, corrupt, duplicates: stores.versions.length - objects, left: spool.files().length };
}

const isThere = (stores: FakeStores, row: Record<string, unknown> | undefined): boolean =>
  stores.versions.some(({ versionId, sha256 }) => versionId === row?.['versionId'] && sha256 === row?.['sha256']);
