import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bytesOf, samplesOf } from '../../../../media/agent/audio/pcm';

const FRAME_MS = 20;
const XOFF_FRAMES = 900;
const XON_FRAMES = 800;
/** Taken after XOFF; what comes beyond is lost. */
const SPARE_FRAMES = 100;

export interface FakeCall {
  readonly url: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly format?: 'slin' | 'slin16';
  /** What comes back of the agent's own voice, as a factor. */
  readonly echo?: number;
  /** Frames at which the queue says stop; the server's own figure by default. */
  readonly xoffFrames?: number;
}

type Queued = { readonly frame: Int16Array } | { readonly mark: string };

/**
 * The media server's side of chan_websocket: sends the caller's audio every 20 ms, plays what it is sent on the same
 * clock, answers marks when they are reached, forgets queue and marks on FLUSH_MEDIA, and says XOFF and XON.
 */
export class FakeAsterisk {
  /** What the caller heard, frame by frame; silence where the agent sent nothing. */
  public readonly heard: Int16Array[] = [];
  public readonly commands: string[] = [];
  /** Came long after XOFF, and nobody will hear them. */
  public framesLost = 0;
  public oddFrames = 0;
  public longestCommand = 0;
  /** What was heard by the last FLUSH_MEDIA. */
  public flushedAtFrame = 0;
  public closed = false;
  /** When audio began to come after a silence of the agent's, on the clock of `performance.now`. */
  public audioBeganAt = 0;
  private readonly socket: WebSocket;
  private readonly call: FakeCall;
  private readonly rate: number;
  private queue: Queued[] = [];
  private say: Int16Array[] = [];
  private isOff = false;
  private framesSinceOff = 0;
  private timer: NodeJS.Timeout | undefined;
  private begun = 0;

  private constructor(socket: WebSocket, call: FakeCall) {
    this.socket = socket;
    this.call = call;
    this.rate = call.format === 'slin' ? 8000 : 16_000;
    socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.audio(data) : this.command(data.toString())));
    socket.on('close', () => this.stop());
  }

  public static async dial(call: FakeCall): Promise<FakeAsterisk> {
    const socket = new WebSocket(call.url, 'media');
    const asterisk = new FakeAsterisk(socket, call);
    await once(socket, 'open');
    asterisk.start();
    return asterisk;
  }

  /** The caller says this, in real time; settles when it was said. */
  public async speak(samples: Int16Array): Promise<void> {
    const size = this.frameSamples;
    for (let at = 0; at + size <= samples.length; at += size) this.say.push(samples.slice(at, at + size));
    await this.until(() => this.say.length === 0, samples.length / (this.rate / 1000) + 3_000);
  }

  public async until(holds: () => boolean, ms = 5_000): Promise<void> {
    const end = performance.now() + ms;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`waited ${ms} ms: ${holds.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Milliseconds of agent audio that were heard from a frame on. */
  public voicedMs(from = 0): number {
    return this.heard.slice(from).filter(isVoiced).length * FRAME_MS;
  }

  /** Longest stretch without agent audio in a range of frames. */
  public longestSilenceMs(from: number, to = this.heard.length): number {
    let [run, most] = [0, 0];
    for (const frame of this.heard.slice(from, to)) {
      run = isVoiced(frame) ? 0 : run + 1;
      most = Math.max(most, run);
    }
    return most * FRAME_MS;
  }

  public send(event: object): void {
    this.event(event);
  }

  public hangUp(): void {
    this.stop();
    this.socket.close();
  }

  public get queuedFrames(): number {
    return this.queue.filter((one) => 'frame' in one).length;
  }

  private get frameSamples(): number {
    return (this.rate * FRAME_MS) / 1000;
  }

  private start(): void {
    const { variables = {}, format = 'slin16' } = this.call;
    const frame = { optimal_frame_size: this.frameSamples * 2, ptime: FRAME_MS };
    this.event({ event: 'MEDIA_START', format, ...frame, channel_variables: variables });
    this.begun = performance.now();
    this.timer = setInterval(() => this.catchUp(), 5);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.closed = true;
  }

  private catchUp(): void {
    while (this.begun + this.heard.length * FRAME_MS <= performance.now()) this.tick();
  }

  private tick(): void {
    const frame = this.take();
    this.heard.push(frame);
    const said = this.say.shift() ?? new Int16Array(this.frameSamples);
    const { echo = 0 } = this.call;
    this.socket.send(
      bytesOf(echo === 0 ? said : said.map((sample, at) => sample + Math.round((frame[at] ?? 0) * echo))),
    );
    if (this.isOff && this.queuedFrames < Math.min(XON_FRAMES, this.limit - 1)) {
      this.isOff = false;
      this.event({ event: 'MEDIA_XON' });
    }
  }

  private take(): Int16Array {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      if ('frame' in next) return next.frame;
      this.event({ event: 'MEDIA_MARK_PROCESSED', correlation_id: next.mark });
    }
    return new Int16Array(this.frameSamples);
  }

  private get limit(): number {
    return this.call.xoffFrames ?? XOFF_FRAMES;
  }

  private audio(data: Buffer): void {
    if (data.length !== this.frameSamples * 2) this.oddFrames += 1;
    if (this.isOff && ++this.framesSinceOff > SPARE_FRAMES) this.framesLost += 1;
    if (this.queue.length <= 1) this.audioBeganAt = performance.now();
    this.queue.push({ frame: samplesOf(data) });
    if (this.isOff || this.queuedFrames < this.limit) return;
    this.isOff = true;
    this.event({ event: 'MEDIA_XOFF' });
    // What the agent sent before it read the word is no fault of its own, and on a busy machine it is much.
    this.framesSinceOff = -Infinity;
    this.socket.ping();
    this.socket.once('pong', () => (this.framesSinceOff = 0));
  }

  private command(text: string): void {
    this.longestCommand = Math.max(this.longestCommand, Buffer.byteLength(text));
    const { command = '', correlation_id: mark = '' } = JSON.parse(text) as Record<string, string>;
    this.commands.push(command);
    if (command === 'MARK_MEDIA') this.queue.push({ mark });
    if (command === 'FLUSH_MEDIA') {
      this.queue = [];
      this.flushedAtFrame = this.heard.length;
    }
    if (command === 'HANGUP') this.hangUp();
  }

  private event(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ ...message, channel_id: 'fake' }));
  }
}

const isVoiced = (frame: Int16Array): boolean => frame.some((sample) => Math.abs(sample) > 100);
