import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answering, freePort, stopped } from './moto';

const present = ['docker-registry', 'skopeo'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

/** Tests against a real registry run where Debian's docker-registry and skopeo are found, and under CI always. */
export const withRegistry = present || process.env['CI'] === 'true' ? describe : describe.skip;

/** A registry of container images on loopback. */
export interface Registry {
  /** `127.0.0.1:5000`, the first part of a reference. */
  readonly host: string;
  /** Puts an image of one platform under a tag; another `content` is another image. */
  push(repository: string, tag: string, content: string): Promise<string>;
  /** Puts an index of images by platform (`linux/arm64`), and returns their digests. */
  pushIndex(repository: string, tag: string, platforms: readonly string[]): Promise<Record<string, string>>;
  /** Digest of the manifest that a tag points at; undefined where there is none. */
  digestOf(repository: string, reference: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** User `AWS`, password `made-up`, as bcrypt. */
export const PASSWORD = {
  auth: Buffer.from('AWS:made-up').toString('base64'),
  htpasswd: 'AWS:$2b$04$AYxw21LvddUlskxUlXI0Z.bp3jaVsEhZRoHnEnMxz9gGrHyxxTaVa',
};

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** Starts Debian's registry on a free port. @param isPrivate asks for the password above */
export async function startRegistry({ isPrivate = false } = {}): Promise<Registry> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  writeFileSync(path.join(folder, 'htpasswd'), `${PASSWORD.htpasswd}\n`);
  writeFileSync(path.join(folder, 'config.yml'), configOf(folder, host, isPrivate));
  const server = spawn('docker-registry', ['serve', path.join(folder, 'config.yml')], { stdio: 'ignore' });
  await answering(`http://${host}/v2/`, server);
  const stop = async (): Promise<void> => {
    await stopped(server);
    rmSync(folder, { recursive: true, force: true });
  };
  return { host, stop, ...clientOf(`http://${host}/v2`, isPrivate ? { authorization: `Basic ${PASSWORD.auth}` } : {}) };
}

const configOf = (folder: string, host: string, isPrivate: boolean): string =>
  JSON.stringify({
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: path.join(folder, 'data') } },
    http: { addr: host },
    ...(isPrivate ? { auth: { htpasswd: { realm: 'made-up', path: path.join(folder, 'htpasswd') } } } : {}),
  });

/** What a test needs of the registry's HTTP API (OCI distribution specification). */
function clientOf(
  url: string,
  auth: Readonly<Record<string, string>>,
): Pick<Registry, 'push' | 'pushIndex' | 'digestOf'> {
  const put = async (address: string, body: string, type: string): Promise<string> => {
    const answer = await fetch(address, { method: 'PUT', body, headers: { 'content-type': type, ...auth } });
    if (!answer.ok) throw new Error(`PUT ${address}: ${answer.status} ${await answer.text()}`);
    return sha256(body);
  };
  const blob = async (repository: string, content: string): Promise<Descriptor> => {
    const started = await fetch(`${url}/${repository}/blobs/uploads/`, { method: 'POST', headers: auth });
    const place = new URL(started.headers.get('location') ?? '', url);
    place.searchParams.set('digest', sha256(content));
    return { digest: await put(place.href, content, 'application/octet-stream'), size: content.length };
  };
  const push = async (repository: string, tag: string, content: string): Promise<string> => {
    const config = await blob(repository, JSON.stringify({ os: 'linux', architecture: 'amd64', content }));
    return put(`${url}/${repository}/manifests/${tag}`, manifestOf(config), MANIFEST);
  };
  return {
    push,
    pushIndex: async (repository, tag, platforms) => {
      const digests: Record<string, string> = {};
      for (const platform of platforms)
        digests[platform] = await push(repository, platform.replace('/', '-'), platform);
      const manifests = Object.entries(digests).map(([platform, digest]) => entryOf(platform, digest));
      const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
      await put(`${url}/${repository}/manifests/${tag}`, index, INDEX);
      return digests;
    },
    digestOf: async (repository, reference) => {
      const accept = [MANIFEST, INDEX].join(', ');
      const answer = await fetch(`${url}/${repository}/manifests/${reference}`, { headers: { accept, ...auth } });
      return answer.ok ? sha256(await answer.text()) : undefined;
    },
  };
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

const manifestOf = (config: Descriptor): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [],
  });

function entryOf(platform: string, digest: string): object {
  const [os, architecture] = platform.split('/');
  return { mediaType: MANIFEST, digest, size: 1, platform: { os, architecture } };
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
