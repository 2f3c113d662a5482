import { createConnection, type Socket } from 'node:net';

/** One block of Asterisk's manager interface, an event or a response. */
export type Message = Readonly<Record<string, string>>;

/** Blocks in a stream, and what is left of one that is not whole. */
export function parseMessages(text: string): { messages: Message[]; rest: string } {
  const blocks = text.split('\r\n\r\n');
  const rest = blocks.pop() ?? '';
  return { messages: blocks.map(parseBlock), rest };
}

/** The greeting is a line of its own before the first block and has no key. */
function parseBlock(block: string): Message {
  const pairs = block.split('\r\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(': ');
    if (at > 0) return [[line.slice(0, at), line.slice(at + 2)]];
    return line.endsWith(':') ? [[line.slice(0, -1), '']] : [];
  });
  return Object.fromEntries(pairs);
}

/** A line break in a value would be another header. */
export const formatAction = (fields: Message): string =>
  `${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value.replaceAll(/[\r\n]/g, ' ')}`)
    .join('\r\n')}\r\n\r\n`;

/** A connection to the manager: sends actions, hands on events. */
export class Manager {
  private readonly waiting = new Map<string, (ok: boolean) => void>();
  /** Modules load after the manager is open. */
  private readonly booted: Promise<void>;
  private readonly socket: Socket;
  private next = 0;
  private rest = '';

  private constructor(socket: Socket, onEvent: (event: Message) => void) {
    this.socket = socket;
    socket.setEncoding('utf8');
    this.booted = new Promise((resolve) => {
      socket.on('data', (text: string) =>
        this.read(text, (event) => (event['Event'] === 'FullyBooted' ? resolve() : onEvent(event))),
      );
    });
    socket.on('close', () => this.waiting.forEach((settle) => settle(false)));
  }

  /** Logged in; rejects where nobody listens yet. */
  static async connect(port: number, secret: string, onEvent: (event: Message) => void): Promise<Manager> {
    const socket = createConnection({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const manager = new Manager(socket, onEvent);
    socket.on('error', () => socket.destroy());
    if (!(await manager.send({ Action: 'Login', Username: 'warden', Secret: secret }))) {
      throw new Error('the manager refuses the secret of this boot');
    }
    await manager.booted;
    return manager;
  }

  /** True when Asterisk did it. */
  send(action: Message): Promise<boolean> {
    const id = String((this.next += 1));
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.write(formatAction({ ...action, ActionID: id }));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string, onEvent: (event: Message) => void): void {
    const { messages, rest } = parseMessages(this.rest + text);
    this.rest = rest;
    for (const message of messages) {
      if (message['Event']) onEvent(message);
      else this.settle(message);
    }
  }

  private settle({ ActionID: id = '', Response: response }: Message): void {
    this.waiting.get(id)?.(response === 'Success');
    this.waiting.delete(id);
  }
}
