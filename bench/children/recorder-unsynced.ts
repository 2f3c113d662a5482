import { appendFileSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRELOAD } from '../../test/media/recorder/support/cycle';
import { FakeStores } from '../../test/media/recorder/support/fake-stores';
import { RecorderProcess } from '../../test/media/recorder/support/recorder-process';
import { TestSpool } from '../../test/media/recorder/support/spool';

/**
 * What a power cut at any moment would take of calls that go on, in real time: what was said so far, less what the recorder has
 * had written to the disk. `waiting` calls that the vault refuses lie beside them.
 */
const [, , seconds = '0', waiting = '0'] = process.argv;
/** Of a node in the shipped deployments. */
const CALLS = 40;
/** Both sides, 8 kHz. */
const BYTES_A_SECOND = 32_000;
/** What Asterisk keeps to itself until it is full, as `test/calls/server-spool.test.ts` sees it. */
const BUFFER_BYTES = 32_768;
const LOOK_MS = 50;
const HEARTBEAT_MS = 10_000;

interface Going {
  readonly file: string;
  /** Milliseconds of the clock. */
  readonly since: number;
  written: number;
}

const said = ({ since }: Going, now: number): number => Math.max(0, ((now - since) / 1000) * BYTES_A_SECOND);

function write(call: Going, now: number): void {
  while (said(call, now) - call.written >= BUFFER_BYTES) {
    appendFileSync(call.file, Buffer.alloc(BUFFER_BYTES, 1));
    call.written += BUFFER_BYTES;
  }
}

/** Bytes on the disk by file, as the recorder's log of it grows. */
class Synced {
  private readonly sizes = new Map<string, number>();
  private readonly log: number;
  private rest = '';

  constructor(log: string) {
    this.log = openSync(log, 'a+');
  }

  of(file: string): number {
    return this.sizes.get(file) ?? 0;
  }

  look(): void {
    const lines = `${this.rest}${readFileSync(this.log, 'utf8')}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const { file, size } = JSON.parse(line) as { readonly file: string; readonly size: number };
      this.sizes.set(file, size);
    }
  }
}

async function run(): Promise<void> {
  const [stores, spool] = [await FakeStores.start(), new TestSpool()];
  spool.serverLives();
  stores.fault = () => ({ status: 503, code: 'SlowDown' });
  for (let index = 0; index < Number(waiting); index += 1) spool.put({ callId: `waits-${index}` });
  const log = path.join(spool.folder, 'sync.log');
  const recorder = await RecorderProcess.start(spool, stores, { env: { SYNC_LOG: log }, preload: PRELOAD });
  // Each of those that wait has been tried once.
  while (!(await recorder.status().catch(() => undefined))) await sleep(LOOK_MS);
  while (stores.asked.length < Number(waiting)) await sleep(LOOK_MS);

  const synced = new Synced(log);
  const began = performance.now();
  // They begin one after the other, as calls do.
  const calls = Array.from({ length: CALLS }, (_, index): Going => {
    const callId = `going-${index}`;
    spool.put({ callId, ended: false, samples: 0 });
    return { file: path.join(spool.root, `${callId}.raw`), since: began + index * 250, written: 0 };
  });
  let [worst, beat] = [0, began];
  for (let now = began; now < began + Number(seconds) * 1000; now = performance.now()) {
    for (const call of calls) write(call, now);
    synced.look();
    worst = Math.max(worst, ...calls.map((call) => said(call, now) - synced.of(call.file)));
    if (now - beat > HEARTBEAT_MS) {
      spool.serverLives();
      beat = now;
    }
    await sleep(LOOK_MS);
  }
  process.stdout.write(`${JSON.stringify({ seconds: worst / BYTES_A_SECOND })}\n`);
  await recorder.kill();
  await stores.stop();
  spool.remove();
}

void run();
