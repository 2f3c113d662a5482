import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lifecycle, mediaContainers } from '../../../media/contract';
import { readEnv } from '../../../media/roster/lifecycle/settings';
import { tellLeaving } from '../../../media/roster/media/leaving';
import { restOf } from '../../../media/roster/media/rest';
import { mediaSettings } from '../../../media/roster/media/settings';
import { mediaInput } from '../../support/contract-input';
import { freePort } from '../../support/moto';
import { serve } from './support';

let nobody: string;
const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-life-'));
const secret = path.join(folder, 'server-secret');
writeFileSync(secret, 'of-this-boot');
beforeAll(async () => {
  nobody = `http://127.0.0.1:${await freePort()}`;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what a media node still has', () => {
  const server = (calls: unknown) =>
    serve(({ url, headers }) =>
      url === '/calls' && headers.authorization === 'Bearer of-this-boot' ? JSON.stringify({ calls }) : undefined,
    );
  const recorder = (waiting: unknown) =>
    serve(({ url }) => (url === '/status' ? JSON.stringify({ waiting, empty: true }) : undefined));
  const rest = async (calls: Promise<string> | string, waiting: Promise<string> | string, secretFile = secret) =>
    restOf({ server: await calls, recorder: await waiting, serverSecretFile: secretFile });

  test('is its calls and what waits in its spool', async () => {
    expect(await rest(server(2), recorder(3))).toBe(5);
    expect(await rest(server(0), recorder(0))).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the media server wants another secret', () => rest(server(0), recorder(0), `${secret}-of-nobody`)],
    ['the media server does not count', () => rest(server(undefined), recorder(0))],
    ['the recorder has not looked yet', () => rest(server(0), recorder(undefined))],
  ])('is unknown where %s', async (_, ask) => {
    expect(await ask()).toBeUndefined();
  });

  test('is gone with either of them, but not while the other has something', async () => {
    expect(await rest(nobody, nobody)).toBe('gone');
    expect(await rest(nobody, recorder(0))).toBe('gone');
    expect(await rest(server(0), nobody)).toBe('gone');
    expect(await rest(nobody, recorder(2))).toBe(2);
  });
});

test('the file that says so is there while the node leaves, and has been told at the next look', () => {
  const file = path.join(folder, 'leaving');
  expect([tellLeaving(file, true), existsSync(file)]).toEqual([false, true]);
  expect(tellLeaving(file, true)).toBe(true);
  expect([tellLeaving(file, false), existsSync(file)]).toEqual([true, false]);
  expect(tellLeaving(file, false)).toBe(true);
});

test('contract and stack give every setting, and what is missing is named at once', () => {
  const { env } = mediaContainers(mediaInput()).find(({ name }) => name === 'lifecycle') ?? {};
  const fromTheStack = {
    OWN_SERVICE: 'media',
    AUTO_SCALING_GROUP: 'demo-us-east-1-use1-az4-media',
    DRAIN_HOOK: 'voicecell-drain',
    ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x',
  };
  const { protectionMinutes, hookHeartbeatSeconds, settleSeconds } = lifecycle(mediaInput().maxCallMinutes);
  expect(readEnv({ ...env, ...fromTheStack }, mediaSettings)).toMatchObject({
    protectionMinutes,
    heartbeatSeconds: hookHeartbeatSeconds,
    settleSeconds,
    leavingFile: '/run/voicecell/leaving',
    doors: { server: 'http://127.0.0.1:8090', recorder: 'http://127.0.0.1:8091' },
  });
  expect(() => readEnv({}, mediaSettings)).toThrow(/AWS_REGION, .*LEAVING_FILE/);
});
