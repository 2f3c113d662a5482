import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, FakeModels } from '../media/agent/support/fake-models';
import { RunningAgent } from '../media/agent/support/running-agent';
import { dial, isHungUp, type MediaCall, talks } from './support/media-call';
import { MediaServer, NUMBER } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone } from './support/tones';
import { until } from './support/until';

const VOICE_HZ = 440;
const CALLER_HZ = 300;

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'the agent behind the real media server', () => {
  const directory = temporaryDirectory();
  const prompts = renderPrompts(directory);
  let server: MediaServer;
  let models: FakeModels;
  let agent: RunningAgent;

  beforeEach(async () => {
    server = await MediaServer.start({ directory, prompts });
    models = await FakeModels.start({ speechMs: 40 });
    agent = await RunningAgent.start(models, {
      business: { number: NUMBER },
      port: server.agentPort,
      server: server.door,
    });
  });
  afterEach(async () => {
    agent.stop();
    models.stop();
    await server.stop();
  });

  const hears = ({ phone }: MediaCall, since: number): boolean => heardTone(phone.sound(since), 8_000, VOICE_HZ) > 0.9;

  /** A call that was greeted, in which the caller has then said something. */
  async function spoken(behaviour: Partial<Behaviour>, script = talks(12_000)): Promise<MediaCall> {
    const call = await dial(server, directory, script);
    await until('the greeting', () => hears(call, 0));
    await sleep(1_500);
    Object.assign(models.behaviour, behaviour);
    await says(call, 600);
    return call;
  }

  async function says({ phone }: MediaCall, milliseconds: number): Promise<void> {
    phone.tone = CALLER_HZ;
    await sleep(milliseconds);
    phone.tone = 0;
  }

  test('greets, hears the caller, and is heard', async () => {
    const call = await spoken({});
    await until('the answer', () => agent.marks(0).includes('first-frame-out'));
    const answered = Date.now();
    await until('its sound', () => hears(call, answered));
    expect(agent.events.every(({ callId }) => callId === call.callId)).toBe(true);
    expect(models.asked[0]?.messages.at(-1)).toEqual({ role: 'user', content: 'hello' });
    await call.caller.done();
  });

  test('falls silent when the caller interrupts', async () => {
    const call = await spoken({
      replies: ['This is a very long answer that nobody wants to hear. '.repeat(6), 'Good.'],
    });
    await until('the answer', () => agent.marks(0).includes('first-frame-out'));
    await sleep(1_000);
    await says(call, 600);
    expect(agent.marks(0)).toContain('barge-in');
    await sleep(100);
    expect(agent.marks(1)).not.toContain('first-frame-out');
    const said = () => models.asked[1]?.messages.find(({ content }) => content.startsWith('This is'))?.content ?? '';
    await until('the next question', () => said() !== '');
    expect(said().length).toBeLessThan(80);
    await call.caller.done();
  });

  test('without a model the caller gets the apology and goes to the queue', async () => {
    const call = await spoken({ broken: { llm: 'error' } }, isHungUp);
    await server.event(call.callId, 'call.transferred');
    expect(agent.events.at(-1)).toMatchObject({ event: 'stage.degraded', stage: 'llm', action: 'transfer' });
    await call.caller.done();
  });
});
