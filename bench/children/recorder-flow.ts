import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeStores } from '../../test/media/recorder/support/fake-stores';
import { RecorderProcess } from '../../test/media/recorder/support/recorder-process';
import { TestSpool } from '../../test/media/recorder/support/spool';

/** Calls of three seconds that have ended, as many at a time as the recorder takes, until all are stored. */
const [, , calls = '0'] = process.argv;
const TOTAL = Number(calls);
const SAMPLES = 24_000;
/** In the spool at once: a call settles for three seconds before it is taken, and there is to be always one to take. */
const BACKLOG = 1_000;
const TICKS_A_SECOND = 100;
const SAMPLES_OF_MEMORY = 20;

const field = (pid: number, file: string, pattern: RegExp): number =>
  Number(pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

async function run(): Promise<void> {
  const [stores, spool] = [await FakeStores.start(), new TestSpool()];
  spool.serverLives();
  const recorder = await RecorderProcess.start(spool, stores);
  const { pid = 0 } = recorder.child;
  let [made, stored] = [0, 0];
  const began = { at: 0, cpu: 0, stored: 0 };
  const megabytes: number[] = [];
  while (stored < TOTAL) {
    const waiting = new Set(spool.files().map((name) => name.split('.')[0])).size;
    for (let room = BACKLOG - waiting; room > 0 && made < TOTAL; room -= 1, made += 1)
      spool.put({ callId: `call-${made}`, samples: SAMPLES });
    await sleep(100);
    stored += stores.forgetCalls();
    if (began.at === 0 && stored > 0) Object.assign(began, { at: performance.now(), cpu: cpuSeconds(pid), stored });
    if (stored >= ((megabytes.length + 1) * TOTAL) / SAMPLES_OF_MEMORY)
      megabytes.push(Math.round(field(pid, 'status', /VmRSS:\s+(\d+)/) / 1024));
  }
  const seconds = (performance.now() - began.at) / 1000;
  const cpu = cpuSeconds(pid) - began.cpu;
  const counted = stored - began.stored;
  process.stdout.write(`${JSON.stringify({ stored, counted, seconds, cpu, megabytes })}\n`);
  await recorder.kill();
  await stores.stop();
  spool.remove();
}

void run();
