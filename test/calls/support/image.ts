import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BASES } from '../../../media/contract';
import { afterTests } from './cleanup';
import { temporaryDirectory } from './temporary';

const MEDIA = path.join(__dirname, '..', '..', '..', 'media');
/** Needs no privilege that a machine for tests may lack, and shares its network. */
const CHROOT = '--isolation=chroot';

const buildah = (...args: readonly string[]): string =>
  execFileSync('buildah', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 400_000 }).trim();

/** Why images cannot be built here; undefined where they can. */
export function whyNoImages(): string | undefined {
  for (const program of ['buildah', 'mmdebstrap'])
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0) return `without ${program}`;
  const { status, stderr } = spawnSync('buildah', ['from', 'scratch'], { encoding: 'utf8' });
  return status === 0 ? undefined : `buildah: ${stderr.trim()}`;
}

/** Whom this machine trusts: packages may come to it by a proxy that others do not know. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
const AUTHORITIES_INSIDE = '/usr/local/share/authorities-of-the-machine.crt';

/** What `debian:<suite>-slim` has, made from its packages where no registry is: kept for the next run. */
function debianBase(folder: string): string {
  const suite = /^debian:([a-z]+)-slim$/.exec(BASES[folder] ?? '')?.[1] ?? '';
  const name = `localhost/voicecell-test-minbase:${suite}`;
  if (spawnSync('buildah', ['inspect', '--type', 'image', name], { stdio: 'ignore' }).status === 0) return name;
  const tar = path.join(temporaryDirectory(), 'base.tar');
  // A suite in the making may not have signed its index again in time.
  const late = '--aptopt=Acquire::Check-Valid-Until "false"';
  execFileSync('mmdebstrap', ['--quiet', '--variant=minbase', late, suite, tar], { stdio: 'ignore' });
  const container = buildah('from', 'scratch');
  buildah('add', '--quiet', container, tar, '/');
  if (existsSync(AUTHORITIES)) {
    buildah('add', '--quiet', container, AUTHORITIES, AUTHORITIES_INSIDE);
    buildah('config', '--env', `NODE_EXTRA_CA_CERTS=${AUTHORITIES_INSIDE}`, container);
  }
  buildah('commit', '--quiet', container, name);
  buildah('rm', container);
  return name;
}

/** A container of the image that `media/<folder>/Dockerfile` makes, from Debian's packages. */
export function containerOf(folder: string): string {
  const base = debianBase(folder);
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
