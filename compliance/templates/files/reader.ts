import { isUtf8 } from 'node:buffer';
import { readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../audit/canonical';
import { ofFile, type Fault } from './fault';

/** A file as it was read, once. */
export interface Source {
  /** As reports name it: below the working directory where it lies there. */
  readonly path: string;
  readonly absolute: string;
  readonly text: string;
  readonly sha256: string;
}

/** Stands for standard input among paths. */
export const STDIN = '-';

/** Reads each file once, whatever it is: a device, a picture, a hundred gigabytes. */
export class Reader {
  private readonly cwd: string;
  private readonly known = new Map<string, Source | Fault>();
  private total = 0;

  constructor(cwd: string) {
    this.cwd = cwd;
  }

  read(file: string): Source | Fault {
    const absolute = file === STDIN ? STDIN : path.resolve(this.cwd, file);
    const known = this.known.get(absolute) ?? this.readAnew(absolute);
    this.known.set(absolute, known);
    return known;
  }

  /** As reports name it. */
  named(absolute: string): string {
    const below = path.relative(this.cwd, absolute);
    const isInside = !below.startsWith('..') && !path.isAbsolute(below);
    return absolute === STDIN ? STDIN : (isInside ? below : absolute).split(path.sep).join('/');
  }

  private readAnew(absolute: string): Source | Fault {
    const bytes = bytesOf(absolute);
    if ('got' in bytes) return bytes;
    this.total += bytes.length;
    if (this.total > MOST_IN_ALL)
      return ofFile('more than 1 GB of templates', 'at most that', 'the paths to fewer files');
    const fault = faultIn(bytes);
    if (fault) return fault;
    const text = bytes.toString('utf8').replace(/^\u{FEFF}/u, '');
    if (text.trim() === '') return EMPTY;
    return { path: this.named(absolute), absolute, text, sha256: sha256(bytes) };
  }
}

export const isFault = (read: Source | Fault): read is Fault => 'got' in read;

function bytesOf(absolute: string): Buffer | Fault {
  try {
    if (absolute === STDIN) return contentOf(0);
    // To open a pipe that nobody writes to is to wait for ever.
    const stats = statSync(absolute);
    if (!stats.isFile()) return ofFile('no regular file', 'a file, a folder, a glob or -');
    return stats.size > MOST ? tooLarge(`${stats.size} bytes`) : readFileSync(absolute);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return ofFile(code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${code})`, 'a readable template');
  }
}

/** A pipe has no size before its end. */
function contentOf(descriptor: number): Buffer | Fault {
  const parts: Buffer[] = [];
  for (let length = 0; length <= MOST;) {
    const part = Buffer.alloc(CHUNK);
    const read = readSync(descriptor, part);
    if (read === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read));
    length += read;
  }
  return tooLarge(`more than ${MOST} bytes`);
}

function faultIn(bytes: Buffer): Fault | undefined {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return ofFile('UTF-16', READABLE, 'the encoding of the file');
  if (bytes.includes(0)) return ofFile('a binary file', READABLE);
  return isUtf8(bytes) ? undefined : ofFile('bytes that are no UTF-8', READABLE, 'the encoding of the file');
}

const READABLE = 'JSON or YAML in UTF-8';

export const EMPTY = ofFile('an empty file', READABLE);

const tooLarge = (got: string): Fault => ofFile(got, `at most ${MOST}; CloudFormation takes 1048576`);

const CHUNK = 1_048_576;

const MOST = 50 * CHUNK;

const MOST_IN_ALL = 1024 * CHUNK;

/** By shape, because an error of the runtime need not be of this realm's `Error`. */
const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
