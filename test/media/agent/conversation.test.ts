import type { FakeAsterisk, FakeCall } from './support/fake-asterisk';
import { type Behaviour, FakeModels } from './support/fake-models';
import { type AgentOptions, RunningAgent } from './support/running-agent';
import { hello, louder, silence, spoken, tone } from './support/speech';

jest.setTimeout(30_000);

let models: FakeModels;
let agent: RunningAgent;
let call: FakeAsterisk;

async function start(behaviour: Partial<Behaviour> = {}, options: AgentOptions = {}): Promise<void> {
  models = await FakeModels.start(behaviour);
  agent = await RunningAgent.start(models, options);
}

/** A call whose greeting is over. */
async function dial(options: Partial<FakeCall> = {}): Promise<void> {
  call = await agent.dial(options);
  await call.until(() => call.voicedMs() > 200);
  await quiet();
}

const quiet = (): Promise<void> => call.until(() => call.queuedFrames === 0, 15_000);
const answered = (turn: number): Promise<void> =>
  call.until(() => agent.marks(turn).includes('first-frame-out'), 15_000);

afterEach(() => {
  call.hangUp();
  agent.stop();
  models.stop();
});

test('the agent greets, hears the caller and answers', async () => {
  await start();
  await dial();
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
});

test('with the neural detector too, on an 8 kHz line', async () => {
  await start({}, { env: { VAD: 'silero' } });
  await dial({ format: 'slin' });
  await call.speak(spoken().filter((_, at) => at % 2 === 0));
  await answered(0);
  await quiet();
  expect(call.oddFrames).toBe(0);
  expect(models.heardSeconds).toBeGreaterThan(2.5);
});

describe('a caller who interrupts', () => {
  const LONG = `${'We have an appointment on Monday at nine and another one on Tuesday at ten. '.repeat(4)}Which one?`;

  test('has the floor within 100 ms of the decision, and the model forgets what was not heard', async () => {
    await start({ replies: [LONG, 'Good.'], speechMs: 60 });
    await dial();
    await call.speak(hello());
    await answered(0);
    await call.until(() => call.voicedMs(call.heard.length - 50) > 800, 10_000);
    await call.speak(tone(1_000, 300, 12_000));
    await answered(1);
    expect(Math.abs(call.flushedAt - agent.timeOf('barge-in'))).toBeLessThan(100);
    const said = models.asked[1]?.messages.find(
      ({ role, content }) => role === 'assistant' && content.startsWith('We'),
    );
    expect(LONG.startsWith(said?.content ?? '?')).toBe(true);
    expect(said?.content.length).toBeGreaterThan(5);
    // A character takes 60 ms, and about a second was played.
    expect(said?.content.length).toBeLessThan(60);
  });

  test('hears nothing of the old reply afterwards, though it was still being made', async () => {
    await start({ replies: [LONG, 'Good.'], speechMs: 30, tokenMs: 40 });
    await dial();
    await call.speak(hello());
    await answered(0);
    await call.until(() => call.voicedMs(call.heard.length - 30) > 400, 10_000);
    const before = call.heard.length;
    await call.speak(tone(1_500, 300, 12_000));
    expect(call.voicedMs(before + 12)).toBe(0);
    await answered(1);
  });

  test.each([-15, -20])('its own voice at %d dB interrupts nobody', async (decibels) => {
    await start({ replies: [LONG], speechMs: 20 });
    await dial({ echo: 10 ** (decibels / 20) });
    await call.speak(hello());
    await answered(0);
    await quiet();
    expect(agent.marks(0)).not.toContain('barge-in');
    expect(call.commands).not.toContain('FLUSH_MEDIA');
  });

  test('with a cough is asked to say it again', async () => {
    await start({ replies: [LONG], heard: ['hello', ''], speechMs: 40 });
    await dial();
    await call.speak(hello());
    await answered(0);
    await call.speak(tone(200, 300, 12_000));
    await call.until(() => call.commands.includes('FLUSH_MEDIA'));
    const before = call.heard.length;
    await call.until(() => call.voicedMs(before) > 400);
    expect(models.asked).toHaveLength(1);
  });
});

test('what the server cannot take waits until it can', async () => {
  await start({
    replies: ['This is a long answer to a short question, so that the queue fills. '.repeat(3)],
    speechMs: 40,
  });
  await dial({ xoffFrames: 60 });
  await call.speak(hello());
  await answered(0);
  await call.until(() => call.queuedFrames >= 60);
  await quiet();
  expect(call.framesWhileOff).toBe(0);
  expect(call.voicedMs()).toBeGreaterThan(7_000);
});

test('quiet noise and silence start no turn', async () => {
  await start();
  await dial();
  await call.speak(louder(tone(1_000), 0.005));
  await call.speak(silence(500));
  expect(models.requests.stt).toBe(0);
});
