import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callSchema, storedSchema } from '../../media/contract/ledger';
import { FakeModels } from '../media/agent/support/fake-models';
import { RunningAgent } from '../media/agent/support/running-agent';
import { FakeStores } from '../media/recorder/support/fake-stores';
import { RecorderProcess } from '../media/recorder/support/recorder-process';
import { TestSpool } from '../media/recorder/support/spool';
import { dial, talks } from './support/media-call';
import { MediaServer, NUMBER } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { heardTone } from './support/tones';
import { until } from './support/until';

const CALLER_HZ = 300;
const VOICE_HZ = 440;
const RATE = 8_000;
const WAV_HEADER = 44;

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a call from its INVITE to the locked recording', () => {
  const directory = temporaryDirectory();
  const prompts = renderPrompts(directory);
  const spool = new TestSpool(path.join(directory, 'spool'));
  let models: FakeModels;
  let stores: FakeStores;
  let recorder: RecorderProcess;
  let server: MediaServer;

  beforeAll(async () => {
    models = await FakeModels.start({ heard: ['I need an appointment'], speechMs: 40 });
    stores = await FakeStores.start();
    recorder = await RecorderProcess.start(spool, stores);
  });
  afterAll(async () => {
    await recorder.kill();
    models.stop();
    await stores.stop();
  });

  async function callWith(consent: Record<string, string>, key?: string): Promise<string> {
    server = await MediaServer.start({ directory, prompts, env: consent });
    const env = { SPOOL_DIRECTORY: spool.root };
    const agent = await RunningAgent.start(models, {
      env,
      business: { number: NUMBER },
      port: server.agentPort,
      server: server.door,
    });
    const { phone, caller, callId } = await dial(server, directory, talks(9_000));
    if (key !== undefined) {
      await sleep(1_000);
      phone.press(key);
    }
    await until('the greeting', () => heardTone(phone.sound(Date.now() - 1_000), RATE, VOICE_HZ) > 0.5);
    await sleep(3_000);
    phone.tone = CALLER_HZ;
    await sleep(600);
    phone.tone = 0;
    await caller.done();
    await until('the call in the ledger', () => stores.row(callId, 'call') !== undefined, 30_000);
    agent.stop();
    await server.stop();
    return callId;
  }

  const side = (content: Buffer, offset: number): Int16Array =>
    Int16Array.from({ length: Math.floor((content.length - WAV_HEADER) / 4) }, (_, at) =>
      content.readInt16LE(WAV_HEADER + at * 4 + offset),
    );

  test('is heard on both sides, read word by word, and found in the ledger under one id', async () => {
    stores.keepsContent = true;
    const callId = await callWith({ CONSENT_MODE: 'notice' });

    const recording = storedSchema.parse(stores.row(callId, 'recording#1'));
    const content = stores.contentOf(recording.versionId);
    expect(heardTone(side(content, 0), RATE, CALLER_HZ)).toBeGreaterThan(0.5);
    expect(heardTone(side(content, 2), RATE, VOICE_HZ)).toBeGreaterThan(0.3);
    const transcript = storedSchema.parse(stores.row(callId, 'transcript#1'));
    expect(stores.contentOf(transcript.versionId).toString('utf8')).toContain('I need an appointment');
    expect(callSchema.parse(stores.row(callId, 'call')).consent).toMatchObject({ mode: 'notice', granted: true });
    expect(recorder.events('recording.stored')).toEqual([expect.objectContaining({ callId })]);
    expect(spool.files()).toEqual([]);
  });

  test('leaves no sound and no word of a caller who did not agree, but that they did not', async () => {
    const before = stores.versions.length;
    const callId = await callWith({ CONSENT_MODE: 'explicit-dtmf', CONSENT_ON_REFUSAL: 'no-record' }, '2');
    expect(callSchema.parse(stores.row(callId, 'call')).consent).toMatchObject({ granted: false });
    expect(stores.versions).toHaveLength(before);
  });
});
