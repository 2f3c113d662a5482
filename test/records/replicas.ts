import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before the emulator and gives copies of objects the version ids of their sources, as S3's replication does and the
 * emulator cannot. Also answers as a test says, where the emulator never refuses.
 */
export class Replicas {
  /** Bucket of copies → version id of the source → version id in the emulator. */
  readonly ids = new Map<string, Map<string, string>>();
  /** What is refused: a request with this method, path and operation. */
  denied: RegExp | undefined;
  /** Method, path and operation of every request, in their order. */
  readonly asked: string[] = [];
  private awaited: { readonly request: RegExp; readonly work: () => Promise<void> } | undefined;
  private readonly server: Server;
  private readonly target: URL;

  private constructor(target: string) {
    this.target = new URL(target);
    this.server = createServer((incoming, response) => void this.answer(incoming, response));
  }

  static async before(target: string): Promise<Replicas> {
    const replicas = new Replicas(target);
    await new Promise<void>((resolve) => replicas.server.listen(0, '127.0.0.1', resolve));
    return replicas;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Does something before the next such request is answered, as another person at the same time might. */
  before(request: RegExp, work: () => Promise<void>): void {
    this.awaited = { request, work };
  }

  copied(bucket: string, source: string, copy: string): void {
    this.ids.set(bucket, new Map([...(this.ids.get(bucket) ?? []), [source, copy]]));
  }

  reset(): void {
    this.ids.clear();
    this.denied = undefined;
    this.awaited = undefined;
    this.asked.length = 0;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const asked = `${method} ${url} ${String(headers['x-amz-target'] ?? '')}`;
    this.asked.push(asked);
    if (this.awaited?.request.test(asked)) {
      const { work } = this.awaited;
      this.awaited = undefined;
      await work();
    }
    if (this.denied?.test(asked)) {
      incoming.resume();
      refuse(response, { isHead: method === 'HEAD', isJson: 'x-amz-target' in headers });
      return;
    }
    const ids = [...(this.ids.get(url.split(/[/?]/)[1] ?? '') ?? [])];
    const path = ids.reduce((text, [source, copy]) => text.replace(source, copy), url);
    const { hostname, port } = this.target;
    const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
      if (ids.length === 0) {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = ids.reduce(
          (all, [source, copy]) => all.replaceAll(copy, source),
          Buffer.concat(chunks).toString(),
        );
        response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': Buffer.byteLength(text) });
        response.end(method === 'HEAD' ? undefined : text);
      });
    });
    incoming.pipe(outgoing);
  }
}

/** As S3 refuses, or a service that speaks JSON. */
function refuse(
  response: ServerResponse,
  { isHead, isJson }: { readonly isHead: boolean; readonly isJson: boolean },
): void {
  const json = JSON.stringify({ __type: 'AccessDeniedException', message: 'no' });
  const xml = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
  response.writeHead(isJson ? 400 : 403, { 'content-type': isJson ? 'application/x-amz-json-1.0' : 'application/xml' });
  response.end(isHead ? undefined : isJson ? json : xml);
}
