import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
  type ObjectLockRetentionMode,
} from '@aws-sdk/client-s3';
import { Asking } from '../../../../../aws/ask';
import { vaultFindings } from '../../../../../compliance/audit/live/running/vaults';
import { VAULTS } from '../../../../../regions/plan/vaults';
import { startMoto, withMoto, type Moto } from '../../../../support/moto';
import { lockedSandbox, type Sandbox } from '../../../../support/running-cell';

let moto: Moto;
let sandbox: Sandbox;

const s3 = (region: string): S3Client => new S3Client({ ...moto.client, region });

/** A vault as the plan has it: its key, and every object locked by default. */
async function makeVault(region: string, Bucket: string, alias: string, mode: ObjectLockRetentionMode): Promise<void> {
  const kms = new KMSClient({ ...moto.client, region });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId ?? '' }));
  const place =
    region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'us-east-2' } };
  await s3(region).send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true, ...place }));
  const byDefault = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KeyMetadata?.Arn },
  } as const;
  await s3(region).send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [byDefault] } }),
  );
  await s3(region).send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: mode, Days: 1 } } },
    }),
  );
}

/** The emulator lists no checksums, so that REC-10 is shown by recorded answers only. */
async function notMet(): Promise<string[]> {
  const asking = new Asking();
  const regionOf = (region: string) => ({
    region,
    account: sandbox.plan.account,
    partition: 'aws',
    ask: asking.in(region),
    client: moto.client,
  });
  const findings = await vaultFindings(sandbox.plan, { audited: sandbox.audited, samples: 5, regionOf });
  return findings
    .filter(({ status, control }) => status !== 'met' && control !== 'REC-10')
    .map(({ control, resource, status, message }) => `${control} ${resource} ${status}: ${message}`);
}

withMoto('objects of an emulated account', () => {
  beforeAll(async () => {
    moto = await startMoto();
    sandbox = lockedSandbox();
    const { names, region, copies } = sandbox.plan;
    for (const { bucket, copy, key, copyKey } of VAULTS) {
      await makeVault(region, names.buckets[bucket], names.keyAliases[key], 'GOVERNANCE');
      await makeVault(copies.region, names.buckets[copy], names.keyAliases[copyKey], 'GOVERNANCE');
    }
  }, 120_000);

  afterAll(() => moto.stop());

  test('buckets without an object are met, and objects that took the default lock are too', async () => {
    expect(await notMet()).toEqual([]);
    const { names, region, copies } = sandbox.plan;
    for (const [place, Bucket] of [
      [region, names.buckets.recordings],
      [copies.region, names.buckets.recordingsCopy],
    ] as const)
      await s3(place).send(new PutObjectCommand({ Bucket, Key: 'good.wav', Body: 'x', ChecksumAlgorithm: 'SHA256' }));
    expect(await notMet()).toEqual([]);
  }, 60_000);

  test('a version with a shorter lock than the plan, or under another key, is found by its name', async () => {
    const { names, region } = sandbox.plan;
    const Bucket = names.buckets.transcripts;
    await s3(region).send(
      new PutObjectCommand({
        Bucket,
        Key: 'short.json',
        Body: 'x',
        ChecksumAlgorithm: 'SHA256',
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: new Date(Date.now() + 3_600_000),
        ServerSideEncryption: 'AES256',
      }),
    );
    await s3(region).send(
      new PutObjectLegalHoldCommand({
        Bucket,
        Key: 'short.json',
        LegalHold: { Status: 'ON' },
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    expect(await notMet()).toEqual([
      expect.stringMatching(/^REC-02 TranscriptsBucket\w+ unmet: short.json is locked for 0 days/),
      expect.stringMatching(/^ENC-01 TranscriptsBucket\w+ unmet: short.json is encrypted by AES256/),
    ]);
  }, 60_000);

  test('a delete marker over a record is found', async () => {
    const { names, region } = sandbox.plan;
    await s3(region).send(new DeleteObjectCommand({ Bucket: names.buckets.recordings, Key: 'good.wav' }));
    expect((await notMet())[0]).toMatch(/^REC-06 RecordingsBucket\w+ unmet: good.wav was hidden by a delete marker/);
  }, 60_000);

  test('where a default that would have locked longer is asked for by the plan, what took the shorter one is found', async () => {
    const { retention } = sandbox.plan;
    const longer = { ...retention, recording: { ...retention.recording, days: 2192, lockMode: 'COMPLIANCE' as const } };
    sandbox = { ...sandbox, plan: { ...sandbox.plan, retention: longer } };
    const lines = (await notMet()).filter((line) => /Recordings/.test(line));
    expect(lines.map((line) => line.replace(/ Recordings\w+ /, ' ').slice(0, 13))).toEqual([
      'REC-01 unmet:',
      'REC-02 unmet:',
      'REC-06 unmet:',
      'REC-01 unmet:',
      'REC-02 unmet:',
    ]);
  }, 60_000);
});
