import { setTimeout as sleep } from 'node:timers/promises';
import { FakeAgent } from './support/fake-agent';
import { dialAgent, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone, level } from './support/tones';

const RATE = 8_000;
const WIDE_RATE = 16_000;
/** Of the recording, seconds. */
const part = (side: Int16Array, from: number, to: number) => side.subarray(from * RATE, to * RATE);

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a recording at the media server', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;
  let agent: FakeAgent;

  beforeAll(async () => {
    server = await MediaServer.start({ directory, prompts: renderPrompts(directory) });
    agent = await FakeAgent.listen(server.agentPort);
  });

  test('the caller is on the left, the agent on the right, neither on both', async () => {
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(4_000));
    phone.tone = 440;
    talk.sing(1_000, 3);
    await caller.done();
    await server.event(callId, 'call.ended');
    await sleep(500);

    const { caller: left, agent: right } = server.recording(callId);
    expect(left.length / RATE).toBeGreaterThan(3.5);
    expect(heardTone(left, RATE, 440)).toBeGreaterThan(0.9);
    expect(heardTone(left, RATE, 1_000)).toBeLessThan(0.1);
    expect(heardTone(right, RATE, 1_000)).toBeGreaterThan(0.9);
    expect(heardTone(right, RATE, 440)).toBeLessThan(0.1);
  });

  test('a wideband call is recorded whole, too', async () => {
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, (script, rtpPort) =>
      script
        .invite({ rtpPort, types: [9] })
        .answered()
        .wait(4_000)
        .bye(),
    );
    phone.echo = true;
    talk.sing(1_000, 3);
    await caller.done();
    await server.event(callId, 'call.ended');
    await sleep(500);

    const { caller: left, agent: right } = server.wideRecording(callId);
    expect(left.length / WIDE_RATE).toBeGreaterThan(3.5);
    expect(Math.abs(left.length - right.length)).toBeLessThan(WIDE_RATE / 10);
    expect(heardTone(left, WIDE_RATE, 1_000)).toBeGreaterThan(0.7);
    expect(heardTone(right, WIDE_RATE, 1_000)).toBeGreaterThan(0.9);
  });

  test('while paused the recording has silence, the agent hears nothing, and keys wait for the payment tool', async () => {
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(8_000));
    const channel = talk.variables['VOICECELL_CALLER_CHANNEL'] ?? '';
    const ask = (value: string) => server.ask(`${channel}/variable?variable=VOICECELL_RECORDING&value=${value}`);
    phone.tone = 697;
    talk.sing(1_000, 8);
    await sleep(2_000);
    expect(await ask('pause')).toBe(204);
    const paused = Date.now();
    for (const key of '4111') {
      phone.press(key);
      await sleep(400);
    }
    await sleep(400);
    const inPause = talk.heard(paused + 200);
    expect(await server.digits(channel)).toBe('4111');
    expect(await server.digits(channel)).toBe('');
    expect(await ask('resume')).toBe(204);
    const resumed = Date.now();
    await caller.done();
    await sleep(500);

    expect(inPause).toHaveLength(0);
    expect(heardTone(talk.heard(resumed + 200), RATE, 697)).toBeGreaterThan(0.9);
    const { caller: left, agent: right } = server.recording(callId);
    // The pause began two seconds into the recording and took as long.
    expect(level(part(left, 2.4, 3.8))).toBe(0);
    expect(level(part(right, 2.4, 3.8))).toBe(0);
    expect(heardTone(part(left, 0.5, 1.8), RATE, 697)).toBeGreaterThan(0.9);
    expect(heardTone(part(left, 5, 7), RATE, 697)).toBeGreaterThan(0.9);
    expect(server.output).not.toContain('4111');
    expect(server.events(callId).some(({ event }) => event === 'recording.failed')).toBe(false);
  });

  test('the door opens to the secret of this boot only, and only for what an agent may ask', async () => {
    const { talk, caller } = await dialAgent(server, agent, directory, talks(1_500));
    const channel = talk.variables['VOICECELL_CALLER_CHANNEL'];
    const next = `${channel}/variable?variable=VOICECELL_NEXT&value=hangup`;

    expect(await server.ask(next, 'guessed')).toBe(401);
    expect(await server.ask('1.1/variable?variable=VOICECELL_NEXT&value=hangup')).toBe(404);
    expect(await server.ask(`${channel}/variable?variable=QUEUE_URI&value=sip:a@b`)).toBe(404);
    expect(await server.ask(`${channel}/variable?variable=VOICECELL_QUEUE&value=x`)).toBe(404);
    await caller.done();
  });
});
