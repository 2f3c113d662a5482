import type { FakeAsterisk } from './support/fake-asterisk';
import { type Behaviour, FakeModels } from './support/fake-models';
import { RunningAgent } from './support/running-agent';
import { hello } from './support/speech';

jest.setTimeout(40_000);

/** Whoever waits hears something at least this often. */
const DEAD_AIR_MS = 2_000;
/** Short, so that tests are. */
const QUICK = { STT_TIMEOUT_MS: '800', LLM_TIMEOUT_MS: '800', TTS_TIMEOUT_MS: '800' };

let models: FakeModels;
let agent: RunningAgent;
let call: FakeAsterisk;

/** A call whose greeting is over and whose stages then behave as given. */
async function dial(behaviour: Partial<Behaviour>, env: Record<string, string> = QUICK): Promise<void> {
  models = await FakeModels.start();
  agent = await RunningAgent.start(models, { env });
  call = await agent.dial();
  await call.until(() => call.voicedMs() > 200);
  await call.until(() => call.queuedFrames === 0);
  Object.assign(models.behaviour, behaviour);
}

afterEach(() => {
  call.hangUp();
  agent.stop();
  models.stop();
});

const degraded = () =>
  agent.events.flatMap((one) => (one.event === 'stage.degraded' ? [`${one.stage} ${one.reason} ${one.action}`] : []));
const retried = () => agent.events.flatMap((one) => (one.event === 'stage.retried' ? [one.stage] : []));

describe.each(['stt', 'llm', 'tts'] as const)('with %s gone', (stage) => {
  test.each([
    ['error', 'failed'],
    ['hang', 'timeout'],
  ] as const)('(%s) it is asked again, then the caller goes to a person', async (how, reason) => {
    await dial({ broken: { [stage]: how } });
    await call.speak(hello());
    await call.until(() => call.closed, 10_000);
    expect(retried()).toEqual([stage]);
    expect(degraded().at(-1)).toBe(`${stage} ${reason} transfer`);
    expect(agent.variables).toEqual({ VOICECELL_NEXT: 'transfer', VOICECELL_NEXT_REASON: 'stage-down' });
    expect(call.commands.at(-1)).toBe('HANGUP');
  });
});

describe('a slow model', () => {
  test('is covered by fillers: never two seconds of dead air', async () => {
    await dial({ firstTokenMs: 4_500 }, { ...QUICK, LLM_TIMEOUT_MS: '6000' });
    const from = call.heard.length;
    await call.speak(hello());
    await call.until(() => agent.marks(0).includes('first-frame-out'), 10_000);
    const said = from + hello().length / 320;
    expect(call.longestSilenceMs(said)).toBeLessThan(DEAD_AIR_MS);
    expect(new Set(degraded())).toEqual(new Set(['llm slow filler']));
    expect(models.asked.at(-1)?.messages.some(({ content }) => content.includes('moment'))).toBe(false);
  });

  test('that never answers is given up after a while', async () => {
    await dial({ broken: { llm: 'hang' } }, { ...QUICK, LLM_TIMEOUT_MS: '60000' });
    const from = call.heard.length + hello().length / 320;
    await call.speak(hello());
    await call.until(() => call.closed, 15_000);
    expect(degraded().at(-1)).toBe('llm slow transfer');
    expect(call.longestSilenceMs(from)).toBeLessThan(DEAD_AIR_MS);
  });
});

test('a caller who hangs up ends all work', async () => {
  await dial({ firstTokenMs: 300 });
  await call.speak(hello());
  await call.until(() => models.requests.llm > 0);
  const before = models.requests.tts;
  call.hangUp();
  await call.until(() => agent.agent.calls === 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(models.requests.tts).toBe(before);
  expect(degraded()).toEqual([]);
});

test('without a voice to greet with the caller goes to a person at once', async () => {
  models = await FakeModels.start({ broken: { tts: 'error' } });
  agent = await RunningAgent.start(models);
  call = await agent.dial();
  await call.until(() => call.closed, 10_000);
  expect(agent.variables['VOICECELL_NEXT']).toBe('transfer');
});

test('a media server that cannot be told is left, which it takes for a lost agent', async () => {
  await dial({ broken: { llm: 'error' } });
  agent.closeDoor();
  await call.speak(hello());
  await call.until(() => call.closed, 10_000);
  expect(agent.variables).toEqual({});
});
