import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallFile, ServerFile, SERVER_HEARTBEAT_SECONDS, SPOOL } from '../contract/spool.ts';
import { callFileAfter, type Standing } from './call-file.ts';
import type { Message } from './manager.ts';

// An image is built from its folder alone; the types hold these to the contract.
const NAMES: Pick<typeof SPOOL, 'call' | 'server'> = { call: '.call.json', server: 'server.json' };
const HEARTBEAT_SECONDS: typeof SERVER_HEARTBEAT_SECONDS = 10;

/** What lies beside the recordings, for whoever takes them: one file a call, and one that says that this server lives. */
export class Spool {
  private readonly directory: string;
  private readonly standing: Standing;
  private readonly warn: (problem: string) => void;
  private readonly files = new Map<string, CallFile>();
  /** What there was no room for. Without its end a call would go on for the recorder until the server starts anew. */
  private readonly unwritten = new Map<string, CallFile>();

  constructor(directory: string, standing: Omit<Standing, 'boot'>, warn: (problem: string) => void) {
    this.directory = directory;
    this.warn = warn;
    this.standing = { ...standing, boot: randomUUID() };
  }

  /** Before the first call: what another start of the server left behind is over from now on. */
  open(): void {
    const file = path.join(this.directory, NAMES.server);
    writeWhole(file, { boot: this.standing.boot } satisfies ServerFile);
    const beat = (): void => {
      this.attempt(() => utimesSync(file, new Date(), new Date()));
      this.writeAgain();
    };
    setInterval(beat, HEARTBEAT_SECONDS * 1000).unref();
  }

  /** After the last call. */
  close(): void {
    this.writeAgain();
    rmSync(path.join(this.directory, NAMES.server), { force: true });
  }

  hear(message: Message): void {
    const { CallId: callId = '' } = message;
    const known = this.files.get(callId);
    const file = callFileAfter(known, message, { standing: this.standing, at: new Date().toISOString() });
    if (!file || file === known) return;
    if (file.endedAt === undefined) this.files.set(callId, file);
    else this.files.delete(callId);
    this.unwritten.set(callId, file);
    this.attempt(() => this.write(callId, file));
  }

  private write(callId: string, file: CallFile): void {
    writeWhole(path.join(this.directory, `${callId}${NAMES.call}`), file);
    this.unwritten.delete(callId);
  }

  /** That it cannot be was told the first time. */
  private writeAgain(): void {
    for (const [callId, file] of this.unwritten)
      this.attempt(
        () => this.write(callId, file),
        () => undefined,
      );
  }

  /** A disk that is full or gone must not end the calls: what the recorder finds without this file it keeps all the same. */
  private attempt(write: () => void, warn = this.warn): void {
    try {
      write();
    } catch (error) {
      warn(error instanceof Error ? error.message : String(error));
    }
  }
}

/** A reader finds the old content or the new one, also after the power has failed. */
function writeWhole(file: string, content: CallFile | ServerFile): void {
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o640);
  try {
    writeFileSync(handle, JSON.stringify(content));
    fdatasyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}
