import {
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  type ObjectLockRetention,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import type { Content } from './audio';
import { type ExpectedLock, lockFlaws, lockNoted } from './lock';
import type { PlannedObject, Stored } from './progress';

export interface VaultSettings {
  readonly bucket: string;
  readonly keyArn: string;
  readonly lock: ExpectedLock;
}

/** An object is in the vault, but not as the plan asks for. Nothing is removed from the spool before that is mended. */
export class NotAsPlanned extends Error {
  readonly flaws: readonly string[];

  constructor(flaws: readonly string[]) {
    super(flaws.join(', '));
    this.flaws = flaws;
  }
}

interface Version {
  readonly versionId: string;
  readonly storedAt: Date;
  readonly flaws: readonly string[];
}

/**
 * One locked bucket. Uploads name no lock and no key: the bucket's defaults decide, and its policy refuses headers that are
 * weaker. What came of it is looked at version by version.
 */
export class Vault {
  readonly settings: VaultSettings;
  private readonly s3: S3Client;

  constructor(s3: S3Client, settings: VaultSettings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /**
   * Stores an object once, however often it is called.
   * @param content undefined where the spool has it no longer: another recorder of the same volume may have been faster
   * @throws NotAsPlanned, or whatever S3 or KMS refuse with
   */
  async store(object: PlannedObject, content: Content | undefined): Promise<Stored> {
    const { versionId, storedAt, flaws } = await this.version(object, content);
    const retention = await this.retentionOf(object.key, versionId);
    const all = [...flaws, ...lockFlaws(this.settings.lock, storedAt, retention)];
    if (all.length > 0) throw new NotAsPlanned(all);
    return { versionId, storedAt: storedAt.toISOString(), ...(retention ? lockNoted(retention) : {}) };
  }

  private async version(object: PlannedObject, content: Content | undefined): Promise<Version> {
    if (!content) return this.found(object, 'lost by the spool');
    const body = Readable.from(content.read(), { objectMode: false });
    try {
      return await this.put(object, body);
    } catch (error) {
      if (!isTaken(error)) throw error;
      return await this.found(object, 'taken and not there');
    } finally {
      body.destroy();
    }
  }

  /** S3 refuses content that has not this checksum, and a second object of the same key. */
  private async put(object: PlannedObject, body: Readable): Promise<Version> {
    const began = Date.now();
    const sha256 = Buffer.from(object.sha256, 'hex').toString('base64');
    const answer = await this.s3.send(
      new PutObjectCommand({
        Bucket: this.settings.bucket,
        Key: object.key,
        Body: body,
        ContentLength: object.bytes,
        ContentType: object.contentType,
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: sha256,
        IfNoneMatch: '*',
      }),
    );
    const flaws = [
      ...(answer.VersionId ? [] : ['no version']),
      ...(answer.ChecksumSHA256 === sha256 ? [] : ['checksum not confirmed']),
      ...(answer.SSEKMSKeyId === this.settings.keyArn ? [] : ['another key']),
    ];
    return { versionId: answer.VersionId ?? '', storedAt: this.byAws(began), flaws };
  }

  /**
   * Stored before by a recorder that could not note it any more. The key is a hash of the content, S3 took it with a checksum,
   * and the bucket's policy lets no other encryption key in: none of that has to be read back.
   */
  private async found({ key }: PlannedObject, otherwise: string): Promise<Version> {
    const { Versions = [] } = await this.s3.send(
      new ListObjectVersionsCommand({ Bucket: this.settings.bucket, Prefix: key }),
    );
    const [first] = Versions.filter((one) => one.Key === key).toSorted(byAge);
    if (!first?.VersionId || !first.LastModified) throw new NotAsPlanned([otherwise]);
    return { versionId: first.VersionId, storedAt: first.LastModified, flaws: [] };
  }

  private async retentionOf(key: string, versionId: string): Promise<ObjectLockRetention | undefined> {
    if (versionId === '') return undefined;
    const { Retention } = await this.s3
      .send(new GetObjectRetentionCommand({ Bucket: this.settings.bucket, Key: key, VersionId: versionId }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'NoSuchObjectLockConfiguration') return { Retention: undefined };
        throw error;
      });
    return Retention;
  }

  /** By the clock of AWS: every answer tells how far this one is off. */
  private byAws(at: number): Date {
    return new Date(at + (this.s3.config.systemClockOffset ?? 0));
  }
}

const byAge = (a: { LastModified?: Date }, b: { LastModified?: Date }): number =>
  (a.LastModified?.getTime() ?? 0) - (b.LastModified?.getTime() ?? 0);

const isTaken = (error: unknown): boolean => error instanceof Error && error.name === 'PreconditionFailed';
