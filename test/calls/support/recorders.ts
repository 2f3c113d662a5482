import { utimesSync } from 'node:fs';
import path from 'node:path';
import { judged, PRELOAD } from '../../media/recorder/support/cycle';
import { type Expected, expectedOf } from '../../media/recorder/support/expected';
import { FakeStores } from '../../media/recorder/support/fake-stores';
import { RecorderProcess } from '../../media/recorder/support/recorder-process';
import { type SpooledCallOf, TestSpool } from '../../media/recorder/support/spool';
import { until } from './until';

/** Virtual time of the recorders over ours. */
export const FASTER = 20;
/** Where a call goes on: a server is dead by the faster clock, and its heartbeat is ours. */
export const UNHURRIED = { FASTER: '5' } as const;
export const SAID = [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'hello' }] as const;
const HEARTBEAT_MS = 300;
const PATIENCE_MS = 40_000;

/** Recorders as they are shipped, each on a spool, against one vault and one ledger. */
export class Recorders {
  readonly stores: FakeStores;
  private readonly running: RecorderProcess[] = [];
  private readonly spools: TestSpool[] = [];
  private readonly beats = new Map<TestSpool, NodeJS.Timeout>();

  private constructor(stores: FakeStores) {
    this.stores = stores;
  }

  static async withStores(): Promise<Recorders> {
    return new Recorders(await FakeStores.start());
  }

  /** Of a node whose media server is gone. */
  spool(root?: string): TestSpool {
    const spool = new TestSpool(root);
    this.spools.push(spool);
    return spool;
  }

  /** Of a node whose media server lives until the end of the test, or until the next one. */
  livingSpool(boot?: string): TestSpool {
    const spool = this.spool();
    this.lives(spool, boot);
    return spool;
  }

  lives(spool: TestSpool, boot?: string): void {
    clearInterval(this.beats.get(spool));
    spool.serverLives(boot);
    this.beats.set(
      spool,
      setInterval(() => spool.serverLives(boot), HEARTBEAT_MS),
    );
  }

  async start(spool: TestSpool, env: Readonly<Record<string, string>> = {}): Promise<RecorderProcess> {
    const more = { env: { FASTER: String(FASTER), ...env }, preload: PRELOAD };
    const recorder = await RecorderProcess.start(spool, this.stores, more);
    this.running.push(recorder);
    return recorder;
  }

  /** @param between before the spools are removed, once nobody has them open */
  async stop(between: () => void = () => undefined): Promise<void> {
    for (const beat of this.beats.values()) clearInterval(beat);
    for (const recorder of this.running) await recorder.kill();
    between();
    for (const spool of this.spools) spool.remove();
    await this.stores.stop();
  }
}

export function put(spool: TestSpool, call: SpooledCallOf & { readonly callId: string }): Expected {
  spool.put({ said: SAID, ...call });
  return expectedOf(call.root ?? spool.root, call.callId);
}

/** As if the calls of a spool had ended so long ago. */
export function age(spool: TestSpool, seconds: number): void {
  const then = new Date(Date.now() - seconds * 1000);
  for (const name of spool.files()) utimesSync(path.join(spool.root, name), then, then);
}

/** As `until`, also on a machine that has other work. */
export const eventually: typeof until = (what, found) => until(what, found, PATIENCE_MS);

/** Until no call is left, wherever it lies. */
export const emptied = (spool: TestSpool, root = spool.root): Promise<boolean> =>
  eventually('an empty spool', () => spool.files(root).length === 0);

export const NOTHING_LOST = { lost: 0, corrupt: 0, duplicates: 0, left: 0 };

/** What is wrong with vault, ledger and spool, once all of these were to be stored. */
export const outcome = (expected: readonly Expected[], spool: TestSpool, { stores }: Recorders) =>
  judged(expected, spool, stores);
