import { PutBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { storesOf } from '../../../media/recorder/clients';
import { readSettings } from '../../../media/recorder/settings';
import { Emulated } from '../../records/emulated';
import { withMoto } from '../../support/moto';
import { KEY_ARN } from './support/fake-stores';
import { recorderEnv } from './support/recorder-process';
import { RetentionDoor } from './support/retention-door';
import { RunningRecorder } from './support/running';
import { sound, TestSpool } from './support/spool';

withMoto('a call from the spool to the examiner', () => {
  let emulated: Emulated;
  let door: RetentionDoor;
  let spool: TestSpool;

  beforeAll(async () => {
    emulated = await Emulated.start();
    await emulated.prepare();
    door = await RetentionDoor.before(emulated.moto.url);
    await emulated.secret(emulated.plan().names.numberKeySecret);
    for (const Bucket of Object.values(vaults())) {
      const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN } as const;
      const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
      await emulated
        .s3('us-east-1')
        .send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    }
  });
  afterAll(async () => {
    await door.stop();
    await emulated.stop();
  });
  beforeEach(() => {
    spool = new TestSpool();
  });
  afterEach(() => spool.remove());

  const vaults = () => {
    const { recordings, transcripts } = emulated.plan().names.buckets;
    return { RECORDINGS_BUCKET: recordings, TRANSCRIPTS_BUCKET: transcripts };
  };

  function recorder(more: Record<string, string> = {}): RunningRecorder {
    const settings = readSettings({
      ...recorderEnv(spool, door, 1),
      ...vaults(),
      LEDGER_TABLE: emulated.plan().names.ledgerTable,
      NUMBER_KEY_NAME: emulated.plan().names.numberKeySecret,
      ...more,
    });
    if ('problems' in settings) throw new Error(settings.problems.join('\n'));
    return new RunningRecorder(spool, storesOf(settings));
  }

  test('is found by its number and exported as it was recorded', async () => {
    spool.put({ said: [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'hello' }] });
    const running = recorder();
    await running.settle();
    expect(running.events('recording.failed')).toEqual([]);
    expect(spool.files()).toEqual([]);

    const found = await emulated.voicecell(
      'find',
      '--number',
      '+12025550123',
      '--from',
      '2026-11-22',
      '--to',
      '2026-11-22',
    );
    expect(found.out).toContain('call-1');

    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-')), 'out');
    await emulated.voicecell('export', '--call-id', 'call-1', '--out', folder);
    const wav = readFileSync(path.join(folder, 'us-east-1', 'call-1', 'recording-1.wav'));
    expect(wav.subarray(44)).toEqual(sound(800, 2));
    expect(readFileSync(path.join(folder, 'us-east-1', 'call-1', 'transcript-1.jsonl'), 'utf8')).toContain('hello');
  });

  test('stays in the spool while its vault locks for less than the plan asks', async () => {
    spool.put({ callId: 'call-2' });
    const running = recorder({ RECORDINGS_DAYS: '2193' });
    await running.settle();
    expect(running.events('recording.failed')).toEqual([expect.objectContaining({ reason: 'lock too short' })]);
    expect(spool.files()).toContain('call-2.raw');
  });
});
