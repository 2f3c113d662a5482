import { setTimeout as sleep } from 'node:timers/promises';
import { FakeAgent } from './support/fake-agent';
import { dial, dialAgent, isHungUp, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone, level } from './support/tones';
import { until } from './support/until';

/** The questions of the explicit modes take about six seconds. */
const ASKED_MS = 7_000;

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'consent at the media server', () => {
  const directory = temporaryDirectory();
  const prompts = renderPrompts(directory);
  let server: MediaServer;
  let agent: FakeAgent;

  const start = async (mode: string, onRefusal = 'no-record', AI_DISCLOSURE = 'never') => {
    server = await MediaServer.start({
      directory,
      prompts,
      env: { CONSENT_MODE: mode, CONSENT_ON_REFUSAL: onRefusal, AI_DISCLOSURE },
    });
    agent = await FakeAgent.listen(server.agentPort);
  };

  afterEach(async () => {
    agent.close();
    await server.stop();
  });

  test('a notice is heard before anything is recorded or reaches the agent', async () => {
    await start('notice');
    const { phone, caller, callId } = await dial(server, directory, talks(7_000));
    phone.tone = 440;
    await until('the notice', () => phone.heard.length > 0);
    await sleep(1_000);
    expect(level(phone.sound())).toBeGreaterThan(200);
    expect(agent.talks).toHaveLength(0);
    expect(server.isRecorded(callId)).toBe(false);

    expect(await server.event(callId, 'call.consent')).toMatchObject({ outcome: 'notice-played', by: 'policy' });
    await caller.done();
    await server.event(callId, 'call.ended');
    expect(heardTone(agent.talks[0]?.heard() ?? new Int16Array(), 8_000, 440)).toBeGreaterThan(0.9);
    expect(server.isRecorded(callId)).toBe(true);
  });

  test('an AI says what it is before it is heard', async () => {
    await start('none', 'no-record', 'always');
    const { phone, caller } = await dial(server, directory, talks(4_000));
    await until('the disclosure', () => phone.heard.length > 0);
    await sleep(1_000);
    expect(level(phone.sound())).toBeGreaterThan(200);
    expect(agent.talks).toHaveLength(0);
    await caller.done();
    expect(agent.talks).toHaveLength(1);
  });

  test('a beep tells the caller of the recording while it lasts', async () => {
    await start('beep');
    const { phone, caller, callId, talk } = await dialAgent(server, agent, directory, talks(20_000));
    const since = Date.now();
    expect(talk.variables['VOICECELL_RECORDED']).toBe('yes');
    await caller.done();

    expect(heardTone(phone.sound(since), 8_000, 1_400)).toBeGreaterThan(0.5);
    expect(server.isRecorded(callId)).toBe(true);
  });

  test('the key 1 grants, and not a moment earlier is anything recorded', async () => {
    await start('explicit-dtmf');
    const { phone, caller, callId } = await dial(server, directory, talks(ASKED_MS + 4_000));
    await sleep(ASKED_MS);
    expect(server.isRecorded(callId)).toBe(false);
    expect(agent.talks).toHaveLength(0);

    phone.press('1');
    expect(await server.event(callId, 'call.consent')).toMatchObject({ outcome: 'granted', by: 'dtmf' });
    await caller.done();
    expect(agent.talks).toHaveLength(1);
    expect(server.isRecorded(callId)).toBe(true);
  });

  test('the key 2 refuses: the agent talks, nothing is recorded, and the agent is told', async () => {
    await start('explicit-dtmf', 'no-record');
    const { phone, caller, callId } = await dial(server, directory, talks(ASKED_MS + 6_000));
    await sleep(ASKED_MS);
    phone.press('2');
    expect(await server.event(callId, 'call.consent')).toMatchObject({ outcome: 'refused', by: 'dtmf' });
    await caller.done();

    expect(agent.talks[0]?.variables['VOICECELL_RECORDED']).toBe('no');
    expect(server.isRecorded(callId)).toBe(false);
  });

  test('silence is no consent: where refusal hangs up, the call ends with it', async () => {
    await start('explicit-dtmf', 'hangup');
    const { caller, callId } = await dial(server, directory, isHungUp);
    await caller.done();

    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'media', reason: 'consent-refused' });
    expect(server.events(callId)).toContainEqual(
      expect.objectContaining({ event: 'call.consent', outcome: 'refused', by: 'silence' }),
    );
    expect(agent.talks).toHaveLength(0);
    expect(server.isRecorded(callId)).toBe(false);
  });

  test('where refusal transfers, a human gets the call unrecorded and no agent hears it', async () => {
    await start('explicit-dtmf', 'transfer');
    const { phone, caller, callId } = await dial(server, directory, isHungUp);
    await sleep(ASKED_MS);
    phone.press('2');
    expect(await server.event(callId, 'call.transferred')).toMatchObject({ queue: 'desk' });
    await caller.done();

    expect(agent.talks).toHaveLength(0);
    expect(server.isRecorded(callId)).toBe(false);
  });
});
