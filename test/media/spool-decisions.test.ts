import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  record,
  sample,
  subarray,
  tuple,
  uniqueArray,
} from 'fast-check';
import { SPOOL } from '../../media/contract/spool';
import { describeWithPython } from '../support/python';

const BOOT = join(__dirname, '..', '..', 'media', 'boot');

/** Answers of a function of the module to many arguments, by one process. */
function ask<T>(name: 'decide' | 'holding', questions: readonly unknown[]): T[] {
  const program = `import json, sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(BOOT)})
from spool_decisions import ${name} as answer
print(json.dumps([answer(question) for question in json.load(sys.stdin)]))`;
  return JSON.parse(
    execFileSync('python3', ['-c', program], { input: JSON.stringify(questions), encoding: 'utf8' }),
  ) as T[];
}

interface Seen {
  readonly instance: string;
  readonly own: string;
  readonly leaving: boolean;
  readonly emptied: readonly string[];
  readonly disks: Readonly<Record<string, boolean>>;
  readonly held: Readonly<Record<string, string>>;
  readonly volumes: readonly {
    readonly id: string;
    readonly state: string;
    readonly age: number;
    readonly fault: boolean;
    readonly holder: string | null;
    readonly attachment: string | null;
  }[];
}

type Step = readonly [verb: string, volume: string];

const SEED = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);

const free = { id: 'v', state: 'available', age: 3600, fault: false, holder: null, attachment: null };
const here = { ...free, state: 'in-use', holder: 'i-1', attachment: 'attached' };
const nothing: Seen = { instance: 'i-1', own: 'own', leaving: false, emptied: [], disks: {}, held: {}, volumes: [] };
const mounted = (held: string): Partial<Seen> => ({ volumes: [here], disks: { v: true }, held: { v: held } });
const unmounted = { volumes: [here], disks: { v: false } };

const CASES: readonly (readonly [when: string, seen: Partial<Seen>, verb: string | undefined])[] = [
  ['is free', { volumes: [free] }, 'attach'],
  ['is free, on a node that leaves', { volumes: [free], leaving: true }, undefined],
  ['has just been made', { volumes: [{ ...free, age: 599 }] }, undefined],
  ['is old enough', { volumes: [{ ...free, age: 600 }] }, 'attach'],
  ['is free and marked', { volumes: [{ ...free, fault: true }] }, undefined],
  ['is being made', { volumes: [{ ...free, state: 'creating' }] }, undefined],
  ['is another node’s', { volumes: [{ ...here, holder: 'i-2' }] }, undefined],
  ['is on its way here', { volumes: [{ ...here, attachment: 'attaching' }], disks: { v: false } }, 'wait'],
  ['is here, but its disk is not', { volumes: [here] }, 'wait'],
  ['is here', unmounted, 'mount'],
  ['is here, on a node that leaves', { ...unmounted, leaving: true }, 'mount'],
  ['is here and marked', { volumes: [{ ...here, fault: true }], disks: { v: false } }, 'detach'],
  ['holds calls', mounted('calls'), undefined],
  ['holds fresh leftovers', mounted('leftovers'), undefined],
  ['holds old leftovers', mounted('old leftovers'), 'give up'],
  ['holds nothing', mounted('nothing'), 'empty'],
  ['cannot be read', { volumes: [here], disks: { v: true } }, undefined],
  ['was emptied', { ...unmounted, emptied: ['v'] }, 'detach'],
  ['is on its way out', { volumes: [{ ...here, attachment: 'detaching' }], disks: { v: false } }, 'wait'],
  ['was emptied and is free', { volumes: [free], emptied: ['v'] }, 'delete'],
  ['was emptied, but is another node’s by now', { volumes: [{ ...here, holder: 'i-2' }], emptied: ['v'] }, undefined],
  ['is the node’s own, empty', { ...mounted('nothing'), own: 'v' }, undefined],
];

const anySeen: Arbitrary<Seen> = uniqueArray(constantFrom('own', 'a', 'b', 'c', 'd', 'e'), { minLength: 1 }).chain(
  (ids) =>
    record({
      instance: constant('i-1'),
      own: constant('own'),
      leaving: boolean(),
      emptied: subarray(ids),
      disks: dictionary(constantFrom(...ids), boolean()),
      held: dictionary(
        constantFrom(...ids),
        constantFrom('calls', 'leftovers', 'old leftovers', 'nothing', 'never heard of'),
      ),
      volumes: tuple(...ids.map((id) => anyVolume(id))),
    }),
);

const anyVolume = (id: string) =>
  record({
    id: constant(id),
    state: constantFrom('available', 'in-use', 'creating', 'error'),
    age: integer({ min: 0, max: 1200 }),
    fault: boolean(),
    holder: constantFrom(null, 'i-1', 'i-2'),
    attachment: constantFrom(null, 'attaching', 'attached', 'detaching', 'busy'),
  });

