import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Caller } from './support/caller';
import { FakeAgent } from './support/fake-agent';
import { dial, dialAgent, isHungUp, talks } from './support/media-call';
import { MediaServer, NUMBER } from './support/media-server';
import { Phone } from './support/phone';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { CallerScript } from './support/scenario';
import { temporaryDirectory } from './support/temporary';

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'limits of the media server', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;
  let agent: FakeAgent;

  beforeAll(async () => {
    server = await MediaServer.start({
      directory,
      prompts: renderPrompts(directory),
      env: { MAX_CALLS: '1', MAX_CALL_SECONDS: '4' },
    });
    agent = await FakeAgent.listen(server.agentPort);
  });

  test('a call ends at its longest', async () => {
    const from = Date.now();
    const { caller, callId } = await dialAgent(server, agent, directory, isHungUp);
    await caller.done();

    expect(Date.now() - from).toBeGreaterThan(3_500);
    expect(Date.now() - from).toBeLessThan(8_000);
    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'media', reason: 'max-duration' });
  });

  test('a call beyond the capacity is refused, and the one in progress goes on', async () => {
    const first = await dialAgent(server, agent, directory, talks(3_000));
    const second = await dial(server, directory, (script, rtpPort) => script.invite({ rtpPort }).refused(503));
    await second.caller.done();
    await first.caller.done();

    expect(await server.event(second.callId, 'call.refused')).toMatchObject({ reason: 'node-full', status: 503 });
  });

  test('a node whose spool is full takes no call, and takes calls again', async () => {
    const full = path.join(directory, 'run', 'no-new-calls');
    writeFileSync(full, '');
    const refused = await dial(server, directory, (script, rtpPort) => script.invite({ rtpPort }).refused(503));
    await refused.caller.done();
    rmSync(full);
    const taken = await dialAgent(server, agent, directory, talks(500));
    await taken.caller.done();
    expect(server.events(refused.callId).map(({ event }) => event)).toEqual(['call.refused']);
  });

  test('who is not the edge gets no call', async () => {
    const phone = await Phone.open('127.0.0.2');
    const script = new CallerScript({ number: NUMBER, callId: 'stranger' }).invite({ rtpPort: phone.port }).answered();
    const caller = await Caller.call(script, { to: server, directory, from: '127.0.0.2' });

    await expect(caller.done(12_000)).rejects.toThrow(/the caller|went otherwise/);
    expect(server.events('stranger')).toHaveLength(0);
    expect(caller.messages()).not.toContain('200 OK');
  });
});
