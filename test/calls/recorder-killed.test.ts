import { cycle, type Moment, type Outcome } from '../media/recorder/support/cycle';
import { type Expected, expectedOf } from '../media/recorder/support/expected';
import type { TestSpool } from '../media/recorder/support/spool';

const AT_ONCE = 4;

function oneCall(spool: TestSpool): Expected[] {
  spool.serverLives();
  spool.put({ said: [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'hello' }] });
  return [expectedOf(spool.root, 'call-1')];
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
