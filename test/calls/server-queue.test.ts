import { Caller } from './support/caller';
import { FakeAgent } from './support/fake-agent';
import { Human } from './support/human';
import { dialAgent, isHungUp } from './support/media-call';
import { MediaServer, NUMBER } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { CallerScript } from './support/scenario';
import { temporaryDirectory } from './support/temporary';

const QUEUE = '127.0.0.77';

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a queue outside the cell', () => {
  const directory = temporaryDirectory();
  const prompts = renderPrompts(directory);
  let server: MediaServer;

  afterEach(() => server.stop());

  test('hangs up a call that was bridged to it', async () => {
    const human = await Human.waits(directory, { address: QUEUE, hangsUp: true });
    const QUEUES = JSON.stringify([{ name: 'desk', uri: human.uri, how: 'bridge' }]);
    const env = { QUEUES, QUEUE_CIDRS: `${QUEUE}/32`, SIP_ADDRESS: '0.0.0.0' };
    server = await MediaServer.start({ directory, prompts, env });
    const agent = await FakeAgent.listen(server.agentPort);
    const { talk, caller, callId } = await dialAgent(server, agent, directory, isHungUp);
    talk.die();
    expect(await server.event(callId, 'call.transferred')).toMatchObject({ how: 'bridge', outcome: 'ok' });
    await caller.done();

    expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'queue' });
    agent.close();
  });

  test('reaches nobody by a call of its own', async () => {
    server = await MediaServer.start({ directory, prompts, env: { QUEUE_CIDRS: `${QUEUE}/32` } });
    const script = new CallerScript({ number: NUMBER, callId: 'uninvited' });
    const caller = await Caller.call(script.invite({ rtpPort: 40_000 }).refused(401), {
      to: server,
      directory,
      from: QUEUE,
    });
    await caller.done();

    expect(server.events('uninvited')).toEqual([]);
  });
});
