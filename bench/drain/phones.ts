import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { linearToUlaw, sine } from '../../lab/sound';

const PTIME_MS = 20;
const FRAME = 160;
const HEADER = 12;
const FIRST_PORT = 40_000;
/**
 * Who hears nothing for so long says nothing: the call is over, and the relay has given its port to the next one, which would
 * take whoever sends there for its caller.
 */
const OVER_MS = 70;
/** Of a call, in frames: the caller says something, and the agent's stages have work. */
const SPEAKS = { from: 400, to: 440 } as const;
const SILENCE = Buffer.alloc(FRAME, 0xff);
const SPEECH = Buffer.from(Array.from(sine(300, 8_000, FRAME), linearToUlaw));

export const portOf = (phone: number): number => FIRST_PORT + 2 * phone;

/** Unix ms, by a clock that never goes back. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Media ends of many callers: each sends a packet every 20 ms to whoever sends to it, and notes when it heard one. */
export class Phones {
  private readonly phones: readonly Phone[];

  private constructor(phones: readonly Phone[]) {
    this.phones = phones;
    const began = performance.now();
    let ticks = 0;
    setInterval(() => {
      // Timers come late; what is due by now goes out.
      const due = Math.floor((performance.now() - began) / PTIME_MS);
      for (; ticks < due; ticks += 1) for (const phone of phones) phone.speak();
    }, PTIME_MS / 2);
  }

  static async open(address: string, count: number): Promise<Phones> {
    return new Phones(await Promise.all(Array.from({ length: count }, (_, at) => Phone.open(address, portOf(at)))));
  }

  /** When the phone at a port heard a packet, Unix ms, in order. */
  heardAt(port: number): readonly number[] {
    return this.phones[(port - FIRST_PORT) / 2]?.heard ?? [];
  }
}

class Phone {
  readonly heard: number[] = [];
  private readonly socket: Socket;
  private far: RemoteInfo | undefined;
  private frames = 0;
  private readonly packet = Buffer.alloc(HEADER + FRAME);
  private sequence = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.packet.writeUInt8(0x80, 0);
    socket.on('message', (_, from) => this.hear(from));
  }

  static async open(address: string, port: number): Promise<Phone> {
    const socket = createSocket('udp4');
    socket.bind(port, address);
    await once(socket, 'listening');
    return new Phone(socket);
  }

  speak(): void {
    if (!this.far) return;
    if (now() - (this.heard.at(-1) ?? 0) > OVER_MS) return;
    this.frames += 1;
    this.sequence = (this.sequence + 1) & 0xffff;
    this.packet.writeUInt16BE(this.sequence, 2);
    this.packet.writeUInt32BE((this.frames * FRAME) >>> 0, 4);
    this.packet.set(this.frames > SPEAKS.from && this.frames < SPEAKS.to ? SPEECH : SILENCE, HEADER);
    // What is sent is a copy: the buffer is filled again before the system has taken it.
    this.socket.send(Buffer.from(this.packet), this.far.port, this.far.address);
  }

  private hear(from: RemoteInfo): void {
    this.heard.push(now());
    if (this.far?.port === from.port) return;
    [this.far, this.frames] = [from, 0];
    this.packet.writeUInt32BE((Math.random() * 2 ** 32) >>> 0, 8);
  }
}
