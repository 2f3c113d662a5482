import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { Agent } from './agent';
import { CHANNEL } from './call/names';
import type { Config } from './config';

/** The compiler has seen everything by then, and the connections stand. */
const TURNS = 4;
const FRAME = { optimal_frame_size: 640, ptime: 20 };
/** What is said back of a greeting: what came of it by then, up to a word or two. */
const LISTENED_MS = 300;
const SAID_FRAMES = 40;
/** Ends a turn. */
const SILENT_FRAMES = 20;

/**
 * A call with nobody, ahead of the first: the caller says back what the agent says, and interrupts it. Code that has never run
 * and connections that do not stand cost the first turns of a process tenths of a second, which no caller shall wait for.
 * Settles when all turns were answered, or `withinMs` is over: services that are gone are no reason to take no calls.
 */
export async function rehearse(config: Config, withinMs: number): Promise<void> {
  const http = createServer((_, response) => response.writeHead(404).end());
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const caller = new Caller(config.NUMBERS[0]?.number ?? '', `127.0.0.1:${port}`);
  const agent = new Agent(alone(config, port), 1, {
    line: (text) => caller.read(text),
    roundTrip: () => undefined,
    callsChanged: () => undefined,
  });
  http.on('upgrade', (request, socket, head) => agent.upgrade(request, socket, head));
  await agent.start();
  const late = setTimeout(() => caller.hangUp(), withinMs);
  await caller.talk();
  clearTimeout(late);
  agent.stop();
  http.close();
}

/** It tells the media server nothing, calls nobody's tool, and takes any sound of a voice for one. */
const alone = (config: Config, port: number): Config => ({
  ...config,
  NUMBERS: config.NUMBERS.slice(0, 1).map((one) => ({ ...one, tools: [] })),
  SERVER_URL: `http://127.0.0.1:${port}`,
  VAD: 'energy',
});

class Caller {
  private readonly number: string;
  private readonly socket: WebSocket;
  private readonly greeting: Buffer[] = [];
  private turns = 0;

  public constructor(number: string, host: string) {
    this.number = number;
    this.socket = new WebSocket(`ws://${host}/audio`, 'media');
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.hear(data) : this.mark(data.toString())));
  }

  /** Settles at the end of the call, whoever ends it. */
  public async talk(): Promise<void> {
    const over = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    this.socket.once('open', () => {
      const variables = { [CHANNEL.number]: this.number, [CHANNEL.callId]: 'rehearsal' };
      this.event({ event: 'MEDIA_START', format: 'slin16', ...FRAME, channel_variables: variables });
    });
    await over;
  }

  /** A line of the agent's. */
  public read(line: string): void {
    if (!line.includes('"mark":"first-frame-out"')) return;
    this.turns += 1;
    if (this.turns < TURNS) this.speak();
    else this.hangUp();
  }

  public hangUp(): void {
    this.socket.close();
  }

  private hear(frame: Buffer): void {
    if (this.greeting.length === 0) setTimeout(() => this.speak(), LISTENED_MS);
    if (this.greeting.length < SAID_FRAMES) this.greeting.push(frame);
  }

  private mark(text: string): void {
    const { command, correlation_id: id } = JSON.parse(text) as { command: string; correlation_id?: string };
    if (command === 'MARK_MEDIA') this.event({ event: 'MEDIA_MARK_PROCESSED', correlation_id: id });
    if (command === 'HANGUP') this.hangUp();
  }

  private speak(): void {
    const silence = Buffer.alloc(FRAME.optimal_frame_size);
    for (const frame of this.greeting) this.socket.send(frame);
    for (let count = 0; count < SILENT_FRAMES; count += 1) this.socket.send(silence);
  }

  private event(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
}
