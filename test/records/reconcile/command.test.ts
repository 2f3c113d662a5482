import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { reconcilerCode } from '../../../lib/constructs/records/reconciler-code';
import type { StoredItem } from '../../../media/contract/ledger';
import { reconciliationOf } from '../../../regions/plan/reconciliation';
import type { Ran } from '../../support/command';
import { RetentionDoor } from '../../media/recorder/support/retention-door';
import { withMoto } from '../../support/moto';
import { Emulated } from '../emulated';
import { call, stored } from '../ledger-rows';

const DAY_MS = 86_400_000;

withMoto('records reconcile, on an emulated account', () => {
  let emulated: Emulated;
  let door: RetentionDoor;
  let recording: StoredItem;
  const { bucket } = stored('c-1', 'recording#1', '');

  beforeAll(async () => {
    emulated = await Emulated.start();
    door = await RetentionDoor.before(emulated.replicas.url);
  }, 60_000);

  afterAll(async () => {
    await door.stop();
    await emulated.stop();
  });

  beforeEach(async () => {
    await emulated.prepare();
    const { copies, retention, names } = emulated.plan();
    const { recordings, recordingsCopy, transcripts, transcriptsCopy } = names.buckets;
    await emulated.lock(recordings, 'us-east-1', retention.recording.days);
    await emulated.lock(recordingsCopy, copies.region, retention.recording.days);
    await emulated.lock(transcripts, 'us-east-1', retention.transcript.days);
    await emulated.lock(transcriptsCopy, copies.region, retention.transcript.days);
    await emulated.note(call('c-1'));
    recording = await emulated.store('c-1', 'recording#1', 'sound');
    await emulated.store('c-1', 'transcript#1', '{}');
  });

  /** When all that is stored now should have been noted and copied. */
  const reconcile = (...args: string[]): Promise<Ran> => {
    const client = { ...emulated.moto.client, endpoint: door.url };
    const now = () => new Date(Date.now() + 2 * DAY_MS);
    return emulated.asked({ client, now }, 'reconcile', '--date', '2026-11-20', ...args);
  };

  test('says that all is well, and how much it asked', async () => {
    const { code, out, err } = await reconcile();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      [
        'us-east-1: 1 day, 1 call, 2 versions, 0 findings; requests: 2 of DynamoDB, 8 of S3',
        'us-east-2: 1 day, 0 calls, 0 versions, 0 findings; requests: 1 of DynamoDB, 4 of S3',
      ].join('\n'),
    );
  });

  test('asks for nothing that changes or reads content', async () => {
    await reconcile();
    const asked = emulated.replicas.asked.filter((request) => !request.startsWith('POST / '));
    expect(asked.filter((request) => !/^(HEAD \/|GET \/\S+\?(\S*&)?(versions|retention)\b)/.test(request))).toEqual([]);
    const posted = emulated.replicas.asked.filter((request) => request.includes('DynamoDB'));
    expect(posted.filter((request) => !request.endsWith('.Query'))).toEqual([]);
  });

  const found = async (): Promise<string[]> => {
    const { code, out, err } = await reconcile();
    expect({ code, err }).toEqual({ code: 1, err: '' });
    return out.split('\n').filter((line) => / 2026-11-20 /.test(line));
  };

  test('a version that the ledger names and that is not there', async () => {
    await emulated.note({ ...recording, versionId: 'another' });
    expect(await found()).toEqual([
      `us-east-1 2026-11-20 missing vault recording#1 of c-1, ${recording.key} another: the ledger names it and it is not there; nor in the copy`,
      expect.stringMatching(
        `^us-east-1 2026-11-20 orphaned vault ${recording.key} ${recording.versionId}: stored .+ names it$`,
      ),
    ]);
  });

  test('a version without a lock, in the vault and in the copy', async () => {
    // The emulator changes the lock of empty buckets only.
    await emulated.prepare();
    await emulated.unlock(bucket);
    await emulated.unlock(emulated.plan().names.buckets.recordingsCopy, 'us-east-2');
    await emulated.note(call('c-2'));
    await emulated.store('c-2', 'recording#1', 'sound too');
    expect(await found()).toEqual([
      expect.stringMatching(/unlocked copy recording#1 of c-2, .+: has no lock$/),
      expect.stringMatching(/unlocked vault recording#1 of c-2, .+: has no lock$/),
    ]);
  });

  test('a lock that ends before the ledger says', async () => {
    const retainUntil = new Date(Date.now() + 3000 * DAY_MS).toISOString();
    await emulated.note({ ...recording, retainUntil });
    expect(await found()).toEqual([
      expect.stringMatching(`short-locked copy recording#1 of c-1, .+: is locked until .+, not ${retainUntil}$`),
      expect.stringMatching(`short-locked vault recording#1 of c-1, .+: is locked until .+, not ${retainUntil}$`),
    ]);
  });

  test('a version that was not copied', async () => {
    await emulated.note(call('c-2'));
    const row = stored('c-2', 'recording#1', 'alone');
    await emulated.note({ ...row, versionId: await emulated.put('us-east-1', bucket, row.key, 'alone') });
    expect(await found()).toEqual([expect.stringMatching(/not-copied copy recording#1 of c-2, .+ not in the copy$/)]);
  });

  test('a version that is hidden by a delete marker', async () => {
    await emulated.s3('us-east-1').send(new DeleteObjectCommand({ Bucket: bucket, Key: recording.key }));
    expect(await found()).toEqual([
      expect.stringMatching(/deleted vault recording#1 of c-1, .+: is hidden by a delete marker of /),
    ]);
  });

  test('other bytes, by the checksum that S3 has', async () => {
    await emulated.note({ ...recording, sha256: '0'.repeat(64) });
    expect(await found()).toEqual([
      expect.stringMatching(/differs vault recording#1 of c-1, .+: has SHA-256 \w+, 0{64} in the ledger$/),
    ]);
  });

  test('a row that names a bucket which is no vault, and one that cannot be read', async () => {
    await emulated.note({ ...stored('c-1', 'recording#2', 'x'), bucket: 'somewhere-else' });
    await emulated.note({ ...stored('c-1', 'recording#3', 'x'), bytes: -1 });
    expect(await found()).toEqual([
      expect.stringMatching(/misnoted ledger of c-1: call c-1, item recording#3, bytes: /),
      expect.stringMatching(/misnoted ledger recording#2 of c-1: is in the bucket somewhere-else, /),
    ]);
  });

  test('a key that does not begin with the day of its call is found all the same', async () => {
    await emulated.note(call('c-2'));
    await emulated.store('c-2', 'recording#1', 'elsewhere', { key: 'elsewhere' });
    expect((await reconcile()).code).toBe(0);
  });

  test('as JSON', async () => {
    await emulated.note({ ...recording, sha256: '0'.repeat(64) });
    const { out } = await reconcile('--format', 'json', '--region', 'us-east-1');
    const finding = { kind: 'differs', place: 'vault', callId: 'c-1', item: 'recording#1', key: recording.key };
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      regions: [{ region: 'us-east-1', days: [{ day: '2026-11-20', calls: 1, findings: [finding] }] }],
    });
  });

  test('a region that cannot be asked is told, and the others are compared', async () => {
    emulated.replicas.denied = /us-east-2-recordings-\d+\/?\?/;
    const { code, out, err } = await reconcile();
    expect({ code, out: out.split(':')[0] }).toEqual({ code: 2, out: 'us-east-1' });
    expect(err).toMatch(/^us-east-2: not allowed: s3:ListBucketVersions of .+/);
  });

  test('the bundled function finds the same without a right to read, one day that it is told of', async () => {
    await emulated.note({ ...recording, bytes: 1 });
    const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
    writeFileSync(path.join(folder, 'index.js'), reconcilerCode());
    const scheduled = JSON.stringify({ time: '2026-11-22T05:20:00Z', daysAgo: 2 });
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', `require('./index').handler(${scheduled})`], {
      cwd: folder,
      env: {
        RECONCILIATION: JSON.stringify(reconciliationOf(emulated.plan())),
        AWS_ENDPOINT_URL: door.url,
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
      },
    });
    rmSync(folder, { recursive: true });
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.filter(({ event }) => event === 'records.finding')).toEqual([
      expect.objectContaining({ kind: 'differs', place: 'copy', why: 'has 5 bytes, 1 in the ledger' }),
      expect.objectContaining({ kind: 'differs', place: 'vault', why: 'has 5 bytes, 1 in the ledger' }),
    ]);
    expect(said.filter((line) => 'Kind' in line && line['RecordsFindings'] === 2)).toHaveLength(1);
  });
});
