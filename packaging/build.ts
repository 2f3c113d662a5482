import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECONCILER_BUNDLE, reconcilerCode } from '../lib/constructs/records/reconciler-code';

/**
 * Makes `dist/`, which lies as the sources do, so that a path relative to a file holds in a clone and in a package: the
 * compiled programs and, beside them, the data they read and what is bundled of them.
 */
const ROOT = path.join(__dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** Rooms with data beside their programs. */
const ROOMS = ['regions', 'compliance', 'media', 'supply', 'preflight', 'records'];

rmSync(DIST, { recursive: true, force: true });
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (status === 0) {
  for (const room of ROOMS) copyData(room);
  writeFileSync(path.join(DIST, RECONCILER_BUNDLE), reconcilerCode());
} else process.exitCode = 1;

/** An image is built from its folder as it is, sources included: another byte would be another image. */
function copyData(folder: string): void {
  const isImage = existsSync(path.join(ROOT, folder, 'Dockerfile'));
  for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() && !isImage) copyData(place);
    else if (isImage || !entry.name.endsWith('.ts'))
      cpSync(path.join(ROOT, place), path.join(DIST, place), { recursive: true });
  }
}
