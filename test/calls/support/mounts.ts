import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system of its own in memory, which can really be full. @returns what it was refused with */
export function mountMemory(at: string, kilobytes: number): string | undefined {
  mkdirSync(at, { recursive: true });
  const options = `size=${kilobytes}k,mode=0755`;
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'spool', at], { encoding: 'utf8' });
  return status === 0 ? undefined : stderr.trim();
}

/** Fails while anybody has something open on it. */
export function unmount(at: string): void {
  const { status, stderr } = spawnSync('umount', [at], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** `describe`, where file systems may be mounted; in CI they must, elsewhere the tests are skipped and it is said why. */
export function describeWithMounts(name: string, tests: () => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-mount-'));
  const refusal = mountMemory(folder, 64);
  if (refusal === undefined) unmount(folder);
  rmSync(folder, { recursive: true });
  if (refusal === undefined) return describe(name, tests);
  if (process.env['CI']) throw new Error(`no file system can be mounted: ${refusal}`);
  describe.skip(`${name} (skipped because no file system can be mounted: ${refusal})`, tests);
}
