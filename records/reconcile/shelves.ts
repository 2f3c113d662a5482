import {
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { statusOf } from '../../aws/reasons';
import { atOnce } from '../at-once';
import { stateOf } from '../export/state';
import { told } from '../outside';
import { lockOfHead, lockOfRetention } from './lock-told';
import type { Marker, Shelf, Version } from './model';

/** Versions that are looked at at once. */
const LOOKS = 48;

/**
 * How a version is looked at. `lock` asks for its retention, which takes no right to read; `checksum` asks HEAD for its
 * checksum too, which takes the rights to read and to decrypt (S3 API, `HeadObject`, `x-amz-checksum-mode`).
 */
export type Look = 'lock' | 'checksum';

export interface ShelvesProps {
  readonly region: string;
  /** Account that must own the buckets. */
  readonly account: string;
  readonly client: S3Client;
}

export interface Asked {
  readonly bucket: string;
  /** Folders, which end with a slash, and keys. */
  readonly prefixes: readonly string[];
  /** Versions that are looked at, by key and id: what the ledger does not name is only listed. */
  readonly isNamed: (version: Pick<Version, 'key' | 'versionId'>) => boolean;
  readonly look: Look;
}

/** What the buckets of a region hold; it counts what that asks of S3. Methods throw Refused with one line. */
export class Shelves {
  readonly requests = { lists: 0, looks: 0 };
  private readonly props: ShelvesProps;

  constructor(props: ShelvesProps) {
    this.props = props;
  }

  async shelf({ bucket, prefixes, isNamed, look }: Asked): Promise<Shelf> {
    const listed: Unseen[] = [];
    const markers: Marker[] = [];
    for (const prefix of prefixes) await this.list(bucket, prefix, { listed, markers });
    const seen = await atOnce(LOOKS, listed, async (version) =>
      isNamed(version) ? this.seen(bucket, version, look) : { ...version, lock: {} },
    );
    return { versions: seen.filter((version) => version !== undefined), markers };
  }

  private async list(Bucket: string, Prefix: string, into: Listed): Promise<void> {
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      page = await this.page(Bucket, Prefix, page);
      const { Versions = [], DeleteMarkers = [] } = page;
      for (const { Key: key, VersionId: versionId, LastModified: storedAt, Size: bytes } of Versions)
        if (key && versionId && storedAt && isMeant(key, Prefix))
          into.listed.push({ key, versionId, storedAt, bytes: bytes ?? 0 });
      for (const { Key: key, LastModified: at, IsLatest } of DeleteMarkers)
        if (key && at && IsLatest && isMeant(key, Prefix)) into.markers.push({ key, at });
      // Keys come in their order, and the key itself is the first that begins with it.
      if ([...Versions, ...DeleteMarkers].some(({ Key = '' }) => !isMeant(Key, Prefix))) break;
    } while (page.IsTruncated);
  }

  private page(
    Bucket: string,
    Prefix: string,
    before: ListObjectVersionsCommandOutput | undefined,
  ): Promise<ListObjectVersionsCommandOutput> {
    this.requests.lists += 1;
    const command = new ListObjectVersionsCommand({
      Bucket,
      Prefix,
      ExpectedBucketOwner: this.props.account,
      KeyMarker: before?.NextKeyMarker,
      VersionIdMarker: before?.NextVersionIdMarker,
    });
    return told(this.props.region, `s3:ListBucketVersions of ${Bucket}`, () => this.props.client.send(command));
  }

  /** Undefined when it has gone since it was listed. */
  private async seen(bucket: string, version: Unseen, look: Look): Promise<Version | undefined> {
    this.requests.looks += 1;
    const named = {
      Bucket: bucket,
      Key: version.key,
      VersionId: version.versionId,
      ExpectedBucketOwner: this.props.account,
    };
    try {
      return { ...version, ...(look === 'lock' ? await this.locked(named) : await this.headed(named)) };
    } catch (error) {
      const why = error instanceof Error && error.cause;
      if (statusOf(why) === 404) return undefined;
      throw error;
    }
  }

  private locked(named: NamedVersion): Promise<Pick<Version, 'lock'>> {
    return told(this.props.region, `s3:GetObjectRetention of ${named.Bucket}`, async () => {
      try {
        const { Retention } = await this.props.client.send(new GetObjectRetentionCommand(named));
        return { lock: lockOfRetention(Retention ?? {}) };
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchObjectLockConfiguration') return { lock: {} };
        throw error;
      }
    });
  }

  private headed(named: NamedVersion): Promise<Pick<Version, 'lock' | 'sha256'>> {
    return told(this.props.region, `s3:GetObjectVersion of ${named.Bucket}`, async () => {
      const head = await this.props.client.send(new HeadObjectCommand({ ...named, ChecksumMode: 'ENABLED' }));
      const { sha256 } = stateOf(head);
      return { lock: lockOfHead(head), ...(sha256 === undefined ? {} : { sha256 }) };
    });
  }
}

const isMeant = (key: string, prefix: string): boolean => prefix.endsWith('/') || key === prefix;

type Unseen = Omit<Version, 'lock' | 'sha256'>;

interface Listed {
  readonly listed: Unseen[];
  readonly markers: Marker[];
}

interface NamedVersion {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string;
  readonly ExpectedBucketOwner: string;
}
