import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { StoredItem } from '../../media/contract/ledger';
import { withMoto } from '../support/moto';
import { Emulated } from './emulated';
import { call, stored } from './ledger-rows';

/** What a lifecycle rule does at the end, which the emulator does not do by itself: hides the key, then takes the version. */
withMoto('at the end of its days, on an emulated account', () => {
  let emulated: Emulated;
  let recording: StoredItem;

  beforeAll(async () => {
    emulated = await Emulated.start();
  }, 60_000);

  afterAll(() => emulated.stop());

  /** A recording whose lock has run out: it has none. */
  beforeEach(async () => {
    await emulated.prepare();
    const { recordings, recordingsCopy } = emulated.plan().names.buckets;
    await emulated.unlock(recordings);
    await emulated.unlock(recordingsCopy, emulated.plan().copies.region);
    await emulated.note(call('c-1'));
    recording = await emulated.store('c-1', 'recording#1', 'sound');
  });

  const hide = ({ bucket: Bucket, key: Key }: StoredItem) =>
    emulated.s3('us-east-1').send(new DeleteObjectCommand({ Bucket, Key }));

  const take = ({ bucket: Bucket, key: Key, versionId: VersionId }: StoredItem) =>
    emulated.s3('us-east-1').send(new DeleteObjectCommand({ Bucket, Key, VersionId }));

  const isThere = async ({ bucket, versionId }: StoredItem): Promise<boolean> =>
    (await emulated.versions(bucket)).some((version) => version.versionId === versionId);

  const matter = ['--call-id', 'c-1', '--matter', 'M-1', '--reason', 'subpoena', '--yes'];

  test('a version is hidden and taken', async () => {
    await hide(recording);
    await take(recording);
    expect(await isThere(recording)).toBe(false);
  });

  test('a version that a matter holds is not taken, hidden or not, until the matter is released', async () => {
    expect((await emulated.voicecell('hold', ...matter)).code).toBe(0);
    await expect(take(recording)).rejects.toThrow(/Access ?Denied/);
    await hide(recording);
    await expect(take(recording)).rejects.toThrow(/Access ?Denied/);
    expect((await emulated.voicecell('release', ...matter)).code).toBe(0);
    await take(recording);
    expect(await isThere(recording)).toBe(false);
  });

  test('a version that is still locked is not taken, though it is hidden', async () => {
    const locked = stored('c-2', 'recording#1', 'sound', { bucket: recording.bucket });
    const { VersionId: versionId = '' } = await emulated.s3('us-east-1').send(
      new PutObjectCommand({
        Bucket: locked.bucket,
        Key: locked.key,
        Body: 'sound',
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000),
      }),
    );
    await hide(locked);
    await expect(take({ ...locked, versionId })).rejects.toThrow(/Access ?Denied/);
    expect(await isThere({ ...locked, versionId })).toBe(true);
  });
});
