import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { sine } from './tones';
import { until } from './until';

export interface Control {
  /** Unix ms, with fractions. */
  readonly at: number;
  readonly event: string;
  readonly correlation_id?: string;
  readonly digit?: string;
  readonly format?: string;
  readonly channel_variables?: Readonly<Record<string, string>>;
}

/** One call at the agent: what came over its WebSocket, and what may be said into it. */
export class Talk {
  readonly controls: Control[] = [];
  private readonly audio: { readonly at: number; readonly data: Buffer }[] = [];
  private readonly socket: WebSocket;
  private beeps = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) this.audio.push({ at: Date.now(), data });
      else this.controls.push({ ...(JSON.parse(data.toString()) as Control), at: now() });
    });
  }

  get variables(): Readonly<Record<string, string>> {
    return this.controls.find(({ event }) => event === 'MEDIA_START')?.channel_variables ?? {};
  }

  /** Samples a second in both directions: 16 kHz where the caller's codec is wide, else 8. */
  get rate(): number {
    return this.controls.find(({ event }) => event === 'MEDIA_START')?.format === 'slin16' ? 16_000 : 8_000;
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  digits(): string {
    return this.controls.flatMap(({ event, digit = '' }) => (event === 'DTMF_END' ? digit : [])).join('');
  }

  /** Signed linear, at its rate. */
  heard(since = 0): Int16Array {
    const bytes = Buffer.concat(this.audio.filter(({ at }) => at >= since).map(({ data }) => data));
    return new Int16Array(new Uint8Array(bytes).buffer);
  }

  /** A tone of a tenth of a second. When the server read it from the queue, Unix ms. */
  async beep(hz: number): Promise<number> {
    const id = `beep-${(this.beeps += 1)}`;
    this.command({ command: 'MARK_MEDIA', correlation_id: id });
    this.socket.send(Buffer.from(sine(hz, this.rate, this.rate / 10).buffer));
    return until(`the mark of ${id}`, () => this.controls.find(({ correlation_id: mark }) => mark === id)?.at);
  }

  sing(hz: number, seconds: number): void {
    this.command({ command: 'START_MEDIA_BUFFERING' });
    // A message of more than 64 KiB ends the connection.
    for (let second = 0; second < seconds; second += 1) {
      this.socket.send(Buffer.from(sine(hz, this.rate, this.rate, second * this.rate).buffer));
    }
    this.command({ command: 'STOP_MEDIA_BUFFERING' });
  }

  command(command: object): void {
    this.socket.send(JSON.stringify(command));
  }

  /** As a killed process does. */
  die(): void {
    this.socket.terminate();
  }
}

const now = (): number => performance.timeOrigin + performance.now();

/** Speaks chan_websocket's protocol as an agent does, and thinks nothing. */
export class FakeAgent {
  readonly talks: Talk[] = [];
  private readonly server: WebSocketServer;

  private constructor(server: WebSocketServer) {
    this.server = server;
    server.on('connection', (socket) => this.talks.push(new Talk(socket)));
    open.add(this);
  }

  static async listen(port: number): Promise<FakeAgent> {
    const server = new WebSocketServer({ host: '127.0.0.1', port, path: '/audio', handleProtocols: () => 'media' });
    await once(server, 'listening');
    return new FakeAgent(server);
  }

  /** The next call that comes, once it has started. */
  async nextTalk(): Promise<Talk> {
    const count = this.talks.length;
    return until(
      'a call at the agent',
      () => this.talks.slice(count).find(({ controls }) => controls.length > 0),
      20_000,
    );
  }

  close(): void {
    open.delete(this);
    for (const client of this.server.clients) client.terminate();
    this.server.close();
  }
}

const open = new Set<FakeAgent>();

afterAll(() => [...open].forEach((agent) => agent.close()));
