import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Unreadable } from '../unreadable';
import type { NewObject } from './bucket';
import { gitBlobOf, sha256Of } from './checksums';
import type { HubFile } from './hub';

/** Files that the hub keeps in git are at most 10 MB (its own limit); they are held in memory. */
const MOST_IN_MEMORY = 64 * 1024 * 1024;

/** How an identity is written beside an object. */
export const sourceOf = ({ kind, hex }: HubFile['identity']): string => `${kind}:${hex}`;

/**
 * What is to be written, from what is being read. A body whose content is not what the hub says ends in an error, so that
 * nothing is written of it.
 */
export async function objectOf(key: string, file: HubFile, chunks: AsyncIterable<Uint8Array>): Promise<NewObject> {
  const source = sourceOf(file.identity);
  if (file.identity.kind === 'sha256')
    return {
      key,
      source,
      sha256: file.identity.hex,
      body: Readable.from(verified(file, chunks), { objectMode: false }),
    };
  const body = await whole(file, chunks);
  return { key, source, sha256: sha256Of(body), body };
}

async function* verified(file: HubFile, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  same(file, hash.digest('hex'));
}

async function whole(file: HubFile, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (file.bytes > MOST_IN_MEMORY) throw new Unreadable(`${file.path}: ${file.bytes} bytes and no SHA-256 at the hub`);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const bytes = Buffer.concat(parts);
  same(file, gitBlobOf(bytes));
  return bytes;
}

function same({ path, identity }: HubFile, found: string): void {
  if (found === identity.hex) return;
  const [got, stated] = [found, identity.hex].map((hex) => hex.slice(0, SHOWN));
  throw new Unreadable(`${path}: got content ${got}…, the hub says ${stated}…; nothing was written, run this again`);
}

/** Enough of a digest to tell two apart. */
const SHOWN = 12;
