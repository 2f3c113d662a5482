import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { atEnd } from './cleanup';
import { linearToUlaw, sine, ulawToLinear } from './sound';

export interface Packet {
  readonly at: number;
  readonly type: number;
  readonly sequence: number;
  readonly payload: Buffer;
}

const PTIME_MS = 20;
const FRAME = 160;
const HEADER = 12;
const SILENCE = 0xff;
/** Unix ms, with fractions. */
const now = (): number => performance.timeOrigin + performance.now();

/** The media end of a caller: sends a packet every 20 ms to whoever sends to it, and keeps what it hears. */
export class Phone {
  readonly heard: Packet[] = [];
  /** Frequency it sings, 0 for silence; undefined: it sends nothing. */
  tone: number | undefined = 0;
  /** Milliseconds that the path holds back the sound of a packet, by its sequence number. */
  lateBy: (sequence: number) => number = () => 0;
  /** Sends back what it hears, whatever the codec. */
  echo = false;
  private readonly socket: Socket;
  private readonly clock: NodeJS.Timeout;
  private far?: RemoteInfo;
  private sequence = 0;
  private samples = 0;
  private readonly since = performance.now();
  private readonly speech: Buffer[] = [];
  private said: (at: number) => void = () => undefined;
  private keyUntil = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.socket.on('message', (data, from) => this.hear(data, from));
    this.clock = setInterval(() => this.catchUp(), PTIME_MS / 4);
    open.add(this);
    atEnd(() => this.close());
  }

  static async open(address = '127.0.0.1'): Promise<Phone> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new Phone(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** What it heard since then, G.711 mu-law only. */
  sound(since = 0): Int16Array {
    const bytes = Buffer.concat(
      this.heard.filter(({ at, type }) => type === 0 && at >= since).map((one) => one.payload),
    );
    return Int16Array.from(bytes, ulawToLinear);
  }

  /** Says G.711 mu-law speech; when its last frame went out, Unix ms. */
  say(speech: Uint8Array): Promise<number> {
    for (let at = 0; at < speech.length; at += FRAME) {
      const frame = Buffer.alloc(FRAME, SILENCE);
      frame.set(speech.subarray(at, at + FRAME));
      this.speech.push(frame);
    }
    return new Promise((resolve) => (this.said = resolve));
  }

  /** A key, as RFC 4733 has it: event packets while it is down, then three ends. */
  press(key: string, type = 101): void {
    const event = '0123456789*#'.indexOf(key);
    const timestamp = this.samples;
    this.keyUntil = timestamp + 7 * FRAME;
    const packet = (end: boolean, duration: number) =>
      this.packet(type, Buffer.from([event, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]), timestamp);
    for (const [index, end] of [false, false, false, false, true, true, true].entries()) {
      setTimeout(() => this.send(packet(end, Math.min(5, index + 1) * FRAME)), index * PTIME_MS);
    }
  }

  close(): void {
    if (!open.delete(this)) return;
    clearInterval(this.clock);
    this.socket.close();
  }

  private hear(data: Buffer, from: RemoteInfo): void {
    this.far ??= from;
    const packet = {
      at: now(),
      type: data.readUInt8(1) & 0x7f,
      sequence: data.readUInt16BE(2),
      payload: data.subarray(HEADER),
    };
    this.heard.push(packet);
    if (this.echo) this.send(this.packet(packet.type, packet.payload, (this.samples += FRAME)));
  }

  /** Timers come late; the packets that are due by now go out, so that the phone's clock is right in the long run. */
  private catchUp(): void {
    while (!this.echo && this.samples < (performance.now() - this.since) * 8) this.speak();
  }

  /** No sound is sent while a key is down. */
  private speak(): void {
    if (this.tone === undefined || this.samples < this.keyUntil) {
      this.samples += FRAME;
      return;
    }
    const said = this.speech.shift();
    const frame = said ?? Buffer.from(Array.from(sine(this.tone, 8_000, FRAME, this.samples), linearToUlaw));
    this.samples += FRAME;
    this.leave(this.packet(0, frame, this.samples));
    if (said && this.speech.length === 0) this.said(now());
  }

  private leave(packet: Buffer): void {
    const late = this.lateBy(this.sequence);
    if (late > 0) setTimeout(() => this.send(packet), late);
    else this.send(packet);
  }

  private packet(type: number, payload: Buffer, timestamp: number): Buffer {
    const header = Buffer.alloc(HEADER);
    header.writeUInt8(0x80, 0);
    header.writeUInt8(type, 1);
    header.writeUInt16BE((this.sequence += 1) & 0xffff, 2);
    header.writeUInt32BE(timestamp, 4);
    header.writeUInt32BE(0x5eed, 8);
    return Buffer.concat([header, payload]);
  }

  private send(packet: Buffer): void {
    if (this.far && open.has(this)) this.socket.send(packet, this.far.port, this.far.address);
  }
}

const open = new Set<Phone>();
