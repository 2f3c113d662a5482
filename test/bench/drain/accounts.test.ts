import * as fc from 'fast-check';
import {
  cutOf,
  fewestAtOnce,
  type Kept,
  longestSilence,
  missingRecordings,
  type NodeStory,
  type PlacedCall,
  refusedOver,
  takenWhileLeaving,
} from '../../../bench/drain/accounts';
import type { CallEvent } from '../../../media/contract';

/** Few enough that some fall together. */
const moment = fc.integer({ min: 0, max: 40 });
const span = fc.tuple(moment, moment).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
const heardMoments = fc.array(moment).map((all) => all.toSorted((a, b) => a - b));

describe('the longest silence of a call', () => {
  test('is no longer than the call, and no shorter than if its packets had come evenly', () => {
    fc.assert(
      fc.property(heardMoments, span, (heard, { from, to }) => {
        const { at, ms } = longestSilence(heard, from, to);
        const within = heard.filter((one) => one > from && one < to);
        expect(ms).toBeLessThanOrEqual(to - from);
        expect(ms).toBeGreaterThanOrEqual((to - from) / (within.length + 1));
        expect(within.some((one) => one > at && one < at + ms)).toBe(false);
      }),
    );
  });

  test('gets no longer by another packet, and is that of the call alone, whatever came before and after', () => {
    fc.assert(
      fc.property(heardMoments, moment, span, (heard, more, { from, to }) => {
        const silence = (all: readonly number[]) => longestSilence(all, from, to).ms;
        expect(silence([...heard, more].toSorted((a, b) => a - b))).toBeLessThanOrEqual(silence(heard));
        expect(silence([from - 5, ...heard.filter((one) => one > from && one < to), to + 5])).toBe(silence(heard));
      }),
    );
  });
});

describe('a caller', () => {
  const call: PlacedCall = { id: 'a', port: 40_000, invite: 0, answered: 100, bye: 5_100, over: 5_110 };
  const steady = Array.from({ length: 250 }, (_, packet) => 110 + 20 * packet);

  test('who is answered, hears the cell all the time and hangs up has no complaint', () => {
    expect(cutOf(call, steady)).toBeUndefined();
  });

  test.each<[string, Partial<Record<keyof PlacedCall, undefined>>, readonly number[], string]>([
    ['was never answered', { answered: undefined }, steady, 'was not set up'],
    ['never came to hang up', { bye: undefined }, steady, 'was ended by the cell'],
    ['hung up a call that nobody knew', { over: undefined }, steady, 'could not be hung up'],
    ['heard nothing', {}, [], 'was silent for 5000 ms, 0 ms after its answer'],
    ['heard nothing more', {}, steady.slice(0, 100), 'was silent for 3010 ms, 1990 ms after its answer'],
    [
      'heard nothing for a while',
      {},
      [...steady.slice(0, 50), ...steady.slice(101)],
      'was silent for 1040 ms, 990 ms after its answer',
    ],
  ])('who %s was failed', (_, without, heard, said) => {
    expect(cutOf({ ...call, ...without }, heard)).toBe(said);
  });
});

describe('the fewest calls in progress', () => {
  const calls = fc
    .array(span)
    .map((all) =>
      all.map(({ from, to }, at): PlacedCall => ({ id: String(at), port: 0, invite: from, answered: from, bye: to })),
    );

  test('are as many as are counted at the moments at which one ends', () => {
    fc.assert(
      fc.property(calls, span, (all, { from, to }) => {
        const at = (time: number) => all.filter(({ answered = 0, bye = 0 }) => answered <= time && bye > time).length;
        const ends = all.map(({ bye = 0 }) => bye).filter((bye) => bye > from && bye <= to);
        expect(fewestAtOnce(all, from, to)).toBe(Math.min(at(from), ...ends.map(at)));
      }),
    );
  });

  test('get no fewer by another call, and one that was not answered or did not hang up is none', () => {
    fc.assert(
      fc.property(calls, span, span, (all, more, { from, to }) => {
        const fewest = fewestAtOnce(all, from, to);
        const added = { id: 'more', port: 0, invite: 0, answered: more.from, bye: more.to };
        expect(fewestAtOnce([...all, added], from, to)).toBeGreaterThanOrEqual(fewest);
        expect(fewestAtOnce([...all, { id: 'x', port: 0, invite: 0, answered: 0 }], from, to)).toBe(fewest);
      }),
    );
  });
});

