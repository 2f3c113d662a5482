import { cycle, type Moment } from '../../test/media/recorder/support/cycle';
import { type Expected, expectedOf } from '../../test/media/recorder/support/expected';
import type { TestSpool } from '../../test/media/recorder/support/spool';

/** Recorders that are killed, each at another moment, with several calls on their hands; the next one finishes. */
const [, , cycles = '0'] = process.argv;
const AT_ONCE = 4;
const CALLS = 5;
const SAMPLES = 8_000;
/** File operations and requests of five calls: the moments go round. */
const FILE_MOMENTS = 35 * CALLS;
const REQUESTS = 7 * CALLS;

function fill(spool: TestSpool): Expected[] {
  spool.serverLives();
  return Array.from({ length: CALLS }, (_, index) => {
    const callId = `call-${index}`;
    const samples = SAMPLES + index;
    spool.put({ callId, samples, said: [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'hello' }] });
    return expectedOf(spool.root, callId);
  });
}

/** A third each: at a file, before a request is done, after it. */
function momentOf(at: number): Moment {
  const turn = Math.floor(at / 3);
  if (at % 3 === 0) return { file: (turn * 7) % FILE_MOMENTS };
  return { request: (turn * 3) % REQUESTS, done: at % 3 === 2 };
}

async function run(): Promise<void> {
  const sum = { cycles: 0, died: 0, lost: 0, corrupt: 0, duplicates: 0, left: 0 };
  for (let at = 0; at < Number(cycles); at += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, offset) => cycle({ moment: momentOf(at + offset), fill }));
    for (const { died, ...counted } of await Promise.all(some)) {
      sum.cycles += 1;
      sum.died += Number(died);
      for (const [name, count] of Object.entries(counted)) sum[name as keyof typeof counted] += count;
    }
  }
  process.stdout.write(`${JSON.stringify({ ...sum, calls: sum.cycles * CALLS })}\n`);
}

void run();
