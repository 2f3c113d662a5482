import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { edgeContainers, mediaContainers } from '../../media/contract';
import { FakeAsterisk } from '../media/agent/support/fake-asterisk';
import { FakeModels } from '../media/agent/support/fake-models';
import { environment, NUMBER as AGENT_NUMBER } from '../media/agent/support/running-agent';
import { FakeStores } from '../media/recorder/support/fake-stores';
import { recorderEnv } from '../media/recorder/support/recorder-process';
import { TestSpool } from '../media/recorder/support/spool';
import { edgeInput, mediaInput } from '../support/contract-input';
import { Daemon } from './support/daemon';
import { FakeAgent } from './support/fake-agent';
import { containerOf, inContainer, whyNoImages } from './support/image';
import { dialAgent, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { freePort } from './support/ports';
import { temporaryDirectory } from './support/temporary';
import { heardTone } from './support/tones';
import { until } from './support/until';

const MINUTES = 60_000;
const RATE = 8_000;
const why = whyNoImages();
const stated = mediaContainers(mediaInput());

type Env = Readonly<Record<string, string>>;

/** A directory that the images' user may write to. */
function openTo(directory: string): string {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o777);
  return directory;
}

function run(container: string, command: readonly string[], env: Env = {}) {
  const [program = '', ...args] = inContainer(container, command, { env });
  return spawnSync(program, args, { encoding: 'utf8' });
}

function start(container: string, command: readonly string[], env: Env, directory?: string): Daemon {
  const [program = '', ...args] = inContainer(container, command, { env, directory });
  return new Daemon(program, args);
}

const healthOf = (name: string): readonly string[] => stated.find((one) => one.name === name)?.health.command ?? [];

(why === undefined ? describe : describe.skip)(`the images of a cell${why ? ` (skipped: ${why})` : ''}`, () => {
  test(
    'a media server answers a call that its agent hears, with prompts of its own',
    async () => {
      const container = containerOf('server');
      const directory = openTo(temporaryDirectory());
      for (const name of ['run', 'spool']) openTo(path.join(directory, name));
      const server = await MediaServer.start({
        directory,
        prompts: '/app/sounds',
        env: { CONSENT_MODE: 'notice' },
        starts: (env) => inContainer(container, ['node', 'main.js'], { env, directory }),
      });
      const agent = await FakeAgent.listen(server.agentPort);
      const { talk, phone, caller, callId } = await dialAgent(server, agent, directory, talks(9_000));
      phone.tone = 440;
      talk.sing(1_000, 2);
      await caller.done();

      expect(heardTone(phone.sound(), RATE, 1_000)).toBeGreaterThan(0.9);
      expect(heardTone(talk.heard(), RATE, 440)).toBeGreaterThan(0.9);
      expect(await server.event(callId, 'call.consent')).toMatchObject({ outcome: 'notice-played' });
    },
    10 * MINUTES,
  );

  test(
    'an agent takes a call with the neural detector, and tells its health',
    async () => {
      const container = containerOf('agent');
      const models = await FakeModels.start();
      const [audio, status] = [await freePort(), await freePort()];
      const door = { url: 'http://127.0.0.1:9', secretFile: '/nowhere' };
      const own = { VAD: 'silero', PROCESSES: '2', MAX_CALLS: '2' };
      const env = {
        ...environment(models, { env: own }, door),
        AUDIO_PORT: String(audio),
        STATUS_PORT: String(status),
      };
      const agent = start(container, ['node', 'main.js'], env);
      await agent.ready(async () => (await fetch(`http://127.0.0.1:${status}/ready`)).ok, 30_000);
      const variables = { VOICECELL_NUMBER: AGENT_NUMBER };
      const call = await FakeAsterisk.dial({ url: `ws://127.0.0.1:${audio}/audio`, variables });
      await call.until(() => call.voicedMs() > 200);
      expect(run(container, healthOf('agent'), env).status).toBe(0);
      call.hangUp();
      models.stop();
    },
    10 * MINUTES,
  );

  test(
    'a recorder takes a call to the vault, and tells its health',
    async () => {
      const container = containerOf('recorder');
      const [stores, spool] = [await FakeStores.start(), new TestSpool()];
      for (const directory of [spool.folder, spool.root, spool.adopted]) openTo(directory);
      spool.put({ callId: 'call-1' });
      const status = await freePort();
      const env = recorderEnv(spool, stores, status);
      start(container, ['node', 'main.js'], env, spool.folder);
      await until('the call in the ledger', () => stores.row('call-1', 'call') !== undefined, 30_000);
      expect(stores.versions).toHaveLength(1);
      await until('an empty spool', () => spool.files().length === 0);
      expect(run(container, healthOf('recorder'), env).status).toBe(0);
      await stores.stop();
      spool.remove();
    },
    10 * MINUTES,
  );

  test(
    "a roster and a media node's lifecycle say what they lack",
    () => {
      const container = containerOf('roster');
      for (const program of ['main.js', 'media-node.js']) {
        const { status, stderr } = run(container, ['node', program]);
        expect([program, status, stderr]).toEqual([program, 1, expect.stringContaining('AWS_REGION')]);
      }
    },
    10 * MINUTES,
  );

  test(
    'a proxy starts with what the contract gives it, and tells its health',
    async () => {
      const container = containerOf('edge/proxy');
      const contract = edgeContainers({ ...edgeInput(), outsideHosts: ['api.example.com'] });
      const proxy = contract.find(({ name }) => name === 'proxy');
      const env = { ...proxy?.env, PROXY_PORT: String(await freePort()) };
      const health = () => run(container, proxy?.health.command ?? [], env).status;
      expect(health()).not.toBe(0);
      const daemon = start(container, ['/opt/voicecell/start.sh'], env);
      await daemon.ready(() => Promise.resolve(health() === 0), 30_000);
    },
    10 * MINUTES,
  );

  test(
    'a loader has the AWS CLI and takes no weights from nowhere',
    () => {
      const container = containerOf('loader');
      expect(run(container, ['aws', '--version']).stdout).toContain('aws-cli');
      const { status, stderr } = run(container, ['load']);
      expect([status, stderr]).toEqual([2, expect.stringContaining('WEIGHTS_PATH')]);
    },
    10 * MINUTES,
  );
});
