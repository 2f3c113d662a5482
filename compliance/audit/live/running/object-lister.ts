import {
  ListObjectVersionsCommand,
  type DeleteMarkerEntry,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { DAY_MS, type HiddenRecord, type ListedVersion } from './object-facts';

/** What of a bucket was listed. */
export interface Listed {
  readonly versions: readonly ListedVersion[];
  readonly deleteMarkers: number;
  readonly hidden: readonly HiddenRecord[];
  readonly isPart: boolean;
}

type Page = Pick<ListObjectVersionsCommandOutput, 'Versions' | 'DeleteMarkers' | 'CommonPrefixes' | 'IsTruncated'>;

/**
 * The first page, which is all of a small bucket; of a large one the end as well. S3 lists by key and not by age: where keys
 * begin with the day, the last folder of the last folder holds the newest. Never more than seven calls.
 */
export async function listVersions(s3: S3Client, Bucket: string, abortSignal: AbortSignal): Promise<Listed> {
  const first: Page = await s3.send(new ListObjectVersionsCommand({ Bucket }), { abortSignal });
  const isPart = first.IsTruncated ?? false;
  return listed(isPart ? [first, ...(await lastFolder(s3, Bucket, abortSignal))] : [first], isPart);
}

/** A name, year, month, day, call, and one to spare. */
const LEVELS = 6;

async function lastFolder(s3: S3Client, Bucket: string, abortSignal: AbortSignal): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let Prefix: string | undefined = '';
  while (Prefix !== undefined && pages.length < LEVELS) {
    const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({ Bucket, Prefix, Delimiter: '/' });
    const page: Page = await s3.send(command, { abortSignal });
    pages.push(page);
    Prefix = page.CommonPrefixes?.at(-1)?.Prefix;
  }
  return pages;
}

function listed(pages: readonly Page[], isPart: boolean): Listed {
  const versions = distinct(pages.flatMap(({ Versions = [] }) => Versions));
  const markers = distinct(pages.flatMap(({ DeleteMarkers = [] }) => DeleteMarkers));
  return {
    versions: versions.flatMap(versionOf),
    deleteMarkers: markers.length,
    hidden: markers.flatMap((marker) => hiddenBy(marker, versions)),
    isPart,
  };
}

/** Two pages may list the same. */
const distinct = <T extends Pick<ObjectVersion, 'Key' | 'VersionId'>>(entries: readonly T[]): readonly T[] => [
  ...new Map(entries.map((entry) => [`${entry.Key}\n${entry.VersionId}`, entry])).values(),
];

const versionOf = ({ Key, VersionId, LastModified, ChecksumAlgorithm = [] }: ObjectVersion): ListedVersion[] =>
  Key && VersionId && LastModified
    ? [{ key: Key, versionId: VersionId, made: LastModified, hasChecksum: ChecksumAlgorithm.length > 0 }]
    : [];

/** The newest version that was there when the marker was set is the one it hides. */
function hiddenBy({ Key, LastModified: at }: DeleteMarkerEntry, versions: readonly ObjectVersion[]): HiddenRecord[] {
  if (!Key || !at) return [];
  const before = versions.flatMap(({ Key: key, LastModified: made }) =>
    key === Key && made && made <= at ? [made.getTime()] : [],
  );
  return before.length === 0 ? [] : [{ key: Key, ageDays: (at.getTime() - Math.max(...before)) / DAY_MS }];
}