const T = Date.parse('2026-11-26T12:00:00.000Z');
const at = (ms: number): string => new Date(T + ms).toISOString();
const base = (callId: string, ms: number) => ({ v: 1 as const, callId, at: at(ms) });
const admitted = (callId: string, ms: number, node: string): CallEvent => ({
  ...base(callId, ms),
  tier: 'edge',
  event: 'call.admitted',
  carrier: 'plain',
  node,
});
const answered = (callId: string, ms: number, us = 20_000): CallEvent => ({
  ...base(callId, ms),
  tier: 'media',
  us,
  event: 'call.answered',
});
const refused = (callId: string, ms: number): CallEvent => ({
  ...base(callId, ms),
  tier: 'media',
  event: 'call.refused',
  reason: 'draining',
  status: 503,
});
const granted = (callId: string, us: number): CallEvent => ({
  ...base(callId, us / 1_000),
  tier: 'media',
  us,
  event: 'call.consent',
  outcome: 'notice-played',
  by: 'policy',
});
const ended = (callId: string, us: number): CallEvent => ({
  ...base(callId, us / 1_000),
  tier: 'media',
  us,
  event: 'call.ended',
  by: 'caller',
  reason: 'hangup',
});
const node = (events: readonly CallEvent[], leavingSince?: number): NodeStory => ({
  address: '10.0.0.1',
  events,
  leavingSince: leavingSince === undefined ? undefined : T + leavingSince,
});

describe('a call that a node takes', () => {
  const sent = [admitted('a', 1_000, '10.0.0.1')];

  test('is new on a node that leaves where the edge sent it later than the node said so', () => {
    expect(takenWhileLeaving(sent, [node([answered('a', 1_030)], 990)])).toEqual(['a']);
    expect(takenWhileLeaving(sent, [node([answered('a', 1_030)], 1_010)])).toEqual([]);
    expect(takenWhileLeaving(sent, [node([answered('a', 1_030)])])).toEqual([]);
  });

  test('is so where the node heard of it long after, whatever the edge said', () => {
    expect(takenWhileLeaving([], [node([answered('a', 3_000)], 1_000)])).toEqual(['a']);
    expect(takenWhileLeaving([], [node([answered('a', 3_000, 2_500_000)], 1_000)])).toEqual([]);
  });

  test('is not new where the edge had turned to another node meanwhile', () => {
    const both = [...sent, admitted('a', 3_000, '10.0.0.2')];
    expect(takenWhileLeaving(both, [node([answered('a', 2_900, 1_890_000)], 2_000)])).toEqual([]);
  });

  test('is judged by the node that took it, not by one that refused it before', () => {
    const both = [admitted('a', 1_000, '10.0.0.1'), admitted('a', 1_010, '10.0.0.2')];
    const nodes = [node([refused('a', 1_005)], 500), { ...node([answered('a', 1_030)]), address: '10.0.0.2' }];
    expect(takenWhileLeaving(both, nodes)).toEqual([]);
    expect(refusedOver(nodes)).toBe(1);
    expect(refusedOver(nodes.slice(0, 1))).toBe(0);
  });
});

describe('a recording', () => {
  const nodes = [node([answered('a', 100), granted('a', 4_000_000), ended('a', 24_000_000)])];
  const missing = (kept: Kept) => missingRecordings(nodes, () => kept);

  test('is there where it is locked, as long as the call went on after consent, and in the ledger', () => {
    expect(missing({ recordedSeconds: 19.6, isInLedger: true })).toEqual([]);
  });

  test.each<[string, Kept]>([
    ['nobody has it', { recordedSeconds: undefined, isInLedger: true }],
    ['the ledger does not know it', { recordedSeconds: 20, isInLedger: false }],
    ['it ends too early', { recordedSeconds: 18.9, isInLedger: true }],
    ['it is of another, longer call', { recordedSeconds: 21.1, isInLedger: true }],
  ])('is missing where %s', (_, kept) => {
    expect(missing(kept)).toEqual([expect.stringMatching(/^a: /)]);
  });

  test('is missing of a call that never ended, and of nobody who was not to be recorded', () => {
    const kept = () => ({ recordedSeconds: 20, isInLedger: true });
    expect(missingRecordings([node([granted('a', 4_000_000)])], kept)).toEqual(['a: 20 of NaN s, in the ledger']);
    expect(
      missingRecordings([node([answered('a', 100), ended('a', 9_000_000)])], () => ({
        recordedSeconds: undefined,
        isInLedger: false,
      })),
    ).toEqual([]);
  });
});
