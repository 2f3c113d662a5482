import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { headerOf } from '../../media/recorder/audio';
import { cycle, type Expected, type Moment, type Outcome } from '../media/recorder/support/cycle';
import type { TestSpool } from '../media/recorder/support/spool';

const AT_ONCE = 4;
const SAMPLES = 800;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function oneCall(spool: TestSpool): Expected[] {
  spool.serverLives();
  spool.put({ samples: SAMPLES, said: [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'hello' }] });
  const content = (suffix: string): Buffer => readFileSync(path.join(spool.root, `call-1${suffix}`));
  const recording = Buffer.concat([headerOf({ rate: 8_000, samples: SAMPLES }), content('.raw')]);
  return [
    {
      callId: 'call-1',
      objects: { 'recording#1': sha256(recording), 'transcript#1': sha256(content('.transcript.jsonl')) },
    },
  ];
}

/** Every moment, until there is none any more. */
async function throughAll(moment: (at: number) => Moment): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; ; at += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, offset) => cycle({ moment: moment(at + offset), fill: oneCall }));
    const done = await Promise.all(some);
    outcomes.push(...done.filter(({ died }) => died));
    if (done.some(({ died }) => !died)) return outcomes;
  }
}

const nothingLost = (outcomes: readonly Outcome[]): void =>
  expect(outcomes.filter(({ lost, corrupt, duplicates, left }) => lost + corrupt + duplicates + left > 0)).toEqual([]);

test('a recorder that is killed at any of its file operations loses, damages and repeats nothing', async () => {
  const outcomes = await throughAll((file) => ({ file }));
  nothingLost(outcomes);
  expect(outcomes.length).toBeGreaterThanOrEqual(30);
}, 240_000);

test.each([
  ['before AWS has done', false],
  ['after AWS has done', true],
])(
  'a recorder that is killed %s what it asked for loses, damages and repeats nothing',
  async (_, done) => {
    const outcomes = await throughAll((request) => ({ request, done }));
    nothingLost(outcomes);
    expect(outcomes.length).toBe(8);
  },
  120_000,
);
