import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { types } from 'node:util';
import { isLoopback } from '../../regions/image-reference';
import { outside } from '../outside';
import { Unreadable } from '../unreadable';
import type { HubFile, ModelHub, Revision } from './hub';

export interface HuggingFaceProps {
  /** Address of the hub or of a company's mirror of it. */
  readonly url: string;
  /** For gated and private repositories. */
  readonly token?: string;
}

/**
 * As Hugging Face's own tools are told: `HF_ENDPOINT`, and a token in `HF_TOKEN` or in the file `token` of `HF_HOME`.
 * @throws {Unreadable} when the endpoint would send a token over plain HTTP
 */
export function hubOfEnvironment(env: Readonly<Record<string, string | undefined>>): HuggingFace {
  const url = (env['HF_ENDPOINT'] ?? 'https://huggingface.co').replace(/\/+$/, '');
  const host = /^(https?):\/\/([^/]+)/.exec(url);
  if (!host || (host[1] === 'http' && !isLoopback(host[2] ?? '')))
    throw new Unreadable(`HF_ENDPOINT: got ${url}, allowed an https:// address, change the variable`);
  const token = env['HF_TOKEN'] ?? tokenIn(env['HF_HOME'] ?? path.join(homedir(), '.cache', 'huggingface'));
  return new HuggingFace({ url, ...(token ? { token } : {}) });
}

function tokenIn(home: string): string | undefined {
  try {
    return readFileSync(path.join(home, 'token'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Hugging Face's hub by its own client. */
export class HuggingFace implements ModelHub {
  private readonly props: HuggingFaceProps;

  constructor(props: HuggingFaceProps) {
    this.props = props;
  }

  list({ repository, revision }: Revision): Promise<readonly HubFile[]> {
    return this.told(repository, async () => {
      const { listFiles } = await import('@huggingface/hub');
      const files: HubFile[] = [];
      for await (const { type, path: name, size, oid, lfs } of listFiles({
        ...this.options(repository, revision),
        recursive: true,
      }))
        if (type === 'file') files.push({ path: name, bytes: size, identity: identityOf(repository, name, lfs, oid) });
      return files;
    });
  }

  open({ repository, revision }: Revision, name: string): Promise<AsyncIterable<Uint8Array>> {
    return this.told(`${repository}/${name}`, async () => {
      const { downloadFile } = await import('@huggingface/hub');
      // One plain request: the hub's newer protocol needs more hosts to be allowed, and we count and hash ourselves.
      const blob = await downloadFile({ ...this.options(repository, revision), path: name, xet: false });
      if (!blob) throw new Unreadable(`${repository}: the hub lists ${name} and does not have it`);
      return this.chunksOf(`${repository}/${name}`, blob);
    });
  }

  private async *chunksOf(place: string, blob: Blob): AsyncGenerator<Uint8Array> {
    const reader = blob.stream().getReader();
    for (;;) {
      const { done, value } = await this.told(place, () => reader.read());
      if (done) return;
      yield value;
    }
  }

  private options(repository: string, revision: string) {
    const { url, token } = this.props;
    return { repo: repository, revision, hubUrl: url, ...(token ? { accessToken: token } : {}) };
  }

  private async told<T>(place: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      throw new Unreadable(`${place}: ${this.reason(error)}`, { cause: error });
    }
  }

  private reason(error: unknown): string {
    // The hub's client ends a body with the words alone.
    if (typeof error === 'string') return `${this.props.url} broke off: ${error}`;
    const status = types.isNativeError(error) && 'statusCode' in error ? error.statusCode : undefined;
    if (status === 401 || status === 403)
      return 'the hub refuses; accept the licence of the model, and set HF_TOKEN of who did';
    if (status === 404) return 'the hub has no such repository or commit, or not for this HF_TOKEN';
    if (typeof status === 'number') return `the hub answers with status ${status}; run this again`;
    if (types.isNativeError(error) && isNetwork(error)) return `${this.props.url} cannot be reached${causeOf(error)}`;
    return outside(error);
  }
}

/** What `fetch` throws when a request or its body breaks off. */
const isNetwork = ({ name, message }: Error): boolean =>
  name === 'TypeError' && /^(fetch failed|terminated)$/.test(message);

const causeOf = ({ cause }: Error): string => (types.isNativeError(cause) ? `: ${cause.message}` : '');

function identityOf(
  repository: string,
  name: string,
  lfs: { readonly oid: string } | undefined,
  oid: string | undefined,
): HubFile['identity'] {
  if (lfs) return { kind: 'sha256', hex: lfs.oid };
  if (oid) return { kind: 'git', hex: oid };
  throw new Unreadable(`${repository}: the hub states no checksum of ${name}`);
}
