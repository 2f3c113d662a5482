import { setTimeout as sleep } from 'node:timers/promises';
import { storesOf } from './clients';
import { reasonOf } from './events';
import { spoolLine } from './metrics';
import { Recorder } from './recorder';
import { Room } from './room';
import { readSettings, type Settings } from './settings';
import { openStatus } from './status';

/** Calls that are stored side by side. */
const PARALLEL = 16;
const LOOK_MS = 1_000;
/** A call that is cut off by the end of its node loses no more than this and what the media server had not written yet. */
const SYNC_MS = 5_000;
const MINUTE_MS = 60_000;
/** Between two looks, as a multiple of what a look takes. */
const BREATHER = 4;

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const now = (): number => performance.now();

const settings = readSettings(process.env);
if ('problems' in settings) {
  write(JSON.stringify({ tier: 'recorder', level: 'error', problems: settings.problems }));
  process.exitCode = 2;
} else void run(settings);

/** Until the process is asked to go and the spool is empty. */
async function run(given: Settings): Promise<void> {
  const recorder = new Recorder(
    { spool: given.SPOOL_DIRECTORY, adopted: given.ADOPTED_DIRECTORY, parallel: PARALLEL },
    { stores: storesOf(given), write, now, wallClock: () => new Date() },
  );
  const room = new Room(given);
  const leaving = new AbortController();
  const drain = (): void => leaving.abort();
  process.on('SIGTERM', drain).on('SIGINT', drain);
  const status = () => ({
    ...recorder.figures(room.usedPercent),
    waiting: recorder.inSpool,
    full: room.full,
    draining: leaving.signal.aborted,
    empty: recorder.isEmpty(),
  });
  const door = openStatus(given.STATUS_PORT, { drain, status });
  const work = [
    () => room.measure(),
    () => recorder.look(),
    every(MINUTE_MS, () => write(spoolLine(given, recorder.figures(room.usedPercent), Date.now()))),
  ];
  void syncing(() => recorder.sync());
  while (!(leaving.signal.aborted && recorder.isEmpty())) await round(work);
  door.close();
}

/** Beside everything else, as long as the process lives: it must not wait for a look at a spool that an outage has filled. */
async function syncing(sync: () => Promise<void>): Promise<void> {
  for (;;) {
    const began = now();
    await attempt(sync);
    await sleep(Math.max(0, SYNC_MS - (now() - began)), undefined, { ref: false });
  }
}

async function round(work: readonly (() => void | Promise<void>)[]): Promise<void> {
  const began = now();
  for (const act of work) await attempt(act);
  // After an outage there are tens of thousands of calls, and looking at them must not take the time to store them.
  await sleep(Math.max(LOOK_MS, BREATHER * (now() - began)));
}

/** One thing that cannot be done now must not keep the others from being done. */
async function attempt(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    write(JSON.stringify({ tier: 'recorder', level: 'error', problems: [reasonOf(error)] }));
  }
}

function every(ms: number, act: () => void | Promise<void>): () => void | Promise<void> {
  let next = now() + ms;
  return () => {
    if (now() < next) return undefined;
    next = now() + ms;
    return act();
  };
}
