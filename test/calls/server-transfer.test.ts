import { setTimeout as sleep } from 'node:timers/promises';
import { FakeAgent } from './support/fake-agent';
import { Human } from './support/human';
import { dial, dialAgent, isHungUp, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone, level } from './support/tones';

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a transfer from the media server', () => {
  const directory = temporaryDirectory();
  const prompts = renderPrompts(directory);
  let server: MediaServer;
  let agent: FakeAgent;
  let human: Human;

  const start = async (how: 'bridge' | 'refer') => {
    human = await Human.waits(directory);
    const QUEUES = JSON.stringify([{ name: 'desk', uri: human.uri, how }]);
    server = await MediaServer.start({ directory, prompts, env: { QUEUES } });
    agent = await FakeAgent.listen(server.agentPort);
  };
  const set = async (channel: string | undefined, variable: string, value: string) =>
    expect(await server.ask(`${channel}/variable?variable=${variable}&value=${encodeURIComponent(value)}`)).toBe(204);

  afterEach(async () => {
    agent.close();
    await server.stop();
  });

  test('a bridged caller and a human hear each other, with context, and the recording goes on', async () => {
    await start('bridge');
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(9_000));
    const channel = talk.variables['VOICECELL_CALLER_CHANNEL'];
    await set(channel, 'VOICECELL_NEXT_CONTEXT', 'Card lost: verified');
    await set(channel, 'VOICECELL_NEXT', 'transfer');
    talk.command({ command: 'HANGUP' });
    expect(await server.event(callId, 'call.transferred')).toMatchObject({
      queue: 'desk',
      how: 'bridge',
      outcome: 'ok',
    });
    phone.tone = 440;
    human.phone.tone = 1_000;
    await caller.done();

    expect(heardTone(phone.sound(), 8_000, 1_000)).toBeGreaterThan(0.9);
    expect(heardTone(human.phone.sound(), 8_000, 440)).toBeGreaterThan(0.9);
    expect(human.messages()).toContain('X-Call-Context: Card lost verified');
    expect(human.messages()).toContain(`X-Call-Id: ${callId}`);
    const { caller: left, agent: right } = server.recording(callId);
    expect(heardTone(left, 8_000, 440)).toBeGreaterThan(0.9);
    expect(heardTone(right, 8_000, 1_000)).toBeGreaterThan(0.9);
  });

  test('a referred caller is sent to the declared target', async () => {
    await start('refer');
    const { talk, caller, callId } = await dialAgent(server, agent, directory, (script, rtpPort) =>
      script
        .invite({ rtpPort })
        .answered()
        .receives('REFER', 20_000, '202 Accepted')
        .notifies('SIP/2.0 200 OK')
        .receives('BYE'),
    );
    await set(talk.variables['VOICECELL_CALLER_CHANNEL'], 'VOICECELL_NEXT_CONTEXT', 'Card lost');
    await set(talk.variables['VOICECELL_CALLER_CHANNEL'], 'VOICECELL_NEXT', 'transfer');
    talk.command({ command: 'HANGUP' });
    await caller.done();

    expect(caller.messages()).toMatch(
      new RegExp(`Refer-To: <${human.uri}\\?X-Call-Id=${callId}&X-Call-Context=Card%20lost>`),
    );
    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'media', reason: 'transferred' });
  });

  test('an agent that dies in the middle of a call: the caller hears the apology and is transferred', async () => {
    await start('bridge');
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(12_000));
    await sleep(500);
    const died = Date.now();
    talk.die();
    expect(await server.event(callId, 'stage.degraded')).toMatchObject({
      stage: 'agent',
      reason: 'lost',
      action: 'apology',
    });
    await sleep(1_500);
    expect(level(phone.sound(died + 500))).toBeGreaterThan(200);
    expect(await server.event(callId, 'call.transferred')).toMatchObject({ outcome: 'ok' });
    human.phone.tone = 1_000;
    await caller.done();

    expect(heardTone(phone.sound(died), 8_000, 1_000)).toBeGreaterThan(0.9);
  });

  test('no agent at all: the same', async () => {
    await start('bridge');
    agent.close();
    const { caller, callId } = await dial(server, directory, talks(11_000));
    expect(await server.event(callId, 'stage.degraded')).toMatchObject({ reason: 'unreachable', action: 'apology' });
    expect(await server.event(callId, 'call.transferred')).toMatchObject({ outcome: 'ok' });
    await caller.done();
  });

  test('a caller whose recording does not grow is taken from the agent and transferred', async () => {
    await start('bridge');
    const { rmSync } = await import('node:fs');
    const { talk, caller, callId } = await dialAgent(server, agent, directory, talks(12_000));
    rmSync(server.recordingFile(callId));
    expect(await server.event(callId, 'recording.failed')).toMatchObject({ reason: 'no-growth' });
    expect(await server.event(callId, 'call.transferred')).toMatchObject({ outcome: 'ok' });
    await caller.done();

    expect(talk.isOpen).toBe(false);
  });

  test("a caller's REFER is refused and nobody is called", async () => {
    await start('bridge');
    const { caller } = await dialAgent(server, agent, directory, (script, rtpPort) =>
      script
        .invite({ rtpPort })
        .answered()
        .asks('REFER', 603, [`Refer-To: <${human.uri}>`])
        .bye(),
    );
    await caller.done();

    expect(human.phone.heard).toHaveLength(0);
  });

  test('a queue that the deployment did not declare: the caller is told and the call ends', async () => {
    await start('bridge');
    await server.stop();
    server = await MediaServer.start({ directory, prompts });
    agent.close();
    const { caller, callId } = await dial(server, directory, isHungUp);
    await caller.done();

    expect(await server.event(callId, 'call.transferred')).toMatchObject({ queue: 'desk', outcome: 'failed' });
  });
});
