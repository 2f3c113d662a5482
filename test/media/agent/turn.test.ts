import * as fc from 'fast-check';
import { LISTENING, type TurnAction, type TurnInput, TURN_RULES, turnStep } from '../../../media/agent/turn/machine';

const MS = 20;
const window = (speech: boolean): TurnInput => ({ kind: 'window', speech, ms: MS });
const windows = (speech: boolean, ms: number): TurnInput[] => Array.from({ length: ms / MS }, () => window(speech));
const done: TurnInput = { kind: 'reply-done' };

function actions(inputs: readonly TurnInput[]): TurnAction[] {
  let state = LISTENING;
  return inputs.flatMap((input) => {
    const step = turnStep(state, input);
    state = step.state;
    return step.actions;
  });
}

const turn = [...windows(true, 500), ...windows(false, 300)];

test('a turn is opened, transcribed at the pause and decided after it', () => {
  expect(actions(turn)).toEqual(['speech-began', 'transcribe', 'decide']);
});

test('a caller who goes on after a pause has not ended the turn', () => {
  const inputs = [...windows(true, 500), ...windows(false, 160), ...turn];
  expect(actions(inputs)).toEqual(['speech-began', 'transcribe', 'discard-transcript', 'transcribe', 'decide']);
});

test('a click opens no turn', () => {
  expect(actions([...windows(true, 40), ...windows(false, 1_000)])).toEqual([]);
});

test.each([
  [100, []],
  [120, ['barge-in']],
])('%d ms of speech over the agent', (ms, expected) => {
  expect(actions([...turn, ...windows(true, ms)]).slice(3)).toEqual(expected);
});

test('a short gap in a word does not hide an interruption', () => {
  expect(actions([...turn, ...windows(true, 80), ...windows(false, 40), ...windows(true, 40)])).toContain('barge-in');
});

test('the agent may be interrupted while it still thinks, and again in its next reply', () => {
  const inputs = [...turn, ...windows(true, 300), ...windows(false, 300), ...windows(true, 300)];
  expect(actions(inputs).filter((one) => one === 'barge-in')).toHaveLength(2);
});

test('speech without an end is answered after a minute', () => {
  expect(actions(windows(true, TURN_RULES.longestTurnMs + 100)).slice(0, 3)).toEqual([
    'speech-began',
    'transcribe',
    'decide',
  ]);
});

test('a reply that is over leaves the floor open', () => {
  expect(actions([...turn, done, ...windows(true, 60)]).at(-1)).toBe('speech-began');
});

const anything = fc.array(
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.boolean().chain((speech) => fc.integer({ min: 1, max: 30 }).map((n) => windows(speech, n * MS))),
    },
    { weight: 2, arbitrary: fc.constantFrom<TurnInput>(done, { kind: 'reply-begun' }).map((one) => [one]) },
  ),
  { maxLength: 60 },
);

test('from an interruption to the next decision the agent never has the floor, whatever happens', () => {
  fc.assert(
    fc.property(anything, (parts) => {
      let state = LISTENING;
      let interrupted = false;
      for (const input of parts.flat()) {
        const step = turnStep(state, input);
        ({ state } = step);
        if (step.actions.includes('barge-in')) interrupted = true;
        if (step.actions.includes('decide')) interrupted = false;
        expect(interrupted && state.phase === 'replying').toBe(false);
      }
    }),
  );
});

test('every decision has a transcript that was asked for after the last word', () => {
  fc.assert(
    fc.property(anything, (parts) => {
      const all = actions(parts.flat());
      const before = all.flatMap((action, at) => (action === 'decide' ? [all[at - 1]] : []));
      expect(new Set([...before, 'transcribe']).size).toBe(1);
    }),
  );
});
