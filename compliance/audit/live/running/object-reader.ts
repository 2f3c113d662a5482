import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetObjectRetentionCommand,
  HeadObjectCommand,
  S3Client,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { mapAnswer, type Answer } from '../../../../aws/answer';
import { answering, given } from '../../../../aws/errors';
import { clientConfig } from '../../../../aws/reader';
import type { LiveRegion } from '../reading';
import type { BucketFacts, ListedVersion, LockFacts, SampledVersion } from './object-facts';
import { listVersions } from './object-lister';

/** S3 answers `HeadObject` with the lock only to whom it would answer `GetObjectRetention` and `GetObjectLegalHold`. */
export const OBJECT_ACTIONS = [
  'kms:DescribeKey',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectVersion',
  's3:ListBucketVersions',
] as const;

/** Reads locks of objects, never the objects. */
export class ObjectReader {
  private readonly region: LiveRegion;
  private readonly s3: S3Client;
  private readonly kms: KMSClient;

  constructor(region: LiveRegion) {
    this.region = region;
    this.s3 = new S3Client(clientConfig(region));
    this.kms = new KMSClient(clientConfig(region));
  }

  /** ARN of the key that an alias names. */
  keyArn(alias: string): Promise<Answer<string>> {
    return this.region.ask('kms:DescribeKey', async (abortSignal) => {
      const { KeyMetadata } = await this.kms.send(new DescribeKeyCommand({ KeyId: alias }), { abortSignal });
      return given(KeyMetadata?.Arn, 'ARN of the key');
    });
  }

  /**
   * Undefined for a bucket that is not there.
   * @param each how many of the oldest, and how many of the newest versions are asked for
   */
  async bucket(name: string, each: number): Promise<Answer<BucketFacts | undefined>> {
    const listed = await this.region.ask('s3:ListBucketVersions', (abortSignal) =>
      listVersions(this.s3, name, abortSignal).catch(answering(undefined, 'NoSuchBucket')),
    );
    if (!listed.known || !listed.value) return mapAnswer(listed, () => undefined);
    const { versions, ...rest } = listed.value;
    const locks = await Promise.all(sample(versions, each).map((version) => this.sampled(name, version)));
    const sampled = await this.explained(name, locks);
    return { known: true, value: { ...rest, versions: versions.length, sampled } };
  }

  private async sampled(Bucket: string, version: ListedVersion): Promise<SampledVersion> {
    const { key: Key, versionId: VersionId } = version;
    const lock = await this.region.ask('s3:GetObjectVersion', async (abortSignal) =>
      lockOf(await this.s3.send(new HeadObjectCommand({ Bucket, Key, VersionId }), { abortSignal })),
    );
    return { ...version, lock };
  }

  /** Where no lock is seen there may be none, or it may not be seen: the first of them is asked for it outright. */
  private async explained(Bucket: string, sampled: readonly SampledVersion[]): Promise<readonly SampledVersion[]> {
    const first = sampled.find(isUnseen);
    if (!first) return sampled;
    const { key: Key, versionId: VersionId } = first;
    const asked = await this.region.ask('s3:GetObjectRetention', async (abortSignal) => {
      await this.s3
        .send(new GetObjectRetentionCommand({ Bucket, Key, VersionId }), { abortSignal })
        .catch(answering(undefined, 'NoSuchObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError'));
    });
    return asked.known ? sampled : sampled.map((one) => (isUnseen(one) ? { ...one, lock: asked } : one));
  }
}

const isUnseen = ({ lock }: SampledVersion): boolean => lock.known && !lock.value.mode && !lock.value.hasEventHold;

/** The oldest and the newest, each once. */
function sample(versions: readonly ListedVersion[], each: number): readonly ListedVersion[] {
  const byAge = versions.toSorted((a, b) => a.made.getTime() - b.made.getTime());
  return [...new Set([...byAge.slice(0, each), ...byAge.slice(Math.max(0, byAge.length - each))])];
}

/** S3 counts a year of a hold as 365 days (S3 user guide, "Managing Object Lock"). */
const DAYS_OF_A_YEAR = 365;

const lockOf = (head: HeadObjectCommandOutput): LockFacts => ({
  mode: head.ObjectLockMode,
  retainUntil: head.ObjectLockRetainUntilDate,
  hasLegalHold: head.ObjectLockLegalHoldStatus === 'ON',
  hasEventHold: head.ObjectLockEventHold === 'ON',
  eventDays: head.ObjectLockEventHoldDurationDays ?? (head.ObjectLockEventHoldDurationYears ?? 0) * DAYS_OF_A_YEAR,
  encryption: head.ServerSideEncryption,
  keyArn: head.SSEKMSKeyId,
});
