import { createHash } from 'node:crypto';

/**
 * Key, below a model's prefix, of the list of all its files with their SHA-256, in the form `sha256sum --check` reads. It is
 * written last: where it is, the model is whole.
 */
export const SHA256SUMS = 'SHA256SUMS';

/** `sha256sum`'s lines in the order of the keys, so that the same model gives the same bytes. */
export const checksumList = (sums: ReadonlyMap<string, string>): string =>
  [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sha256]) => `${sha256}  ${key}\n`)
    .join('');

export const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Git's id of a file (git-hash-object), by which the hub names what it does not keep as a large file. */
export const gitBlobOf = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
