import { setTimeout as sleep } from 'node:timers/promises';
import type { Packet } from './support/phone';
import { FakeAgent } from './support/fake-agent';
import { dial, dialAgent, isHungUp, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone, level, ulawToLinear } from './support/tones';
import { until } from './support/until';

const RATE = 8_000;

/** From the server's reading of a frame to its packet, median, ms. */
async function waitForMixer({ talk, phone, caller }: Awaited<ReturnType<typeof dialAgent>>): Promise<number> {
  const waits: number[] = [];
  for (let beep = 0; beep < 7; beep += 1) {
    await sleep(300);
    const read = await talk.beep(1_000);
    const isLoud = ({ at, payload }: Packet) => at > read && level(Int16Array.from(payload, ulawToLinear)) > 500;
    waits.push((await until('the beep', () => phone.heard.find(isLoud))).at - read);
  }
  await caller.done();
  return waits.toSorted((a, b) => a - b)[3] ?? Infinity;
}

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a call at the media server', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;
  let agent: FakeAgent;

  beforeAll(async () => {
    server = await MediaServer.start({ directory, prompts: renderPrompts(directory) });
    agent = await FakeAgent.listen(server.agentPort);
  });

  test('caller and agent hear each other, and the events say how the call went', async () => {
    const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(2_500));
    phone.tone = 440;
    talk.sing(1_000, 2);
    await caller.done();

    expect(heardTone(phone.sound(), RATE, 1_000)).toBeGreaterThan(0.9);
    expect(heardTone(talk.heard(), RATE, 440)).toBeGreaterThan(0.9);
    expect(talk.variables).toMatchObject({ VOICECELL_CALL_ID: callId, VOICECELL_NUMBER: '+12025550100' });
    await server.event(callId, 'call.ended');
    expect(server.events(callId)).toMatchObject([
      { event: 'call.answered', function: 'desk', tier: 'media' },
      { event: 'call.consent', outcome: 'not-needed', by: 'policy' },
      { event: 'call.ended', by: 'caller', reason: 'hangup' },
    ]);
  });

  test('packets reach the caller every 20 ms while the agent says nothing', async () => {
    const { phone, caller } = await dialAgent(server, agent, directory, talks(2_000));
    const from = Date.now();
    await caller.done();

    const quiet = phone.heard.filter(({ at }) => at > from && at < from + 1_500);
    expect(quiet.length).toBeGreaterThan(70);
    expect(quiet.length).toBeLessThan(80);
  });

  test('what is read from the agent does not wait for the mixer: their clocks are in step', async () => {
    const waits: Promise<number>[] = [];
    for (let call = 0; call < 6; call += 1)
      waits.push(waitForMixer(await dialAgent(server, agent, directory, talks(4_500))));

    // Clocks that know nothing of each other pass in one run of a hundred.
    expect((await Promise.all(waits)).filter((wait) => wait < 8).length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ['G.711 A-law', 8, 8_000],
    ['G.722', 9, 16_000],
  ])('%s is spoken in both directions', async (_, type, rate) => {
    const offered = await dialAgent(server, agent, directory, (script, rtpPort) =>
      script
        .invite({ rtpPort, types: [type] })
        .answered()
        .wait(2_000)
        .bye(),
    );
    const { phone, talk, caller } = offered;
    phone.echo = true;
    talk.sing(1_000, 1);
    await caller.done();

    expect(talk.rate).toBe(rate);
    expect(new Set(phone.heard.map((packet) => packet.type))).toStrictEqual(new Set([type]));
    expect(heardTone(talk.heard(), rate, 1_000)).toBeGreaterThan(0.9);
  });

  test('keys that the caller presses reach the agent as keys', async () => {
    const { phone, talk, caller } = await dialAgent(server, agent, directory, talks(2_500));
    for (const key of '42#') {
      phone.press(key);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    await caller.done();

    expect(talk.digits()).toBe('42#');
    expect(level(talk.heard())).toBeLessThan(100);
  });

  test('a caller who holds and comes back is talked to again', async () => {
    const { phone, talk, caller, callId } = await dialAgent(server, agent, directory, (script, rtpPort) =>
      script
        .invite({ rtpPort })
        .answered()
        .wait(500)
        .invite({ rtpPort, direction: 'sendonly' })
        .answered()
        .wait(1_000)
        .invite({ rtpPort })
        .answered()
        .wait(1_500)
        .bye(),
    );
    await until(
      'the end of the hold',
      () => server.events(callId).filter(({ event }) => event === 'call.hold').length === 2,
    );
    const back = Date.now();
    talk.sing(1_000, 1);
    await caller.done();

    expect(server.events(callId).filter(({ event }) => event === 'call.hold')).toMatchObject([
      { held: true },
      { held: false },
    ]);
    expect(heardTone(phone.sound(back), RATE, 1_000)).toBeGreaterThan(0.9);
    // No hold music is played to the agent.
    expect(level(talk.heard())).toBeLessThan(100);
  });

  test('a number that is not ours is not found', async () => {
    const { caller, callId } = await dial(
      server,
      directory,
      (script, rtpPort) => script.invite({ rtpPort }).refused(404),
      '+12025550999',
    );
    await caller.done();

    expect(await server.event(callId, 'call.refused')).toMatchObject({ reason: 'unknown-number', status: 404 });
  });

  test('a caller who hangs up at once leaves nothing behind', async () => {
    const { caller, callId } = await dial(server, directory, (script, rtpPort) =>
      script.invite({ rtpPort }).answered().bye(),
    );
    await caller.done();

    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'caller', reason: 'hangup' });
    await until('the agent to be let go', () => agent.talks.every(({ isOpen }) => !isOpen));
  });

  test('an agent who says so ends the call', async () => {
    const { talk, caller, callId } = await dialAgent(server, agent, directory, isHungUp);
    const channel = talk.variables['VOICECELL_CALLER_CHANNEL'];
    expect(await server.ask(`${channel}/variable?variable=VOICECELL_NEXT&value=hangup`)).toBe(204);
    talk.command({ command: 'HANGUP' });
    await caller.done();

    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'agent', reason: 'hangup' });
  });
});
