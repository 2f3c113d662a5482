import { busySeconds, byRole, loadBetween, readStat } from '../../bench/density/cpu';
import { headline } from '../../bench/density/figures';
import { gapPercentileMs, type Heard } from '../../bench/density/heard';
import { largestHeld, nextCalls, type Tried } from '../../bench/density/search';
import { type Held, reasons } from '../../bench/density/verdict';

describe('the search for how many calls are held', () => {
  const bounds = { first: 120, step: 10, most: 240 };

  /** All numbers that are tried on a machine that holds so many. */
  function tries(holds: number): Tried[] {
    const tried: Tried[] = [];
    for (let calls = nextCalls(tried, bounds); calls !== undefined; calls = nextCalls(tried, bounds))
      tried.push({ calls, held: calls <= holds });
    return tried;
  }

  test.each([9, 10, 57, 119, 120, 131, 150, 199, 239, 240, 1_000])('finds %d to ten calls', (holds) => {
    const expected = Math.min(240, Math.floor(holds / 10) * 10);
    expect(largestHeld(tries(holds))).toBe(expected);
  });

  test('takes few steps', () => {
    for (let holds = 60; holds <= 240; holds += 1) expect(tries(holds).length).toBeLessThanOrEqual(6);
  });

  test('tries no number twice', () => {
    const tried = tries(151).map(({ calls }) => calls);
    expect(new Set(tried).size).toBe(tried.length);
  });
});

describe('gaps between packets', () => {
  test('a percentile is the bucket that so many gaps do not go beyond', () => {
    const gaps = [[50_000, 1] as const, [20_000, 98] as const, [30_000, 1] as const];
    expect(gapPercentileMs(gaps, 50)).toBe(20);
    expect(gapPercentileMs(gaps, 99)).toBe(30);
    expect(gapPercentileMs(gaps, 100)).toBe(50);
  });

  test('of nothing there is none', () => {
    expect(gapPercentileMs([], 99)).toBeNaN();
  });
});

describe('time on a processor', () => {
  const process = (pid: number, parent: number, seconds: number) => ({ pid, parent, name: 'any', seconds });

  test('counts for the nearest ancestor that has a role, and for nobody without one', () => {
    const processes = [
      process(10, 1, 1),
      process(11, 10, 2),
      process(12, 11, 4),
      process(13, 12, 8),
      process(20, 1, 100),
    ];
    expect(byRole(processes, { bench: 10, agent: 12, gone: 99 })).toEqual({ bench: 3, agent: 12, gone: 0 });
  });

  test('is read from behind a name that has brackets and spaces in it', () => {
    const line = `42 (a b) (c)) S 7 ${'0 '.repeat(9)}250 50 0 0`;
    expect(readStat(line)).toEqual({ pid: 42, parent: 7, name: 'a b) (c)', seconds: 3 });
  });

  test('waiting is not work', () => {
    expect(busySeconds('cpu  100 200 300 40000 50000 600 700 800 0 0')).toBe(27);
  });

  test('is given in cores, and what is left was done by others', () => {
    const before = { seconds: { agent: 1, asterisk: 2 }, busySeconds: 10 };
    const after = { seconds: { agent: 6, asterisk: 4 }, busySeconds: 22 };
    expect(loadBetween(before, after, 10)).toEqual({ cores: { agent: 0.5, asterisk: 0.2 }, otherCores: 0.5 });
  });
});

describe('calls are held', () => {
  const caller: Heard = {
    packets: 2_000,
    lost: 0,
    streams: 1,
    said: 5,
    answered: 5,
    unanswered: 0,
    worstUs: 60_000,
    turnUs: [500_000],
    gaps: [
      [20_000, 1_991],
      [60_000, 8],
    ],
  };
  const recording = { seconds: 62, storedSeconds: 61.2 };
  const all: Held = {
    calls: 2,
    heard: [caller, caller],
    sentLateMs: 1,
    understood: 2,
    cut: 0,
    recordings: [recording, recording],
  };

  test('where every caller was heard, answered and recorded', () => {
    expect(reasons(all)).toEqual([]);
  });

  const other = (heard: Partial<Heard>): Partial<Held> => ({ heard: [caller, { ...caller, ...heard }] });
  test.each<[string, Partial<Held>]>([
    ['1 packets lost', other({ lost: 1 })],
    ['1 callers not on the line', { heard: [caller] }],
    ['1 callers who heard more than one stream', other({ streams: 2 })],
    ['1 callers who heard no reply', other({ answered: 0 })],
    ['1 turns without an answer', other({ unanswered: 1 })],
    ['1 callers whom the agent did not understand', { understood: 1 }],
    ['1 calls cut', { cut: 1 }],
    ['1 recordings missing', { recordings: [recording] }],
    ['1 recordings more than 1 s off', { recordings: [recording, { seconds: 62, storedSeconds: 60.9 }] }],
    ['1 recordings more than 1 s off', { recordings: [recording, { seconds: Number.NaN, storedSeconds: 61 }] }],
    ['SIPp ended with 1', { broken: 'SIPp ended with 1' }],
  ])('and otherwise not: %s', (reason, broken) => {
    expect(reasons({ ...all, ...broken })).toEqual([reason]);
  });

  test('not if one caller hears packets too far apart, though all together do not', () => {
    const halting = other({ gaps: [...caller.gaps, [31_000, 15]] });
    expect(reasons({ ...all, ...halting })).toEqual(['1 callers with a p99 gap over 30 ms']);
  });

  test('nothing measured is nothing held', () => {
    expect(reasons({ ...all, heard: [], recordings: [], understood: 0 })).not.toEqual([]);
  });
});

test('callers and models count against the headline, and are left out of the other figure only', () => {
  const cpu = [
    { process: 'asterisk', cores: 1.2, percentPerCall: 1 },
    { process: 'talkers', cores: 0.2, percentPerCall: 0.2 },
    { process: 'models', cores: 0.2, percentPerCall: 0.2 },
  ];
  expect(headline({ calls: 120, cpu }, 2)).toEqual({
    recordedCallsPer4Vcpu: 240,
    recordedCallsPer4VcpuNetOfCallers: 300,
  });
});
