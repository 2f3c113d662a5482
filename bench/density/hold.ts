import { setTimeout as sleep } from 'node:timers/promises';
import { Callers, CALLS_A_SECOND, type Line } from './callers';
import { type Load, loadBetween, usageNow } from './cpu';
import type { RecordedCell } from './node';
import type { Held } from './verdict';

export interface Attempt {
  readonly held: Held;
  readonly load: Load;
}

/** The first turns, and what the calls' beginnings left to do. */
const SETTLE_SECONDS = 5;
/** Beyond what is measured, so that nobody hangs up in it. */
const SPARE_SECONDS = 6;
const STORED_WITHIN_MS = 30_000;
const NO_LOAD: Load = { cores: {}, otherCores: 0 };

/** So many calls at once, for so many seconds when the last one is there; each of them is looked at. */
export async function hold(cell: RecordedCell, line: Line, calls: number, seconds: number): Promise<Attempt> {
  const rampSeconds = calls / CALLS_A_SECOND;
  cell.forget();
  const holdSeconds = rampSeconds + SETTLE_SECONDS + seconds + SPARE_SECONDS;
  const callers = await Callers.call(line, { calls, holdSeconds });
  try {
    await callers.sounding((rampSeconds + SETTLE_SECONDS) * 1000);
    await sleep(SETTLE_SECONDS * 1000);
    const { load, ...heard } = await plateau(cell, callers, seconds);
    const broken = await callers.over((rampSeconds + SETTLE_SECONDS + SPARE_SECONDS) * 1000 + 10_000);
    await cell.stored(calls, STORED_WITHIN_MS);
    const kept = { understood: cell.understood(), cut: cell.cut(), recordings: cell.recordings() };
    return { held: { calls, ...heard, ...kept, ...(broken === undefined ? {} : { broken }) }, load };
  } catch (error) {
    const broken = error instanceof Error ? error.message : String(error);
    return { held: { calls, heard: [], sentLateMs: 0, understood: 0, cut: 0, recordings: [], broken }, load: NO_LOAD };
  } finally {
    await callers.stop();
    await cell.empty(STORED_WITHIN_MS);
  }
}

async function plateau(cell: RecordedCell, callers: Callers, seconds: number) {
  const roots = { ...cell.roots(), ...callers.pids };
  callers.begin();
  const [before, began] = [usageNow(roots), performance.now()];
  await sleep(seconds * 1000);
  const load = loadBetween(before, usageNow(roots), (performance.now() - began) / 1000);
  return { load, ...(await callers.end()) };
}
