import { timesOf, zeroOf } from '../../lab/turns';
import type { CallEvent } from '../../media/contract';

const ZERO = Date.parse('2026-01-01T00:00:00.000Z') + 0.4;

/** A mark `ms` after the start of the call, as the agent writes it. */
const mark = (name: string, ms: number, turn = 0): CallEvent =>
  ({
    v: 1,
    callId: 'one',
    tier: 'agent',
    at: new Date(Math.floor(ZERO + ms)).toISOString(),
    us: ms * 1000,
    event: 'turn.mark',
    turn,
    mark: name,
  }) as CallEvent;

const TURN = [
  { ...mark('speech-end', 760), at: new Date(ZERO + 1000).toISOString() } as CallEvent,
  mark('decision', 1000),
  mark('stt-final', 1000.2),
  mark('llm-first-token', 1060),
  mark('first-clause', 1090),
  mark('tts-first-byte', 1156),
  mark('first-frame-out', 1170.7),
];

describe('times of a turn', () => {
  test('the start of the call is found to a fraction of a millisecond, and not by what is told late', () => {
    expect(zeroOf(TURN)).toBeGreaterThan(ZERO - 0.5);
    expect(zeroOf(TURN)).toBeLessThanOrEqual(ZERO);
  });

  test('each stage is the time since the one before, and the latencies have the ends that they name', () => {
    const outside = { lastSpeechAt: ZERO + 740, firstReplyAt: ZERO + 1200, wayMs: 20 };
    const times = timesOf([...TURN, mark('decision', 9000, 1)], 0, outside);
    expect(times.wait).toBeCloseTo(240);
    expect(times.firstToken).toBeCloseTo(59.8);
    expect(times.clause).toBeCloseTo(30);
    expect(times.firstByte).toBeCloseTo(66);
    expect(times.heardGap).toBeCloseTo(460);
    expect(times.roundTrip).toBeGreaterThanOrEqual(180);
    expect(times.roundTrip).toBeLessThan(181);
  });

  test('a stage that was not reached has no time', () => {
    const times = timesOf(TURN.slice(0, 3), 0, { lastSpeechAt: 0, firstReplyAt: 0, wayMs: 0 });
    expect(times.clause).toBeNaN();
  });
});
