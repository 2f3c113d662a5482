import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterTests } from './cleanup';

/** A directory that is removed after the tests of the file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'voicecell-calls-'));
  afterTests(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
