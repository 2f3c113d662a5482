import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join('records', 'reconcile', 'function');
/** Made with a package, in which there are no sources. */
export const RECONCILER_BUNDLE = join(FOLDER, 'bundle.js');

let code: string | undefined;

/** The reconciler in one file with all that it needs, so that no release of a runtime changes what it knows of S3. */
export const reconcilerCode = (): string => (code ??= read());

function read(): string {
  const entry = join(ROOT, FOLDER, 'main.ts');
  return existsSync(entry) ? bundled(entry) : readFileSync(join(ROOT, RECONCILER_BUNDLE), 'utf8');
}

/** The same sources and packages give the same bytes; neither a network nor a container is needed. */
function bundled(entry: string): string {
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node24',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}
