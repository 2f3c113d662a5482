import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, type WeightsDoor } from '../../bin/commands/weights';
import { accountOn } from '../../supply/account';
import { sha256Of } from '../../supply/weights/checksums';
import { HuggingFace } from '../../supply/weights/hugging-face';
import { S3WeightsBucket } from '../../supply/weights/s3-bucket';
import { ran } from '../support/command';
import { type FakeHub, type Repository, startHub } from '../support/model-hub';
import { type Moto, startMoto, withMoto } from '../support/moto';

const ACCOUNT = '210987654321';
const SANDBOX = path.join(__dirname, '..', '..', 'regions', 'deployments', 'sandbox.yaml');
const BUCKET = `sandbox-us-east-1-weights-${ACCOUNT}`;
const MIB = 1024 * 1024;
/** More than one part of an upload. */
const LARGE = randomBytes(6 * MIB);
const [STT, LLM, TTS] = [
  'Systran/faster-whisper-large-v3@edaa852ec7e145841d8ffdb056a99866b5f0a478',
  'Qwen/Qwen3-8B-FP8@220b46e3b2180893580a4454f21f22d3ebb187d3',
  'hexgrad/Kokoro-82M@f3ff3571791e39611d31c381e3a41a3af07b4987',
];

const repositories: Readonly<Record<string, Repository>> = {
  [STT]: {
    'README.md': { content: Buffer.from('# whisper\n') },
    'model.bin': { content: Buffer.from('weights of stt'), large: true },
  },
  [LLM]: {
    '.gitattributes': { content: Buffer.from('*.safetensors filter=lfs\n') },
    'config.json': { content: Buffer.from('{}') },
    'model.safetensors': { content: LARGE, large: true },
  },
  [TTS]: {
    'config.json': { content: Buffer.from('{"voice":1}') },
    'kokoro-v1_0.pth': { content: Buffer.from('weights of tts'), large: true },
  },
};

const prefixOf = (engine: string, name: string): string => `${engine}/${name.replace('@', '/')}/`;

