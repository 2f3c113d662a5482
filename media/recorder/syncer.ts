import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sync } from './disk';
import { named } from './spooled';

/** Files side by side: one after the other each would wait behind all that a look asks of the disk. */
const AT_ONCE = 32;

/**
 * Writes out what the system has of calls that are being made, and once more after their end. It finds them by their names alone:
 * during an outage a look at all that waits takes longer than what a caller may lose.
 */
export class Syncer {
  private readonly root: string;
  private finished = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  /** @param ended calls that had ended before */
  async sync(ended: ReadonlySet<string>): Promise<void> {
    const found = (await readdir(this.root)).flatMap((name) => ({ name, ...named(name) }));
    // Whoever began to store a call wrote it out first.
    const begun = new Set(found.filter(({ part }) => part === 'progress').map(({ callId }) => callId));
    const files = found.filter(({ callId = '' }) => callId !== '' && !begun.has(callId) && !this.finished.has(callId));
    for (let at = 0; at < files.length; at += AT_ONCE)
      await Promise.all(files.slice(at, at + AT_ONCE).map(({ name }) => sync(path.join(this.root, name))));
    this.finished = new Set(found.flatMap(({ callId = '' }) => (ended.has(callId) ? [callId] : [])));
  }
}
