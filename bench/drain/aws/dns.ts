import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Host → addresses and service → hosts with ports: what the zone of a private namespace has. */
export interface Zone {
  readonly srv: (name: string) => readonly { readonly target: string; readonly port: number }[] | undefined;
  readonly a: (name: string) => string | undefined;
}

const TYPE = { a: 1, srv: 33 } as const;
const HEADER = 12;
const TTL_SECONDS = 10;
const NO_SUCH_NAME = 3;

/** The VPC's resolver, as far as rosters ask it. */
export async function resolver(host: string, zone: Zone, port = 53): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answerTo(query, zone), port, address));
  socket.bind(port, host);
  await once(socket, 'listening');
  return socket;
}

export function answerTo(query: Buffer, zone: Zone): Buffer {
  const { name, end } = nameAt(query, HEADER);
  const type = query.readUInt16BE(end);
  const question = query.subarray(HEADER, end + 4);
  const answers = recordsOf(name, type, zone);
  const header = Buffer.from(query.subarray(0, HEADER));
  header.writeUInt16BE(answers ? 0x8580 : 0x8580 | NO_SUCH_NAME, 2);
  [1, answers?.length ?? 0, 0, 0].forEach((count, at) => header.writeUInt16BE(count, 4 + 2 * at));
  return Buffer.concat([header, question, ...(answers ?? [])]);
}

/** Undefined where there is no such name at all. */
function recordsOf(name: string, type: number, zone: Zone): Buffer[] | undefined {
  const [services, address] = [zone.srv(name), zone.a(name)];
  if (!services && address === undefined) return undefined;
  if (type === TYPE.srv && services)
    return services.map(({ target, port }) => record(name, type, Buffer.concat([shorts(1, 1, port), labels(target)])));
  return type === TYPE.a && address !== undefined
    ? [record(name, type, Buffer.from(address.split('.').map(Number)))]
    : [];
}

function record(name: string, type: number, data: Buffer): Buffer {
  return Buffer.concat([labels(name), shorts(type, 1, 0, TTL_SECONDS, data.length), data]);
}

function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, at) => bytes.writeUInt16BE(value, 2 * at));
  return bytes;
}

const labels = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

/** Questions are not compressed. */
function nameAt(message: Buffer, from: number): { readonly name: string; readonly end: number } {
  const parts: string[] = [];
  let at = from;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    parts.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: parts.join('.'), end: at + 1 };
}
