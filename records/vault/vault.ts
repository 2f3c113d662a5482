import {
  HeadObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectLegalHoldCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { given } from '../../aws/errors';
import { statusOf } from '../../aws/reasons';
import { Refused, whyNot } from '../outside';

/** One version of an object. */
export interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

export interface Request {
  readonly requestId: string;
  /** `x-amz-id-2`, by which AWS Support finds a request. */
  readonly extendedRequestId?: string;
}

export interface VaultProps {
  readonly region: string;
  /** Account that must own the buckets. */
  readonly account: string;
  readonly client: S3Client;
}

/** The buckets of a region. Methods throw Refused with one line. */
export class Vault {
  private readonly props: VaultProps;

  constructor(props: VaultProps) {
    this.props = props;
  }

  /** Size, checksum, lock and key of a version. */
  head(version: Version): Promise<HeadObjectCommandOutput> {
    const command = new HeadObjectCommand({ ...this.named(version), ChecksumMode: 'ENABLED' });
    return this.told('s3:GetObjectVersion', () => this.props.client.send(command));
  }

  /** Its bytes; the reader of them turns what goes wrong on the way into words with `whyNot`. */
  open(version: Version): Promise<{ readonly body: AsyncIterable<Uint8Array>; readonly request: Request }> {
    return this.told('s3:GetObjectVersion', async () => {
      const { Body, $metadata } = await this.props.client.send(new GetObjectCommand(this.named(version)));
      const { requestId = '', extendedRequestId } = $metadata;
      const body = given(Body, 'body') as AsyncIterable<Uint8Array>;
      return { body, request: { requestId, ...(extendedRequestId ? { extendedRequestId } : {}) } };
    });
  }

  /** Ids of all versions that a key has. */
  async versionsOf(bucket: string, key: string): Promise<string[]> {
    const ids: string[] = [];
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      page = await this.versions(bucket, key, page);
      const { Versions = [], DeleteMarkers = [] } = page;
      ids.push(...Versions.flatMap(({ Key, VersionId }) => (Key === key && VersionId ? [VersionId] : [])));
      // Keys come in their order, and the key itself is the first that begins with it.
      if ([...Versions, ...DeleteMarkers].some(({ Key }) => Key !== key)) break;
    } while (page.IsTruncated);
    return ids;
  }

  async hold(version: Version, status: 'ON' | 'OFF'): Promise<void> {
    const command = new PutObjectLegalHoldCommand({ ...this.named(version), LegalHold: { Status: status } });
    await this.told('s3:PutObjectLegalHold', () => this.props.client.send(command));
  }

  private versions(
    bucket: string,
    key: string,
    before: ListObjectVersionsCommandOutput | undefined,
  ): Promise<ListObjectVersionsCommandOutput> {
    const command = new ListObjectVersionsCommand({
      Bucket: bucket,
      Prefix: key,
      ExpectedBucketOwner: this.props.account,
      KeyMarker: before?.NextKeyMarker,
      VersionIdMarker: before?.NextVersionIdMarker,
    });
    return this.told('s3:ListBucketVersions', () => this.props.client.send(command));
  }

  private named({ bucket, key, versionId }: Version) {
    return { Bucket: bucket, Key: key, VersionId: versionId, ExpectedBucketOwner: this.props.account };
  }

  private async told<T>(action: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw new Refused(STATUSES[statusOf(error) ?? 0] ?? whyNot(error, action, this.props.region), { cause: error });
    }
  }
}

/** An answer to HEAD has no words. */
const STATUSES: Readonly<Record<number, string>> = {
  404: 'is not there: no such bucket, key or version',
  405: 'is a delete marker, not an object',
};
