import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atEnd } from './cleanup';

/** A directory that is removed at the end. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'voicecell-calls-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
