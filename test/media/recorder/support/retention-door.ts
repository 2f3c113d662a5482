import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the emulator, which knows the lock of a version and tells it with the object's head, but not when asked for it. */
export class RetentionDoor {
  private readonly server: Server;
  private readonly target: string;

  private constructor(target: string) {
    this.target = target;
    this.server = createServer((incoming, response) => {
      if (incoming.method === 'GET' && incoming.url?.includes('retention')) void this.retention(incoming, response);
      else this.pass(incoming, response);
    });
  }

  static async before(target: string): Promise<RetentionDoor> {
    const door = new RetentionDoor(target);
    await new Promise<void>((resolve) => {
      door.server.listen(0, '127.0.0.1', resolve);
    });
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private async retention({ url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const head = await fetch(`${this.target}${url.replace(/retention&?/, '')}`, {
      method: 'HEAD',
      headers: { authorization: String(headers.authorization) },
    });
    const [mode, until] = ['mode', 'retain-until-date'].map((name) => head.headers.get(`x-amz-object-lock-${name}`));
    response.writeHead(mode ? 200 : 404, { 'content-type': 'application/xml' });
    response.end(
      mode
        ? `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`
        : '<Error><Code>NoSuchObjectLockConfiguration</Code></Error>',
    );
  }

  private pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method, url, headers } = incoming;
    const onwards = request(`${this.target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onwards);
  }
}
