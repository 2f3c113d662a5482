import { hello, louder, silence, spoken, tone } from '../media/agent/support/speech';
import { answeredCall, greetedCall } from '../media/agent/support/talk';

jest.setTimeout(30_000);

test.concurrent('the agent greets, hears the caller and answers', () =>
  greetedCall({}, async ({ call, models, agent, answered, quiet }) => {
    await call.speak(spoken());
    await answered(0);
    await quiet();
    expect(models.asked[0]?.messages.map(({ role, content }) => (role === 'system' ? role : content))).toEqual([
      'system',
      'Hello, how can I help you?',
      'hello',
    ]);
    expect(models.spoken.filter((text) => text.startsWith('Certainly'))).toEqual([
      'Certainly, I can help you with that.',
    ]);
    expect(agent.marks(0)).toEqual([
      'speech-end',
      'decision',
      'stt-final',
      'llm-first-token',
      'first-clause',
      'tts-first-byte',
      'first-frame-out',
    ]);
    expect(call.oddFrames).toBe(0);
    expect(call.longestCommand).toBeLessThanOrEqual(128);
  }),
);

test.concurrent('with the neural detector too, on an 8 kHz line', () =>
  greetedCall(
    { agent: { env: { VAD: 'silero' } }, call: { format: 'slin' } },
    async ({ call, models, answered, quiet }) => {
      await call.speak(spoken().filter((_, at) => at % 2 === 0));
      await answered(0);
      await quiet();
      expect(call.oddFrames).toBe(0);
      expect(models.heardSeconds).toBeGreaterThan(2.5);
    },
  ),
);

describe('a caller who interrupts', () => {
  const LONG = `${'We have an appointment on Monday at nine and another one on Tuesday at ten. '.repeat(4)}Which one?`;

  test.concurrent('has the floor within 100 ms of the decision, and the model forgets what was not heard', () =>
    greetedCall(
      { behaviour: { replies: [LONG, 'Good.'], speechMs: 60 } },
      async ({ call, models, agent, answered }) => {
        await call.speak(hello());
        await answered(0);
        const greeted = call.voicedMs();
        await call.until(() => call.voicedMs() > greeted + 1_000, 10_000);
        await call.speak(tone(600, 300, 12_000));
        const heardMs = call.voicedMs() - greeted;
        await answered(1);
        expect(Math.abs(agent.flushedAt - agent.timeOf('barge-in'))).toBeLessThan(100);
        const said = models.asked[1]?.messages.find(
          ({ role, content }) => role === 'assistant' && content.startsWith('We'),
        );
        expect(LONG.startsWith(said?.content ?? '?')).toBe(true);
        // A character takes 60 ms; marks stand 200 ms apart, and only whole words count.
        const characters = heardMs / 60;
        expect(said?.content.length).toBeLessThanOrEqual(characters);
        expect(said?.content.length).toBeGreaterThan(characters - 200 / 60 - 'appointment'.length);
      },
    ),
  );

  test.concurrent('hears nothing of the old reply afterwards, though it was still being made', () =>
    greetedCall({ behaviour: { replies: [LONG, 'Good.'], speechMs: 30, tokenMs: 40 } }, async ({ call, answered }) => {
      await call.speak(hello());
      await answered(0);
      await call.until(() => call.voicedMs(call.heard.length - 30) > 400, 10_000);
      const before = call.heard.length;
      await call.speak(tone(1_500, 300, 12_000));
      expect(call.flushedAtFrame).toBeGreaterThan(before);
      expect(call.voicedMs(call.flushedAtFrame)).toBe(0);
      await answered(1);
    }),
  );

  test.concurrent('interrupts the greeting too, which was no answer to a turn', () =>
    answeredCall({ behaviour: { speechMs: 60 } }, async ({ call, agent, answered }) => {
      await call.until(() => call.voicedMs() > 200);
      await call.speak(hello());
      await answered(0);
      expect(agent.marks(0)[0]).toBe('barge-in');
    }),
  );

  test.concurrent.each([-15, -20])('its own voice at %d dB interrupts nobody', (decibels) =>
    greetedCall(
      { behaviour: { replies: [LONG], speechMs: 10 }, call: { echo: 10 ** (decibels / 20) } },
      async ({ call, agent, answered, quiet }) => {
        await call.speak(hello());
        await answered(0);
        await quiet();
        expect(agent.marks(0)).not.toContain('barge-in');
        expect(call.commands).not.toContain('FLUSH_MEDIA');
      },
    ),
  );

  test.concurrent('with a cough is asked to say it again', () =>
    greetedCall(
      { behaviour: { replies: [LONG], heard: ['hello', ''], speechMs: 40 } },
      async ({ call, models, answered }) => {
        await call.speak(hello());
        await answered(0);
        await call.speak(tone(200, 300, 12_000));
        await call.until(() => call.commands.includes('FLUSH_MEDIA'));
        const before = call.heard.length;
        await call.until(() => call.voicedMs(before) > 400);
        expect(models.asked).toHaveLength(1);
      },
    ),
  );
});

test.concurrent('what the server cannot take waits until it can', () =>
  greetedCall(
    {
      behaviour: {
        replies: ['This is a long answer to a short question, so that the queue fills. '.repeat(3)],
        speechMs: 30,
      },
      call: { xoffFrames: 60 },
    },
    async ({ call, answered, quiet }) => {
      await call.speak(hello());
      await answered(0);
      await call.until(() => call.queuedFrames >= 60, 15_000);
      await quiet();
      expect(call.framesLost).toBe(0);
      expect(call.voicedMs()).toBeGreaterThan(5_200);
    },
  ),
);

test.concurrent('quiet noise and silence start no turn', () =>
  greetedCall({}, async ({ call, models }) => {
    await call.speak(louder(tone(1_000), 0.005));
    await call.speak(silence(500));
    expect(models.requests.stt).toBe(0);
  }),
);
