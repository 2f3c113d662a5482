import { createHash } from 'node:crypto';
import {
  appendFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Refused } from '../outside';
import type { Content } from './model';

/** Records are not for everybody on the machine. */
const PRIVATE = { folder: 0o700, file: 0o600 } as const;

/** Where an export is written. Methods throw Refused with one line when the disk has something against it. */
export class Folder {
  readonly place: string;

  constructor(place: string) {
    this.place = place;
  }

  /** Why nothing may be written here, one line; undefined when it may. */
  problem(resume: boolean): string | undefined {
    if (!existsSync(this.place)) return undefined;
    if (!statSync(this.place).isDirectory()) return `--out: got ${this.place}, a file, allowed a folder, change it`;
    if (resume || readdirSync(this.place).length === 0) return undefined;
    return `--out: got ${this.place}, which is not empty, allowed an empty folder, change it or add --resume`;
  }

  read(file: string): string | undefined {
    const place = path.join(this.place, file);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  }

  write(file: string, text: string): void {
    this.told(file, () => {
      this.makeRoom(file);
      writeFileSync(path.join(this.place, file), text, { mode: PRIVATE.file });
    });
  }

  append(file: string, text: string): void {
    this.told(file, () => {
      this.makeRoom(file);
      appendFileSync(path.join(this.place, file), text, { mode: PRIVATE.file });
    });
  }

  /** Size and SHA-256 of a file that is there. */
  async contentOf(file: string): Promise<Content | undefined> {
    const place = path.join(this.place, file);
    if (!existsSync(place)) return undefined;
    const counted = new Counted();
    for await (const chunk of createReadStream(place)) counted.add(chunk as Uint8Array);
    return counted.content();
  }

  /** Writes a stream, counting and hashing what passes; it has its name only when all of it is there. */
  async receive(file: string, body: AsyncIterable<Uint8Array>): Promise<Content> {
    this.told(file, () => this.makeRoom(file));
    const place = path.join(this.place, file);
    const counted = new Counted();
    const handle = await open(`${place}.partial`, 'w', PRIVATE.file).catch((error: unknown) =>
      this.refuse(file, error),
    );
    try {
      for await (const chunk of body) {
        counted.add(chunk);
        await handle.write(chunk).catch((error: unknown) => this.refuse(file, error));
      }
    } finally {
      await handle.close();
    }
    this.told(file, () => renameSync(`${place}.partial`, place));
    return counted.content();
  }

  private makeRoom(file: string): void {
    mkdirSync(path.dirname(path.join(this.place, file)), { recursive: true, mode: PRIVATE.folder });
  }

  private told<T>(file: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      return this.refuse(file, error);
    }
  }

  private refuse(file: string, error: unknown): never {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new Refused(`${path.join(this.place, file)} cannot be written: ${error.message}`, { cause: error });
  }
}

class Counted {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  add(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
  }

  content(): Content {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