describeWithPython('spool-decisions')('a spool volume that', () => {
  let answers: Step[][];

  beforeAll(() => {
    answers = ask(
      'decide',
      CASES.map(([, seen]) => ({ ...nothing, ...seen })),
    );
  });

  test.each(CASES.map(([when, , verb], index) => [when, verb ?? 'nothing', index] as const))(
    '%s: %s',
    (_, verb, index) => expect(answers[index]).toEqual(verb === 'nothing' ? [] : [[verb, 'v']]),
  );
});

describeWithPython('spool-decisions')('whatever is seen,', () => {
  let judged: { readonly seen: Seen; readonly steps: readonly Step[] }[];

  beforeAll(() => {
    process.stderr.write(`spool-decisions.test.ts: FC_SEED=${SEED}\n`);
    const all = sample(anySeen, { numRuns: 3000, seed: SEED });
    judged = ask<Step[]>('decide', all).map((steps, index) => ({ seen: all[index] ?? nothing, steps }));
  });

  /** How many steps of a verb there were, and those that must not be. */
  function all(verb: string, may: (volume: Seen['volumes'][number], seen: Seen) => boolean) {
    const steps = judged.flatMap(({ seen, steps: taken }) =>
      taken
        .filter(([one]) => one === verb)
        .map(([, id]) => ({ seen, volume: seen.volumes.find((one) => one.id === id) })),
    );
    return { some: steps.length > 0, wrong: steps.filter(({ seen, volume }) => !volume || !may(volume, seen)) };
  }
  const FINE = { some: true, wrong: [] };

  test('the node’s own spool is left alone', () => {
    for (const { steps } of judged) expect(steps.map(([, id]) => id)).not.toContain('own');
  });

  test('only what this run emptied and nobody holds is deleted', () =>
    expect(all('delete', ({ id, state }, { emptied }) => state === 'available' && emptied.includes(id))).toEqual(FINE));

  test('only what is mounted and holds nothing is emptied', () =>
    expect(
      all(
        'empty',
        ({ id, holder }, { disks, held }) => holder === 'i-1' && disks[id] === true && held[id] === 'nothing',
      ),
    ).toEqual(FINE));

  test('nothing that is mounted is detached', () =>
    expect(all('detach', ({ id, holder }, { disks }) => holder === 'i-1' && disks[id] === false)).toEqual(FINE));

  test('only what is free, old enough and not marked is attached, by a node that stays', () =>
    expect(
      all('attach', ({ state, age, fault }, { leaving }) => state === 'available' && age >= 600 && !fault && !leaving),
    ).toEqual(FINE));

  test('a marked spool is not mounted', () => expect(all('mount', ({ fault }) => !fault)).toEqual(FINE));

  test('no more than two are held at once', () => {
    for (const { seen, steps } of judged) {
      const held = seen.volumes.filter(({ id, holder }) => id !== 'own' && holder === 'i-1').length;
      const attached = steps.filter(([verb]) => verb === 'attach').length;
      expect(attached).toBeLessThanOrEqual(Math.max(0, 2 - held));
    }
  });

  test('each volume gets one step at most', () => {
    for (const { steps } of judged) expect(new Set(steps.map(([, id]) => id)).size).toBe(steps.length);
  });
});

describeWithPython('spool-decisions')('of what lies in a spool,', () => {
  const DAY = 86_400;
  const LEFT: readonly (readonly [files: Readonly<Record<string, number>>, holding: string])[] = [
    [{}, 'nothing'],
    [{ 'server.json': DAY }, 'nothing'],
    [{ 'server.json.part': 0, 'c1.progress.json.part': 0 }, 'nothing'],
    [{ 'c1.raw.part': DAY - 1 }, 'leftovers'],
    [{ 'c1.call.json.part': DAY }, 'old leftovers'],
    [{ 'lost+found': 2 * DAY, 'notes.txt': 3 }, 'leftovers'],
    [{ 'lost+found': 2 * DAY, 'server.json': 3 }, 'old leftovers'],
    [{ '.raw': 0 }, 'calls'],
  ];
  const parts = Object.entries(SPOOL).filter(([part]) => part !== 'server');

  test('every file that the contract gives a call is a call', () => {
    const answers = ask<string>(
      'holding',
      parts.map(([, end]) => ({ [`c1${end}`]: 99 * DAY, 'server.json': 0 })),
    );
    expect(answers).toEqual(parts.map(() => 'calls'));
  });

  test('what nobody writes any more is for a person to look at, and only bookkeeping is nothing', () => {
    expect(
      ask<string>(
        'holding',
        LEFT.map(([files]) => files),
      ),
    ).toEqual(LEFT.map(([, holding]) => holding));
  });
});
