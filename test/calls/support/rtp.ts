import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterTests } from './cleanup';
import type { Place } from './sip/peer';
import type { Srtp } from './srtp';

const FRAME_MS = 20;
const FRAME_BYTES = 160;

/** One end of a G.711 stream, with SRTP if it has keys. Payloads tell who sent them: what arrives is compared byte by byte. */
export class RtpEnd {
  readonly place: Place;
  readonly payloads: Buffer[] = [];
  /** Packets as they came, before any decryption. */
  readonly packets: Buffer[] = [];
  srtp?: { readonly send: Srtp; readonly receive: Srtp };
  private readonly socket: Socket;
  private sequence = 1_000;

  private constructor(socket: Socket, place: Place) {
    this.socket = socket;
    this.place = place;
    socket.on('message', (packet) => this.take(packet));
    afterTests(() => socket.close());
  }

  static async at(place: Place): Promise<RtpEnd> {
    const socket = createSocket('udp4');
    socket.bind(place.port, place.address);
    await once(socket, 'listening');
    return new RtpEnd(socket, place);
  }

  /** Says `frames` frames that hold `byte`, at the pace of speech. */
  async say(byte: number, frames: number, to: Place): Promise<void> {
    for (let frame = 0; frame < frames; frame += 1) {
      const packet = Buffer.concat([this.header(), Buffer.alloc(FRAME_BYTES, byte)]);
      this.socket.send(this.srtp ? this.srtp.send.protect(packet) : packet, to.port, to.address);
      await sleep(FRAME_MS);
    }
  }

  /** Frames heard that hold nothing but `byte`. */
  heard = (byte: number): number =>
    this.payloads.filter((payload) => payload.equals(Buffer.alloc(FRAME_BYTES, byte))).length;

  private header(): Buffer {
    const header = Buffer.alloc(12);
    header.writeUInt16BE(0x80_00, 0);
    header.writeUInt16BE((this.sequence += 1), 2);
    header.writeUInt32BE(this.sequence * FRAME_BYTES, 4);
    header.writeUInt32BE(this.place.port, 8);
    return header;
  }

  private take(packet: Buffer): void {
    this.packets.push(packet);
    const plain = this.srtp ? this.srtp.receive.unprotect(packet) : packet;
    if (plain) this.payloads.push(plain.subarray(12));
  }
}
