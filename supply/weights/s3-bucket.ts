import type { S3Client } from '@aws-sdk/client-s3';
import { types } from 'node:util';
import type { ClientOptions } from '../client-options';
import { told } from '../outside';
import { Unreadable } from '../unreadable';
import type { NewObject, Stored, WeightsBucket } from './bucket';

/** S3 takes 10,000 parts, so a file may have 320 GiB. Four are in memory at once. */
const PART_BYTES = 32 * 1024 * 1024;
const PARTS_AT_ONCE = 4;

export interface S3BucketProps {
  readonly region: string;
  readonly bucket: string;
  /** Account that must own the bucket: a name somebody else has taken gets nothing of ours. */
  readonly account: string;
  /** Bytes of a part of a large file; default 32 MiB, at least 5 MiB. */
  readonly partBytes?: number;
  readonly client?: ClientOptions;
}

/**
 * Needs `s3:ListBucket`, `s3:GetObject`, `s3:PutObject`, `s3:AbortMultipartUpload` on the bucket and `kms:GenerateDataKey`,
 * `kms:Decrypt` on its key. Each part carries its SHA-256, so S3 refuses what the line has changed.
 */
export class S3WeightsBucket implements WeightsBucket {
  private readonly props: S3BucketProps;
  private client: S3Client | undefined;

  constructor(props: S3BucketProps) {
    this.props = props;
  }

  async check(): Promise<void> {
    const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
    const { bucket, account } = this.props;
    const s3 = await this.s3();
    await this.told('', async () => {
      try {
        await s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
        throw new Unreadable(`no bucket ${bucket}; run voicecell deploy <deployment> --foundations`);
      }
    });
  }

  async find(key: string): Promise<Stored | undefined> {
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    const s3 = await this.s3();
    return this.told(key, async () => {
      try {
        const { ContentLength = 0, Metadata = {} } = await s3.send(new HeadObjectCommand(this.place(key)));
        return storedAs(ContentLength, Metadata);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    });
  }

  async put({ key, body, sha256, source }: NewObject): Promise<void> {
    const { Upload } = await import('@aws-sdk/lib-storage');
    const client = await this.s3();
    const Metadata = { sha256, source };
    const params = { ...this.place(key), Body: body, ChecksumAlgorithm: 'SHA256' as const, Metadata };
    const upload = new Upload({
      client,
      params,
      partSize: this.props.partBytes ?? PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    });
    await this.told(key, () => upload.done());
  }

  private place(key: string): { readonly Bucket: string; readonly Key: string; readonly ExpectedBucketOwner: string } {
    return { Bucket: this.props.bucket, Key: key, ExpectedBucketOwner: this.props.account };
  }

  private async s3(): Promise<S3Client> {
    const { S3Client: Client } = await import('@aws-sdk/client-s3');
    const { region, client } = this.props;
    this.client ??= new Client({ region, ...client });
    return this.client;
  }

  private told<T>(key: string, ask: () => Promise<T>): Promise<T> {
    return told(`s3://${this.props.bucket}/${key}`, ask);
  }
}

const isNotFound = (error: unknown): boolean => types.isNativeError(error) && error.name === 'NotFound';

const storedAs = (bytes: number, { sha256, source }: Readonly<Record<string, string>>): Stored => ({
  bytes,
  ...(sha256 ? { sha256 } : {}),
  ...(source ? { source } : {}),
});