withMoto('voicecell weights stage', () => {
  let moto: Moto;
  let hub: FakeHub;
  let s3: S3Client;
  let folder: string;
  let door: WeightsDoor;

  const stage = (...args: string[]) =>
    ran((given, io) => run(given, io, door), 'stage', path.join(folder, 'mine.yaml'), ...args);

  const keys = async (): Promise<string[]> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    return Contents.map(({ Key = '' }) => Key);
  };

  const textOf = async (Key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    return (await Body?.transformToString()) ?? '';
  };

  beforeAll(async () => {
    moto = await startMoto({ MOTO_ACCOUNT_ID: ACCOUNT });
    folder = mkdtempSync(path.join(tmpdir(), 'voicecell-weights-'));
    const text = readFileSync(SANDBOX, 'utf8').replaceAll('111122223333', ACCOUNT);
    writeFileSync(path.join(folder, 'mine.yaml'), text);
  }, 30_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await moto.stop();
  });

  beforeEach(async () => {
    hub = await startHub(repositories);
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    s3 = new S3Client({ ...moto.client, region: 'us-east-1' });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    door = {
      hub: () => new HuggingFace({ url: hub.url, token: 'hf_made_up' }),
      bucket: ({ region, account, names }) =>
        new S3WeightsBucket({
          region,
          account,
          bucket: names.buckets.weights,
          partBytes: 5 * MIB,
          client: moto.client,
        }),
      account: accountOn(moto.client),
    };
  });

  afterEach(async () => {
    s3.destroy();
    await hub.stop();
  });

  test('puts each model where its engine reads it, byte for byte, and the list of checksums that the loader checks', async () => {
    const { code, err } = await stage();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [speaches, vllm, kokoro] = [prefixOf('speaches', STT), prefixOf('vllm', LLM), prefixOf('kokoro', TTS)];
    const snapshot = 'models--Systran--faster-whisper-large-v3';
    expect(await keys()).toEqual([
      `${kokoro}SHA256SUMS`,
      `${kokoro}v1_0/config.json`,
      `${kokoro}v1_0/kokoro-v1_0.pth`,
      `${speaches}SHA256SUMS`,
      `${speaches}${snapshot}/refs/main`,
      `${speaches}${snapshot}/snapshots/edaa852ec7e145841d8ffdb056a99866b5f0a478/README.md`,
      `${speaches}${snapshot}/snapshots/edaa852ec7e145841d8ffdb056a99866b5f0a478/model.bin`,
      `${vllm}SHA256SUMS`,
      `${vllm}config.json`,
      `${vllm}model.safetensors`,
    ]);
    expect(await textOf(`${vllm}SHA256SUMS`)).toBe(
      `${sha256Of('{}')}  config.json\n${sha256Of(LARGE)}  model.safetensors\n`,
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${vllm}model.safetensors` }));
    expect(sha256Of((await Body?.transformToByteArray()) ?? '')).toBe(sha256Of(LARGE));
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: `${vllm}model.safetensors` }));
    expect(Metadata).toEqual({ sha256: sha256Of(LARGE), source: `sha256:${sha256Of(LARGE)}` });
    expect(new Set(hub.authorizations)).toEqual(new Set(['Bearer hf_made_up']));
  }, 30_000);

  test('a second time reads nothing from the hub but the lists', async () => {
    await stage();
    hub.served.length = 0;
    const { code, out } = await stage();
    expect(code).toBe(0);
    expect(hub.served).toEqual([]);
    expect(out.match(/^ {4}there /gm)).toHaveLength(10);
  }, 30_000);

  test('content that is not what the hub says it is never stands in the bucket, and the model is not whole', async () => {
    hub.spoil('model.safetensors', 'other bytes');
    hub.spoil('README.md', 'other bytes');
    const { code, out } = await stage();
    expect(code).toBe(2);
    expect(out).toMatch(/FAILED {4}6\.0 MiB {2}model\.safetensors\n\s+model\.safetensors: got content [0-9a-f]{12}…/);
    expect((await keys()).filter((key) => /safetensors|README|(vllm|speaches).*SUMS/.test(key))).toEqual([]);
    expect(await keys()).toContain(`${prefixOf('kokoro', TTS)}SHA256SUMS`);
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    expect(Uploads).toEqual([]);
  }, 30_000);

  test('a line that breaks off once is tried again', async () => {
    hub.spoil('model.safetensors', 'broken line once');
    expect(await stage()).toMatchObject({ code: 0, err: '' });
    expect(hub.served.filter((file) => file === 'model.safetensors')).toHaveLength(2);
  }, 30_000);

  test('a line that always breaks off is told, and the rest is copied', async () => {
    hub.spoil('model.safetensors', 'broken line');
    const { code, out } = await stage();
    expect(code).toBe(2);
    expect(out).toMatch(/FAILED .*model\.safetensors\n\s+Qwen\/Qwen3-8B-FP8\/model\.safetensors:/);
    expect(await keys()).toContain(`${prefixOf('speaches', STT)}SHA256SUMS`);
  }, 30_000);

  test('--dry-run writes nothing', async () => {
    const { code, out } = await stage('--dry-run');
    expect(code).toBe(0);
    expect(out.match(/^ {4}to copy /gm)).toHaveLength(7);
    expect(await keys()).toEqual([]);
  });

  test.each([
    ['a gated model without a token', { token: '' }, 'accept the licence of the model, and set HF_TOKEN'],
    ['a hub that does not answer', { url: 'http://127.0.0.1:9' }, 'http://127.0.0.1:9 cannot be reached'],
  ])('%s is told in a line', async (_, { url, token }: { url?: string; token?: string }, words) => {
    const text = readFileSync(path.join(folder, 'mine.yaml'), 'utf8');
    writeFileSync(path.join(folder, 'gated.yaml'), text.replace('Qwen/Qwen3-8B-FP8', 'gated/model'));
    door = { ...door, hub: () => new HuggingFace({ url: url ?? hub.url, ...(token ? { token } : {}) }) };
    const { code, err } = await ran((given, io) => run(given, io, door), 'stage', path.join(folder, 'gated.yaml'));
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('a commit that the hub does not have is told with the model', async () => {
    const text = readFileSync(path.join(folder, 'mine.yaml'), 'utf8');
    writeFileSync(path.join(folder, 'other.yaml'), text.replace('220b46e3', '11111111'));
    const { code, err } = await ran((given, io) => run(given, io, door), 'stage', path.join(folder, 'other.yaml'));
    expect({ code, err }).toEqual({
      code: 2,
      err: 'Qwen/Qwen3-8B-FP8: the hub has no such repository or commit, or not for this HF_TOKEN',
    });
  }, 30_000);

  test('without a bucket the command that makes it is named', async () => {
    door = {
      ...door,
      bucket: ({ region, account }) => new S3WeightsBucket({ region, account, bucket: 'nowhere', client: moto.client }),
    };
    expect(await stage()).toMatchObject({ code: 2, err: expect.stringContaining('--foundations') });
  });

  test('with the credentials of another account nothing is copied', async () => {
    door = { ...door, account: () => Promise.resolve('999900001111') };
    const { code, err } = await stage();
    expect(code).toBe(2);
    expect(err).toContain('got credentials of account 999900001111');
    expect(await keys()).toEqual([]);
  });

  test.each([
    [[], 'usage: voicecell weights stage'],
    [['stage'], 'usage: voicecell weights stage'],
    [['fetch', 'sandbox'], 'usage:'],
    [['stage', 'sandbox', '--region', 'mars-1'], '--region: got mars-1, allowed us-east-1'],
  ])('%j is refused in words', async (args, words) => {
    const refused = await ran((given, io) => run(given, io, door), ...args);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  });
});
