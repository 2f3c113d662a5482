import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CALL_ID,
  type CallEvent,
  ENDINGS,
  EVENTS,
  TURN_MARKS,
  eventLine,
  parseEvent,
} from '../../media/contract/events';
import { eventsPage } from '../../media/contract/events-page';
import { LOG_EVENTS, LOG_FIELDS } from '../../media/contract/log-events';
import { CALL_ID as LEDGER_CALL_ID } from '../../media/contract/ledger';

const decision: CallEvent = {
  v: 1,
  callId: '7f1c2b34-0000-4000-8000-000000000001',
  tier: 'agent',
  at: '2026-11-26T10:00:00.000Z',
  us: 1_250_000,
  event: 'turn.mark',
  turn: 0,
  mark: 'decision',
};

const problemsOf = (value: object): string[] => {
  const parsed = parseEvent(JSON.stringify(value));
  return 'problems' in parsed ? parsed.problems : [];
};

test('an event is one line and is read as it was written', () => {
  expect(eventLine(decision)).not.toContain('\n');
  expect(parseEvent(eventLine(decision))).toEqual({ event: decision });
});

test.each([
  ['another version', { v: 2 }, 'v'],
  ['an id the ledger does not take', { callId: '../1' }, 'callId'],
  ['a mark nobody measures', { mark: 'llm-thinking' }, 'mark'],
  ['a mark between two microseconds', { us: 0.5 }, 'us'],
  ['a mark before the call', { us: -1 }, 'us'],
  ['no monotonic time', { us: undefined }, 'us'],
  ['wall time without milliseconds', { at: '2026-11-26T10:00:00Z' }, 'at'],
])('a turn mark with %s is refused', (_, change, field) => {
  expect(problemsOf({ ...decision, ...change }).map((problem) => problem.split(':')[0])).toEqual([field]);
});

test('no event has room for what a caller said or who called', () => {
  expect(problemsOf({ ...decision, transcript: 'I would like' })).not.toEqual([]);
  const fields = Object.values(EVENTS).flatMap(({ shape }) => Object.keys(shape));
  expect(fields.filter((field) => /caller|number|from|transcript|text|prompt|audio|key/i.test(field))).toEqual([]);
});

test('a line that is no event is told from one', () => {
  expect(parseEvent('Listening on 5060')).toEqual({ problems: ['not JSON'] });
  expect(problemsOf({ event: 'call.teleported' })).toHaveLength(1);
});

test('every event can be read, and queries know it by the name in its line', () => {
  for (const [kind, { shape }] of Object.entries(EVENTS)) {
    expect(problemsOf({ event: shape.event.value }).join(' ')).toContain('callId');
    expect(LOG_EVENTS).toHaveProperty(kind, shape.event.value);
  }
  for (const field of Object.values(LOG_FIELDS))
    expect(Object.values(EVENTS).some(({ shape }) => field in shape)).toBe(true);
});

test('both latencies and a lost call can be told', () => {
  expect(TURN_MARKS).toEqual(expect.arrayContaining(['speech-end', 'decision', 'first-frame-out', 'barge-in']));
  expect(ENDINGS).toContain('lost');
});

test('the id of a call is what the ledger takes for one', () => {
  expect(CALL_ID).toEqual(LEDGER_CALL_ID);
});

test('docs/events.md is what the contract says (node --import tsx packaging/events-page.ts prints it)', () => {
  expect(readFileSync(path.join(__dirname, '..', '..', 'docs', 'events.md'), 'utf8')).toBe(`${eventsPage()}\n`);
});
