import {
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { Refused } from '../../../records/outside';
import { type Asked, Shelves } from '../../../records/reconcile/shelves';

const s3 = mockClient(S3Client);
const AT = new Date('2026-11-20T09:33:30.000Z');
const UNTIL = new Date('2032-11-20T09:33:30.000Z');
const FOLDER = '2026/11/20/';

const shelves = (): Shelves =>
  new Shelves({ region: 'us-east-1', account: '123456789012', client: new S3Client({ region: 'us-east-1' }) });

const asked = (more: Partial<Asked> = {}): Asked => ({
  bucket: 'vault',
  prefixes: [FOLDER],
  isNamed: () => true,
  look: 'lock',
  ...more,
});

const version = (key: string) => ({ Key: key, VersionId: `v-${key}`, LastModified: AT, Size: 5 });

beforeEach(() => {
  s3.reset();
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [version(`${FOLDER}a`)] });
  s3.on(GetObjectRetentionCommand).resolves({ Retention: { Mode: 'COMPLIANCE', RetainUntilDate: UNTIL } });
});

test('every page is asked for, where the one before has ended', async () => {
  s3.on(ListObjectVersionsCommand)
    .resolvesOnce({
      Versions: [version(`${FOLDER}a`)],
      IsTruncated: true,
      NextKeyMarker: 'k',
      NextVersionIdMarker: 'v',
    })
    .resolvesOnce({ Versions: [version(`${FOLDER}b`)] });
  const one = shelves();
  const { versions } = await one.shelf(asked());
  expect(versions.map(({ key }) => key)).toEqual([`${FOLDER}a`, `${FOLDER}b`]);
  expect(s3.commandCalls(ListObjectVersionsCommand)[1]?.args[0].input).toMatchObject({
    KeyMarker: 'k',
    VersionIdMarker: 'v',
    ExpectedBucketOwner: '123456789012',
  });
  expect(one.requests).toEqual({ lists: 2, looks: 2 });
});

test('what the ledger does not name is listed, and not looked at', async () => {
  const one = shelves();
  await one.shelf(asked({ isNamed: () => false }));
  expect(one.requests).toEqual({ lists: 1, looks: 0 });
});

test('only the marker that hides a key counts', async () => {
  const marker = { Key: `${FOLDER}a`, LastModified: AT };
  s3.on(ListObjectVersionsCommand).resolves({
    DeleteMarkers: [
      { ...marker, IsLatest: false },
      { ...marker, Key: `${FOLDER}b`, IsLatest: true },
    ],
  });
  expect((await shelves().shelf(asked())).markers).toEqual([{ key: `${FOLDER}b`, at: AT }]);
});

test('a key that is asked for is not taken for a folder of others', async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [version('a'), version('ab')], IsTruncated: true });
  const one = shelves();
  const { versions } = await one.shelf(asked({ prefixes: ['a'] }));
  expect(versions.map(({ key }) => key)).toEqual(['a']);
  expect(one.requests.lists).toBe(1);
});

const lockOf = async (more: Partial<Asked> = {}) => (await shelves().shelf(asked(more))).versions[0]?.lock;

test.each([
  [{ Mode: 'COMPLIANCE', RetainUntilDate: UNTIL } as const, { mode: 'COMPLIANCE', until: UNTIL }],
  [{ EventHold: 'ON', EventHoldDuration: { Days: 2192 } } as const, { eventHoldDays: 2192 }],
  [{ EventHold: 'ON', EventHoldDuration: { Years: 6 } } as const, { eventHoldDays: 2190 }],
  [{ EventHold: 'OFF', Mode: 'GOVERNANCE', RetainUntilDate: UNTIL } as const, { mode: 'GOVERNANCE', until: UNTIL }],
])('the lock is what its retention says: %j', async (Retention, lock) => {
  s3.on(GetObjectRetentionCommand).resolves({ Retention });
  expect(await lockOf()).toEqual(lock);
});

test('a head says the same, and the checksum', async () => {
  s3.on(HeadObjectCommand).resolves({
    ObjectLockEventHold: 'ON',
    ObjectLockEventHoldDurationDays: 10,
    ChecksumSHA256: Buffer.from('ab'.repeat(32), 'hex').toString('base64'),
  });
  const { versions } = await shelves().shelf(asked({ look: 'checksum' }));
  expect(versions).toEqual([expect.objectContaining({ lock: { eventHoldDays: 10 }, sha256: 'ab'.repeat(32) })]);
  expect(s3.commandCalls(HeadObjectCommand)[0]?.args[0].input.ChecksumMode).toBe('ENABLED');
});

const answering = (name: string, status: number) =>
  new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode: status } });

test('no lock is an answer', async () => {
  s3.on(GetObjectRetentionCommand).rejects(answering('NoSuchObjectLockConfiguration', 404));
  expect(await lockOf()).toEqual({});
});

test('what has gone since it was listed is not there', async () => {
  s3.on(GetObjectRetentionCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: { httpStatusCode: 404 } }));
  expect((await shelves().shelf(asked())).versions).toEqual([]);
});

test('what may not be looked at is no answer', async () => {
  s3.on(GetObjectRetentionCommand).rejects(answering('AccessDenied', 403));
  await expect(shelves().shelf(asked())).rejects.toThrow(Refused);
  await expect(shelves().shelf(asked())).rejects.toThrow('us-east-1: not allowed: s3:GetObjectRetention of vault');
});
