import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Socket, connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterTests } from '../cleanup';
import { until } from '../until';
import { type SipMessage, parseSip } from './message';

export interface Place {
  readonly address: string;
  readonly port: number;
}

/** One end of SIP on an address of its own: it sends what it is told, right or wrong, and keeps what comes. */
export abstract class SipPeer {
  readonly received: SipMessage[] = [];
  readonly transport: string;
  readonly place: Place;
  /** Called for each message that comes. */
  onMessage: (message: SipMessage, from: Place) => void = () => {};
  private read = 0;

  constructor(transport: string, place: Place) {
    this.transport = transport;
    this.place = place;
    afterTests(() => this.close());
  }

  abstract send(text: string | Buffer, to?: Place): void;
  abstract close(): void;

  /** The next message, of those not yet taken, that is `wanted`; what comes before it is skipped. */
  async next(what: string, wanted: (message: SipMessage) => boolean, milliseconds = 5_000): Promise<SipMessage> {
    return until(
      `${what}; came: ${this.received.map(({ text }) => text.split('\r\n')[0]).join(' | ')}`,
      () => {
        const found = this.received.findIndex((message, index) => index >= this.read && wanted(message));
        if (found < 0) return undefined;
        this.read = found + 1;
        return this.received[found];
      },
      milliseconds,
    );
  }

  response = (status: number, milliseconds?: number): Promise<SipMessage> =>
    this.next(`a ${status}`, (message) => message.status === status, milliseconds);

  final = (milliseconds?: number): Promise<SipMessage> =>
    this.next('a final response', ({ status }) => status >= 200, milliseconds);

  request = (method: string, milliseconds?: number): Promise<SipMessage> =>
    this.next(`a ${method}`, (message) => message.method === method, milliseconds);

  protected take(text: string, from: Place): void {
    const message = parseSip(text);
    this.received.push(message);
    this.onMessage(message, from);
  }
}

export class UdpPeer extends SipPeer {
  private readonly socket: UdpSocket;
  private readonly to: Place;

  private constructor(socket: UdpSocket, place: Place, to: Place) {
    super('UDP', place);
    this.socket = socket;
    this.to = to;
    socket.on('message', (data, { address, port }) => this.take(data.toString(), { address, port }));
  }

  static async at(place: Place, to: Place): Promise<UdpPeer> {
    const socket = createSocket('udp4');
    socket.bind(place.port, place.address);
    await once(socket, 'listening');
    return new UdpPeer(socket, place, to);
  }

  send(text: string | Buffer, { address, port } = this.to): void {
    this.socket.send(text, port, address);
  }

  close(): void {
    this.socket.removeAllListeners();
    this.socket.close();
    this.close = () => {};
  }
}

/** A connection of TCP or TLS; the port it calls from is the kernel's choice. */
export class StreamPeer extends SipPeer {
  private readonly socket: Socket;
  private rest: Buffer = Buffer.alloc(0);

  private constructor(transport: 'TCP' | 'TLS', socket: Socket) {
    super(transport, { address: socket.localAddress ?? '', port: socket.localPort ?? 0 });
    this.socket = socket;
    socket.on('data', (data) => this.split(Buffer.from(data)));
    socket.on('error', () => socket.destroy());
  }

  static async tcp(from: string, { address, port }: Place): Promise<StreamPeer> {
    const socket = connectTcp({ host: address, port, localAddress: from });
    await once(socket, 'connect');
    return new StreamPeer('TCP', socket);
  }

  static async tls(from: string, { address, port }: Place): Promise<StreamPeer> {
    // The test's certificate is its own; who it is for is looked at by the test that rotates it.
    const below = connectTcp({ host: address, port, localAddress: from });
    const socket = connectTls({ socket: below, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    return new StreamPeer('TLS', socket);
  }

  send(text: string | Buffer): void {
    this.socket.write(text);
  }

  close(): void {
    this.socket.destroy();
  }

  private split(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/^content-length:\s*(\d+)/im.exec(this.rest.subarray(0, end).toString())?.[1] ?? 0);
      if (this.rest.length < end + 4 + length) return;
      this.take(this.rest.subarray(0, end + 4 + length).toString(), this.place);
      this.rest = this.rest.subarray(end + 4 + length);
    }
  }
}
