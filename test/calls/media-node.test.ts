import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Hold, Sight } from '../../media/roster/lifecycle/decide';
import { Life } from '../../media/roster/lifecycle/life';
import { tellLeaving } from '../../media/roster/media/leaving';
import { type Doors, restOf } from '../../media/roster/media/rest';
import { FakeStores } from '../media/recorder/support/fake-stores';
import { RecorderProcess } from '../media/recorder/support/recorder-process';
import { TestSpool } from '../media/recorder/support/spool';
import { FakeAgent } from './support/fake-agent';
import { dial, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { until } from './support/until';

const FREE: Hold = { protect: false, hook: 'complete' };
const HELD: Hold = { protect: true, hook: 'renew' };

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'the life of a media node', () => {
  const directory = temporaryDirectory();
  const leavingFile = path.join(directory, 'run', 'leaving');
  const service = {
    desired: 1,
    newest: { taskDefinition: 'media:1', isUp: true },
    isDeploying: false,
    tasks: ['task/a'],
  };
  const holds: Hold[] = [];
  let sight: Sight = { target: 'InService', instance: 'ACTIVE', service };
  let server: MediaServer;
  let agent: FakeAgent;
  let stores: FakeStores;
  let spool: TestSpool;
  let recorder: RecorderProcess;
  let doors: Doors;
  let life: Life;

  beforeAll(async () => {
    server = await MediaServer.start({
      directory,
      prompts: renderPrompts(directory),
      env: { CONSENT_MODE: 'notice' },
    });
    agent = await FakeAgent.listen(server.agentPort);
    stores = await FakeStores.start();
    spool = new TestSpool(path.join(directory, 'spool'));
    recorder = await RecorderProcess.start(spool, stores);
    const { url, secretFile } = server.door;
    doors = { server: url, serverSecretFile: secretFile, recorder: `http://127.0.0.1:${recorder.statusPort}` };
    await until('an empty node', async () => (await restOf(doors)) === 0, 30_000);
    life = new Life(
      {
        self: () => Promise.resolve({ task: 'task/a', taskDefinition: 'media:1' }),
        sight: () => Promise.resolve(sight),
        holder: () => ({ keep: (hold) => Promise.resolve(void holds.push(hold)) }),
      },
      {
        tellLeaving: (leaving) => Promise.resolve(tellLeaving(leavingFile, leaving)),
        rest: () => restOf(doors),
      },
    );
  });

  afterAll(async () => {
    await recorder.kill();
    await stores.stop();
    spool.remove();
  });

  const look = async () => {
    await life.look();
    return holds.at(-1);
  };

  test('one that takes calls is protected', async () => {
    expect(await look()).toEqual({ protect: true, hook: 'nothing' });
  });

  test('one that leaves refuses new calls, and one that still hears the notice comes to its agent', async () => {
    const talk = agent.nextTalk();
    const kept = await dial(server, directory, talks(6_000));
    await server.event(kept.callId, 'call.answered');
    sight = { ...sight, target: 'Terminated' };
    expect(await look()).toEqual(HELD);
    expect(await look()).toEqual(HELD);

    const refused = await dial(server, directory, (script, rtpPort) => script.invite({ rtpPort }).refused(503));
    await refused.caller.done();
    expect(await server.event(refused.callId, 'call.refused')).toMatchObject({ reason: 'draining', status: 503 });
    expect((await talk).isOpen).toBe(true);
    await kept.caller.done();
  });

  test('it is held until the recording of its last call is in the vault', async () => {
    stores.fault = () => ({ status: 503, code: 'SlowDown' });
    await until('one in the spool', async () => (await recorder.status())['waiting'] === 1);
    expect(await look()).toEqual(HELD);
    stores.fault = () => undefined;
    await until('an empty spool', async () => (await recorder.status())['waiting'] === 0, 40_000);
    expect(await look()).toEqual(FREE);
    expect(stores.versions).toHaveLength(1);
  });

  test('one that is wanted after all takes calls again', async () => {
    sight = { ...sight, target: 'InService' };
    expect(await look()).toEqual({ protect: true, hook: 'nothing' });
    expect(existsSync(leavingFile)).toBe(false);
    const { caller, callId } = await dial(server, directory, talks(500));
    await caller.done();
    expect(server.events(callId).map(({ event }) => event)).toContain('call.answered');
  });

  test('a media server that has died is no reason to go', async () => {
    sight = { ...sight, target: 'Terminated' };
    await look();
    server.kill();
    await until('silence', async () => (await restOf(doors)) === 'gone');
    expect(await look()).toEqual(HELD);
  });
});
