import {
  GetAuthorizationTokenCommand,
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../bin/commands/images';
import type { ImagesDoor } from '../../bin/commands/images/door';
import { LOCK_FILE, readLock } from '../../regions/lock';
import { EcrRegistry } from '../../supply/images/mirror/ecr';
import { accountOn } from '../../supply/account';
import { Unreadable } from '../../supply/unreadable';
import { ran } from '../support/command';
import { PASSWORD, type Registry, startRegistry, withRegistry } from '../support/registry';

const ACCOUNT = '210987654321';
const SANDBOX = path.join(__dirname, '..', '..', 'regions', 'deployments', 'sandbox.yaml');
const pinned = { id: 'ami-0123456789abcdef0', name: 'al2023' };

let hub: Registry;
let ecr: Registry;
let folder: string;
let door: ImagesDoor;

const file = () => path.join(folder, 'mine.yaml');
const lockFile = () => path.join(folder, 'voicecell.lock.yaml');
const images = (...args: string[]) => ran((given, io) => run(given, io, door), ...args);

/** The sandbox with its three inference images, and the bases of the kit's own, out of the registry on loopback. */
function writeDeployment(): void {
  const text = readFileSync(SANDBOX, 'utf8')
    .replaceAll('111122223333', ACCOUNT)
    .replace(/image: .*vllm.*$/m, `image: ${hub.host}/acme/llm:v1`)
    .replace(/image: .*speaches.*$/m, `image: ${hub.host}/acme/stt:v1`)
    .replace(/image: .*kokoro.*$/m, `image: ${hub.host}/acme/tts:v1`);
  writeFileSync(file(), text);
}

/** Sends what is asked of Docker's own registry to the one on loopback, as a company's mirror does: by a file in the home. */
function redirectDocker(home: string): void {
  const conf = path.join(home, '.config', 'containers');
  mkdirSync(conf, { recursive: true });
  const registry = ['[[registry]]', 'prefix = "docker.io"', `location = "${hub.host}"`, 'insecure = true'];
  writeFileSync(path.join(conf, 'registries.conf'), `${registry.join('\n')}\n`);
}

function lockedDigests(): Record<string, string | null> {
  const read = readLock(lockFile());
  if (!read.ok) throw new Error('the lock file is damaged');
  return Object.fromEntries(Object.entries(read.lock.images).map(([name, { digest }]) => [name, digest]));
}

const pushAll = async (): Promise<Record<string, string>> => {
  const llm = await hub.pushIndex('acme/llm', 'v1', ['linux/arm64', 'linux/amd64']);
  return {
    llm: llm['linux/amd64'] ?? '',
    stt: await hub.push('acme/stt', 'v1', 'stt'),
    tts: await hub.push('acme/tts', 'v1', 'tts'),
    trixie: await hub.push('library/debian', 'trixie-slim', 'trixie'),
    forky: await hub.push('library/debian', 'forky-slim', 'forky'),
  };
};

withRegistry('voicecell images', () => {
  const { HOME } = process.env;
  let home: string;
  let pushed: Record<string, string>;

  beforeAll(async () => {
    hub = await startRegistry();
    ecr = await startRegistry({ isPrivate: true });
    home = mkdtempSync(path.join(tmpdir(), 'voicecell-home-'));
    redirectDocker(home);
    process.env['HOME'] = home;
  });

  afterAll(async () => {
    process.env['HOME'] = HOME;
    rmSync(home, { recursive: true });
    await Promise.all([hub.stop(), ecr.stop()]);
  });

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'voicecell-images-'));
    writeDeployment();
    copyFileSync(LOCK_FILE, lockFile());
    pushed = await pushAll();
    door = {
      pins: { pinsOf: () => Promise.reject(new Unreadable('not to be asked')) },
      registry: new EcrRegistry(),
      account: accountOn(),
      today: '2026-11-23',
    };
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  describe('lock', () => {
    test('writes the digest of every image for linux/amd64 beside the deployment', async () => {
      const { code, out, err } = await images('lock', file());
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.split('\n').at(-1)).toMatch(
        /voicecell\.lock\.yaml: 5 images, 0 pins; read the difference, commit it$/,
      );
      expect(lockedDigests()).toMatchObject({
        [`${hub.host}/acme/llm:v1`]: pushed['llm'],
        [`${hub.host}/acme/stt:v1`]: pushed['stt'],
        'debian:trixie-slim': pushed['trixie'],
        'debian:forky-slim': pushed['forky'],
      });
      expect(readFileSync(lockFile(), 'utf8')).toContain('# Digests of third-party images for linux/amd64');
      expect(readdirSync(folder).toSorted()).toEqual(['mine.yaml', 'voicecell.lock.yaml']);
    });

    test('a second time changes nothing', async () => {
      await images('lock', file());
      const before = readFileSync(lockFile(), 'utf8');
      const { code, out } = await images('lock', file());
      expect(code).toBe(0);
      expect(out.split('\n')).toEqual(expect.arrayContaining([`ok        ${hub.host}/acme/llm:v1`]));
      expect(readFileSync(lockFile(), 'utf8')).toBe(before);
    });

    test('a tag that has moved is a finding, and followed only when that is asked for', async () => {
      await images('lock', file());
      const moved = await hub.push('acme/stt', 'v1', 'another');
      const finding = await images('lock', file());
      expect(finding).toMatchObject({
        code: 1,
        err: expect.stringMatching(/acme\/stt:v1 points elsewhere .* --update$/),
      });
      expect(lockedDigests()[`${hub.host}/acme/stt:v1`]).toBe(pushed['stt']);
      door = {
        ...door,
        pins: {
          pinsOf: () =>
            Promise.resolve({
              amis: { cpu: pinned, gpu: pinned },
              prefixLists: { s3: 'pl-12345678', dynamodb: 'pl-23456789' },
            }),
        },
      };
      const followed = await images('lock', file(), '--update');
      expect(followed).toMatchObject({ code: 0, err: '' });
      expect(followed.out).toContain(
        `followed  ${hub.host}/acme/stt:v1\n      was ${pushed['stt']}\n      is  ${moved}`,
      );
      expect(lockedDigests()[`${hub.host}/acme/stt:v1`]).toBe(moved);
    });

    test('--check writes nothing and finds what is unlocked', async () => {
      const { code, err } = await images('lock', file(), '--check');
      expect(code).toBe(1);
      expect(err.split('\n')).toHaveLength(5);
      expect(readFileSync(lockFile(), 'utf8')).toBe(readFileSync(LOCK_FILE, 'utf8'));
    });

    test('what no registry knows is told, exit 2, and the rest is written', async () => {
      writeFileSync(file(), readFileSync(file(), 'utf8').replace('/acme/tts:v1', '/acme/tts:v2'));
      const { code, err } = await images('lock', file());
      expect(code).toBe(2);
      expect(err).toMatch(/^cannot tell: 127\.0\.0\.1:\d+\/acme\/tts:v2: .*manifest unknown[^\n]*$/);
      expect(lockedDigests()[`${hub.host}/acme/llm:v1`]).toBe(pushed['llm']);
    });

    test('without skopeo one line says how to get it', async () => {
      const before = process.env['PATH'];
      process.env['PATH'] = '/nonexistent';
      const { code, err } = await images('lock', file());
      process.env['PATH'] = before;
      expect(code).toBe(2);
      expect(err).toContain('skopeo is missing: apt-get install skopeo');
    });

    test.each([
      [['lock'], 'usage: voicecell images lock'],
      [['pull', 'sandbox'], 'usage:'],
      [['lock', 'sandbox', '--check', '--update'], 'usage:'],
      [['lock', 'nowhere'], 'got deployment nowhere, allowed brokerage-us'],
      [['lock', 'sandbox', '--region', 'mars-1'], '--region: got mars-1, allowed us-east-1'],
    ])('%j is refused in words', async (args, words) => {
      expect(await images(...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
    });
  });

  describe('mirror', () => {
    const aws = { ecr: mockClient(ECRClient), sts: mockClient(STSClient) };
    const meta = { message: '', $metadata: {} };

    beforeEach(async () => {
      aws.ecr.reset();
      aws.sts.reset();
      aws.sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT });
      const data = { authorizationToken: PASSWORD.auth, proxyEndpoint: `https://${ecr.host}` };
      aws.ecr.on(GetAuthorizationTokenCommand).resolves({ authorizationData: [data] });
      aws.ecr.on(DescribeImagesCommand).callsFake(answerOf);
      await images('lock', file());
    });

    /** ECR's words over what the registry on loopback holds. */
    async function answerOf({
      repositoryName,
      imageIds,
    }: {
      repositoryName: string;
      imageIds: { imageDigest?: string; imageTag?: string }[];
    }) {
      const [{ imageDigest, imageTag } = {}] = imageIds;
      const found = await ecr.digestOf(repositoryName, imageDigest ?? imageTag ?? '');
      if (found) return { imageDetails: [{ imageDigest: found }] };
      throw new ImageNotFoundException(meta);
    }

    const held = (tier: string) => ecr.digestOf(`mine/${tier}`, pushed[tier] ?? '');
    const repository = (tier: string) => `sandbox-us-east-1/${tier}`;

    test('copies what is missing, digest and all, and a second time nothing', async () => {
      const first = await images('mirror', file());
      expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
      expect(first.out.match(/^ {2}copied /gm)).toHaveLength(3);
      for (const tier of ['llm', 'stt', 'tts'])
        expect(await ecr.digestOf(repository(tier), pushed[tier] ?? '')).toBe(pushed[tier]);
      const second = await images('mirror', file());
      expect(second.out.match(/^ {2}there /gm)).toHaveLength(3);
      expect(await held('llm')).toBeUndefined();
    });

    test('leaves no credentials behind', async () => {
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith('voicecell-mirror-'));
      await hub.push('acme/stt', 'v1', 'not mirrored yet');
      door = { ...door, pins: { pinsOf: () => Promise.reject(new Unreadable('no')) } };
      await images('mirror', file());
      expect(readdirSync(tmpdir()).filter((name) => name.startsWith('voicecell-mirror-'))).toEqual(before);
      expect(statSync(folder).isDirectory()).toBe(true);
    });

    test('with the credentials of another account nothing is copied', async () => {
      aws.sts.on(GetCallerIdentityCommand).resolves({ Account: '999900001111' });
      const { code, err } = await images('mirror', file());
      expect({ code, err }).toEqual({
        code: 2,
        err: `got credentials of account 999900001111, allowed ${ACCOUNT} of the deployment, change AWS_PROFILE`,
      });
    });

    test('without repositories the command that makes them is named', async () => {
      aws.ecr.on(DescribeImagesCommand).rejects(new RepositoryNotFoundException(meta));
      const { code, out } = await images('mirror', file());
      expect(code).toBe(2);
      expect(out).toContain('--foundations');
    });

    test('a tag that stands for another image is told, not moved', async () => {
      const taken = (input: { imageIds: { imageTag?: string }[] }) => {
        if (input.imageIds[0]?.imageTag) return Promise.resolve({ imageDetails: [{ imageDigest: 'sha256:other' }] });
        return Promise.reject(new ImageNotFoundException(meta));
      };
      aws.ecr.on(DescribeImagesCommand).callsFake(taken);
      const { code, out } = await images('mirror', file());
      expect(code).toBe(2);
      expect(out).toMatch(/is sha256:other and\s+cannot be moved/);
    });

    test('--dry-run copies nothing', async () => {
      aws.ecr.on(DescribeImagesCommand).rejects(new ImageNotFoundException(meta));
      const { code, out } = await images('mirror', file(), '--dry-run');
      expect(code).toBe(0);
      expect(out.match(/^ {2}to copy /gm)).toHaveLength(3);
      expect(aws.ecr.commandCalls(GetAuthorizationTokenCommand)).toHaveLength(0);
    });

    test('no credentials are one line', async () => {
      const error = Object.assign(new Error('Could not load'), { name: 'CredentialsProviderError' });
      aws.sts.on(GetCallerIdentityCommand).rejects(error);
      expect(await images('mirror', file())).toMatchObject({
        code: 2,
        err: 'us-east-1: no credentials; sign in, or set AWS_PROFILE',
      });
    });
  });
});
