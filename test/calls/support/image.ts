import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterTests } from './cleanup';
import { temporaryDirectory } from './temporary';

const MEDIA = path.join(__dirname, '..', '..', '..', 'media');
/** Needs no privilege that a machine for tests may lack, and shares its network. */
const CHROOT = '--isolation=chroot';

const buildah = (...args: readonly string[]): string =>
  execFileSync('buildah', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 280_000 }).trim();

/** Why images cannot be built here; undefined where they can. */
export function whyNoImages(): string | undefined {
  for (const program of ['buildah', 'mmdebstrap'])
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0) return `without ${program}`;
  const { status, stderr } = spawnSync('buildah', ['from', 'scratch'], { encoding: 'utf8' });
  return status === 0 ? undefined : `buildah: ${stderr.trim()}`;
}

/** Debian of the suite, made from its packages where no registry is: kept for the next run. */
export function debianBase(suite: string): string {
  const name = `localhost/voicecell-test-base:${suite}`;
  if (spawnSync('buildah', ['inspect', '--type', 'image', name], { stdio: 'ignore' }).status === 0) return name;
  const tar = path.join(temporaryDirectory(), 'base.tar');
  execFileSync('mmdebstrap', ['--quiet', '--variant=apt', suite, tar], { stdio: 'ignore' });
  const container = buildah('from', 'scratch');
  buildah('add', '--quiet', container, tar, '/');
  buildah('commit', '--quiet', container, name);
  buildah('rm', container);
  return name;
}

/** A container of the image that `media/<folder>/Dockerfile` makes. */
export function containerOf(folder: string, base: string): string {
  const image = `localhost/voicecell-test-${folder.replaceAll('/', '-')}`;
  buildah(
    'build',
    '--quiet',
    '--layers',
    CHROOT,
    '--build-arg',
    `BASE=${base}`,
    '--tag',
    image,
    path.join(MEDIA, folder),
  );
  const container = buildah('from', image);
  afterTests(() => spawnSync('buildah', ['rm', container], { stdio: 'ignore' }));
  return container;
}

/** What runs a command in the container: its image's user, and one directory of the machine. */
export const inContainer = (
  container: string,
  command: readonly string[],
  { env = {}, directory }: { readonly env?: Readonly<Record<string, string>>; readonly directory?: string } = {},
): string[] => [
  'buildah',
  'run',
  CHROOT,
  ...(directory === undefined ? [] : ['--volume', `${directory}:${directory}`]),
  ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  container,
  '--',
  ...command,
];
