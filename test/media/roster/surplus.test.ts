import * as fc from 'fast-check';
import { type Load, type Told, partOf, surplusOf } from '../../../media/roster/lifecycle/surplus';

const load = (node: string, calls: number | undefined, isLeaving = false): Load => ({ node, calls, isLeaving });

describe('who goes of more nodes than are wanted', () => {
  test.each<[string, Load[], number, string[]]>([
    ['the emptiest', [load('a', 5), load('b', 1), load('c', 3)], 2, ['b', 'c']],
    ['of equal ones the first by name', [load('b', 2), load('a', 2)], 1, ['a']],
    ['one that leaves already, however full it is', [load('a', 0), load('b', 9, true)], 1, ['b']],
    ['one that has not said how full it is after all that have', [load('a', undefined), load('b', 40)], 1, ['b']],
    ['never the last', [load('a', 0), load('b', 0)], 5, ['a']],
    ['nobody where no more are up than are wanted', [load('a', 0), load('b', 0)], -1, []],
  ])('%s', (_, loads, count, expected) => {
    expect(surplusOf(loads, count)).toEqual(expected);
  });

  const loads = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 12 }).chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({
          node: fc.constant(`task/${name}`),
          calls: fc.option(fc.nat(4), { nil: undefined }),
          isLeaving: fc.boolean(),
        }),
      ),
    ),
  );

  test('as many as there are too many, and one is left', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: -2, max: 14 }), (all, count) => {
        expect(surplusOf(all, count)).toHaveLength(Math.max(0, Math.min(count, all.length - 1)));
      }),
    );
  });

  test('never a fuller one before an emptier one, unless it leaves already', () => {
    fc.assert(
      fc.property(loads, fc.nat(12), (all, count) => {
        const chosen = new Set(surplusOf(all, count));
        const fullness = ({ calls = Infinity }: Load) => calls;
        for (const goes of all.filter(({ node }) => chosen.has(node)))
          for (const stays of all.filter(({ node }) => !chosen.has(node)))
            expect(goes.isLeaving || (!stays.isLeaving && fullness(goes) <= fullness(stays))).toBe(true);
      }),
    );
  });

  test('in whatever order they are listed', () => {
    fc.assert(
      fc.property(loads, fc.nat(12), fc.infiniteStream(fc.nat()), (all, count, keys) => {
        const shuffled = all
          .map((one) => [keys.next().value ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(surplusOf(shuffled, count)).toEqual(surplusOf(all, count));
      }),
    );
  });

  test('those who leave are the same when they have said so, whatever the others do then', () => {
    fc.assert(
      fc.property(loads, fc.nat(12), fc.infiniteStream(fc.nat(4)), (all, count, calls) => {
        const chosen = surplusOf(all, count);
        const later = all.map((one) =>
          chosen.includes(one.node)
            ? { ...one, isLeaving: true }
            : { ...one, isLeaving: false, calls: calls.next().value },
        );
        expect(new Set(surplusOf(later, count))).toEqual(new Set(chosen));
      }),
    );
  });
});

describe("a node's own part", () => {
  const told = (node: string, calls: number | undefined, isLeaving = false, ageMs = 5_000): Told => ({
    ...load(node, calls, isLeaving),
    ageMs,
  });

  const taken = (node: string, calls: number): Told => ({ ...told(node, calls, true), isTaken: true });

  test.each<[string, Told[], string]>([
    ['it says so before it leaves', [told('a', 0), told('b', 3)], 'offers'],
    ['it leaves once it has said so', [told('a', 3, true), told('b', 0)], 'leaves'],
    ['it stays where another was first to say so', [told('a', 2), told('b', 3, true)], 'stays'],
    ['of two that said so at once, the emptier leaves', [told('a', 2, true), told('b', 3, true)], 'leaves'],
    ['and the other stays', [told('a', 3, true), told('b', 2, true)], 'stays'],
    ['it waits for who has not said how full it is', [told('a', 0), told('b', undefined)], 'stays'],
    ['but not for long', [told('a', 0, false, 10_000), told('b', undefined)], 'offers'],
    [
      'it stays while others cannot know how full it is',
      [told('a', undefined, false, 90_000), told('b', 9, true)],
      'stays',
    ],
    ['also where it would be the one by name', [told('a', undefined, false, 90_000), told('b', undefined)], 'stays'],
    ['it stays after all where one is taken that is fuller', [told('a', 1, true), taken('b', 30)], 'stays'],
    ['it leaves where it is taken itself', [taken('a', 30), told('b', 1, true)], 'leaves'],
    ['it stays where it is not known at all', [told('b', 1), told('c', 1)], 'stays'],
  ])('%s', (_, all, expected) => {
    expect(partOf(all, 1, 'a')).toBe(expected);
  });
});
