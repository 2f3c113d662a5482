import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitBlobOf, sha256Of } from '../../supply/weights/checksums';

/** Files of one repository at one commit, by path. */
export type Repository = Readonly<Record<string, { readonly content: Buffer; readonly large?: boolean }>>;

/** The parts of the hub's HTTP API that its client uses, on loopback. */
export interface FakeHub {
  readonly url: string;
  /** Path of a file that answers otherwise than it should, and how. */
  spoil(path: string, how: 'other bytes' | 'broken line' | 'broken line once'): void;
  /** Paths of the files whose content was asked for. */
  readonly served: string[];
  /** `Authorization` of every request. */
  readonly authorizations: (string | undefined)[];
  stop(): Promise<void>;
}

/** @param repositories by `owner/name@commit`; a name that starts with `gated/` wants a token */
export async function startHub(repositories: Readonly<Record<string, Repository>>): Promise<FakeHub> {
  const spoilt = new Map<string, string>();
  const served: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    answer({ repositories, spoilt, served }, request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil: (path, how) => spoilt.set(path, how),
    served,
    authorizations,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface State {
  readonly repositories: Readonly<Record<string, Repository>>;
  readonly spoilt: Map<string, string>;
  readonly served: string[];
}

const TREE = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/([^/?]+)/;
const FILE = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/;

function answer(state: State, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '';
  const [, owner = '', commit = '', path] = TREE.exec(url) ?? FILE.exec(url) ?? [];
  if (owner.startsWith('gated/') && !request.headers.authorization) return refuse(response, 401);
  const files = state.repositories[`${owner}@${commit}`];
  if (!files) return refuse(response, 404);
  if (path === undefined) return listing(files, response);
  const file = files[path];
  if (!file) return refuse(response, 404);
  return content(state, { path, bytes: file.content, range: request.headers.range }, response);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'no' }));
}

function listing(files: Repository, response: ServerResponse): void {
  const entries = Object.entries(files).map(([path, { content: bytes, large }]) => ({
    type: 'file',
    path,
    size: bytes.length,
    oid: gitBlobOf(bytes),
    ...(large ? { lfs: { oid: sha256Of(bytes), size: bytes.length, pointerSize: 130 } } : {}),
  }));
  const folders = [{ type: 'directory', path: 'folder', size: 0, oid: '0'.repeat(40) }];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([...folders, ...entries]));
}

interface Asked {
  readonly path: string;
  readonly bytes: Buffer;
  readonly range: string | undefined;
}

function content({ spoilt, served }: State, { path, bytes, range }: Asked, response: ServerResponse): void {
  if (range === 'bytes=0-0') {
    const headers = { 'content-range': `bytes 0-0/${bytes.length}`, etag: `"${gitBlobOf(bytes)}"` };
    response.writeHead(206, headers).end(bytes.subarray(0, 1));
    return;
  }
  served.push(path);
  const how = spoilt.get(path);
  if (how === 'broken line once') spoilt.delete(path);
  const body = how === 'other bytes' ? Buffer.from(bytes).fill('x', 0, 1) : bytes;
  response.writeHead(200, { 'content-length': body.length });
  if (!how?.startsWith('broken line')) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
