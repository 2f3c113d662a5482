import { setTimeout as sleep } from 'node:timers/promises';
import { storesOf } from './clients';
import { problemLine, reasonOf } from './events';
import { spoolLine } from './metrics';
import { Recorder } from './recorder';
import { Room } from './room';
import { readSettings, type Settings } from './settings';
import { openStatus } from './status';

/** Calls that are stored side by side. */
const PARALLEL = 16;
const LOOK_MS = 1_000;
const ROOM_MS = 1_000;
/** A call that is cut off by the end of its node loses no more than this and what the media server had not written yet. */
const SYNC_MS = 5_000;
const METRICS_MS = 60_000;
/** Between two looks, as a multiple of what a look takes. */
const BREATHER = 4;

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const now = (): number => performance.now();
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

const settings = readSettings(process.env);
if ('problems' in settings) {
  write(problemLine(...settings.problems));
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
  void repeating(ROOM_MS, () => room.measure());
  void repeating(SYNC_MS, () => recorder.sync());
  const tell = (): void => write(spoolLine(given, recorder.figures(room.usedPercent), Date.now()));
  void pause(METRICS_MS).then(() => repeating(METRICS_MS, tell));
  while (!(leaving.signal.aborted && recorder.isEmpty())) await round(() => recorder.look());
  door.close();
}

/** Beside everything else, as long as the process lives: it must not wait for a look at a spool that an outage has filled. */
async function repeating(ms: number, act: () => void | Promise<void>): Promise<void> {
  for (;;) {
    const began = now();
    await attempt(act);
    await pause(Math.max(0, ms - (now() - began)));
  }
}

async function round(look: () => Promise<void>): Promise<void> {
  const began = now();
  await attempt(look);
  // After an outage there are tens of thousands of calls, and looking at them must not take the time to store them.
  await sleep(Math.max(LOOK_MS, BREATHER * (now() - began)));
}

/** One thing that cannot be done now must not keep the others from being done. */
async function attempt(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    write(problemLine(reasonOf(error)));
  }
}
