import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { CallItem, StoredItem } from '../../media/contract/ledger';
import type { Content, StoredState } from './model';

export function stateOf(head: HeadObjectCommandOutput): StoredState {
  const sha256 = wholeSha256(head);
  return {
    ...some({ bytes: head.ContentLength, lastModified: head.LastModified?.toISOString() }),
    // S3 names no class where it is the standard one.
    storageClass: head.StorageClass ?? 'STANDARD',
    ...some({ lockMode: head.ObjectLockMode, retainUntil: head.ObjectLockRetainUntilDate?.toISOString() }),
    legalHold: head.ObjectLockLegalHoldStatus ?? 'OFF',
    ...some({ eventHold: head.ObjectLockEventHold, kmsKeyId: head.SSEKMSKeyId, replication: head.ReplicationStatus }),
    ...some({ sha256 }),
  };
}

/** A checksum of checksums, as multipart uploads may have, is none of the content. */
function wholeSha256({ ChecksumSHA256, ChecksumType }: HeadObjectCommandOutput): string | undefined {
  if (!ChecksumSHA256 || ChecksumType === 'COMPOSITE' || ChecksumSHA256.includes('-')) return undefined;
  return Buffer.from(ChecksumSHA256, 'base64').toString('hex');
}

type Some<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const some = <T extends object>(fields: T): Some<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Some<T>;

/** What the content, the ledger and S3 say against each other. */
export function contentProblems(expected: Content, found: Content, { sha256 }: StoredState): string[] {
  return [
    ...(found.bytes === expected.bytes ? [] : [`got ${found.bytes} bytes, the ledger says ${expected.bytes}`]),
    ...(found.sha256 === expected.sha256 ? [] : [`got SHA-256 ${found.sha256}, the ledger says ${expected.sha256}`]),
    ...(sha256 === undefined || sha256 === found.sha256 ? [] : [`got SHA-256 ${found.sha256}, S3 says ${sha256}`]),
  ];
}

/** A lock weaker than the one that the ledger says it was stored under. */
export function lockProblems(call: Pick<CallItem, 'lockMode'>, state: StoredState): string[] {
  if (!call.lockMode || state.lockMode === 'COMPLIANCE' || state.lockMode === call.lockMode) return [];
  return [`got lock ${state.lockMode ?? 'none'}, the ledger says ${call.lockMode}`];
}

/** `us-east-1/<call>/recording-1.wav`: the ending of its key, where that is one. */
export function fileOf(region: string, { callId, item, key }: StoredItem): string {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(key)?.[0] ?? '';
  return `${region}/${callId}/${item.replace('#', '-')}${ending}`;
}
