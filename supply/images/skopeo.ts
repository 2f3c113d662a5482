import { spawn } from 'node:child_process';
import { isLoopback, type Reference } from '../../regions/image-reference';

/** A tool could not do what it was asked for; the message is one line. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

const HOW_TO_GET = 'skopeo is missing: apt-get install skopeo, or brew install skopeo';

/** An image of several GiB over a slow line; milliseconds. */
const LONGEST_MS = 3_600_000;
const TOO_LONG = 'skopeo took longer than an hour; look at the line to the registry, and run this again';

/**
 * Bytes of the manifest that a tag points at, signed in as docker is (`~/.docker/config.json`, credential helpers,
 * `REGISTRY_AUTH_FILE`).
 * @throws {RegistryError} when the registry does not answer with one
 */
export const rawManifest = ({ registry, repository, tag }: Reference): Promise<Buffer> =>
  skopeo(['inspect', '--raw', ...tls('--tls-verify', registry), `docker://${registry}/${repository}:${tag}`]);

export interface Copy {
  /** Where from, by digest. */
  readonly source: Omit<Reference, 'tag'> & { readonly digest: string };
  readonly destination: Reference;
  /** File with the credentials of the destination, in docker's form: nothing secret stands in an argument. */
  readonly authFile: string;
}

/**
 * Copies one image, digest and all.
 * @throws {RegistryError} when either registry refuses
 */
export async function copyImage({ source, destination, authFile }: Copy): Promise<void> {
  await skopeo([
    'copy',
    '--quiet',
    '--preserve-digests',
    '--retry-times=3',
    ...tls('--src-tls-verify', source.registry),
    ...tls('--dest-tls-verify', destination.registry),
    `--dest-authfile=${authFile}`,
    `docker://${source.registry}/${source.repository}@${source.digest}`,
    `docker://${destination.registry}/${destination.repository}:${destination.tag}`,
  ]);
}

const tls = (option: string, registry: string): string[] => (isLoopback(registry) ? [`${option}=false`] : []);

function skopeo(args: readonly string[]): Promise<Buffer> {
  // Not spawn's own time-out: where the tool is missing, its timer keeps the process alive.
  const signal = AbortSignal.timeout(LONGEST_MS);
  const child = spawn('skopeo', args, { stdio: ['ignore', 'pipe', 'pipe'], signal, env: process.env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') reject(new RegistryError(HOW_TO_GET));
      else reject(signal.aborted ? new RegistryError(TOO_LONG) : error);
    });
    child.once('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new RegistryError(reasonIn(Buffer.concat(err).toString()))),
    );
  });
}

/** The message of skopeo's last line, without its time stamp and level. */
function reasonIn(log: string): string {
  const last = log.trim().split('\n').at(-1) ?? '';
  const message = /msg="((?:[^"\\]|\\.)*)"/.exec(last)?.[1] ?? last;
  const plain = message.replace(/\\"/g, '"').replace(/\s+/g, ' ');
  return plain.replace(/^Error parsing image name "[^"]*": /, '') || 'skopeo ended without a reason';
}
