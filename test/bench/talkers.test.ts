import { execFileSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Heard } from '../../bench/density/heard';
import { end } from '../../lab/cleanup';
import { Daemon } from '../../lab/daemon';
import { freeRange } from '../../lab/ports';
import { isHere } from '../../lab/programs';
import { linearToUlaw, sine, ulawToLinear } from '../../lab/sound';
import { temporaryDirectory } from '../../lab/temporary';
import { until } from '../../lab/until';

const HZ = 440;
const FRAME = 160;
const SILENCE = Buffer.alloc(FRAME, 0xff);
const tone = (hz: number): Buffer => Buffer.from(Array.from(sine(hz, 8_000, FRAME), linearToUlaw));

/** What a media server is to one caller. */
class Far {
  readonly heard: Buffer[] = [];
  private readonly socket: Socket;
  private readonly port: number;
  private sequence = 65_530;

  private constructor(socket: Socket, port: number) {
    this.socket = socket;
    this.port = port;
    socket.on('message', (packet) => this.heard.push(packet.subarray(12)));
  }

  static async at(port: number): Promise<Far> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Far(socket, port);
  }

  /** One packet, after so many that never come. */
  send(payload: Buffer = SILENCE, { lost = 0, source = 1 } = {}): void {
    this.sequence += 1 + lost;
    const header = Buffer.alloc(12);
    header.writeUInt8(0x80, 0);
    header.writeUInt16BE(this.sequence & 0xffff, 2);
    header.writeUInt32BE(source, 8);
    this.socket.send(Buffer.concat([header, payload]), this.port, '127.0.0.1');
  }

  /** Whether the caller was loud of late. */
  hearsSpeech = (): boolean => this.heard.slice(-3).some((payload) => Math.abs(ulawToLinear(payload[0] ?? 0xff)) > 500);

  close(): void {
    this.socket.close();
  }
}

const withCompiler = isHere('cc') || process.env['CI'] !== undefined ? describe : describe.skip;

withCompiler('callers', () => {
  const directory = temporaryDirectory();
  const program = path.join(directory, 'talkers');
  const speech = path.join(directory, 'speech.ulaw');
  let talkers: Daemon;
  let far: Far;

  beforeAll(() => {
    const source = path.join(__dirname, '..', '..', 'bench', 'density', 'talkers.c');
    execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, source, '-lm']);
    writeFileSync(speech, Buffer.alloc(10 * FRAME, linearToUlaw(4_000)));
  });

  beforeEach(async () => {
    const { from } = await freeRange(2);
    talkers = new Daemon(program, ['127.0.0.1', String(from), '1', speech, '600', String(HZ)]);
    await talkers.says('ready');
    far = await Far.at(from);
    far.send();
    await talkers.says('sound');
  });

  afterEach(async () => {
    far.close();
    await talkers.stop();
  });

  afterAll(end);

  async function measured(act: () => void | Promise<void>): Promise<Heard> {
    talkers.process.stdin?.write('begin\n');
    await until('two rounds', () => far.heard.length > 5);
    await act();
    const sent = far.heard.length;
    await until('what was sent to be read', () => far.heard.length > sent + 3);
    talkers.process.stdin?.write('end\n');
    await talkers.says('sentLateUs');
    return JSON.parse(talkers.lines().find((line) => line.startsWith('{')) ?? '') as Heard;
  }

  test('count what comes, past the end of the numbers', async () => {
    const { packets, lost, streams } = await measured(() => {
      for (let count = 0; count < 12; count += 1) far.send();
    });
    expect({ packets, lost, streams }).toEqual({ packets: 12, lost: 0, streams: 1 });
  });

  test('count what is missing, before the first packet too', async () => {
    const { packets, lost } = await measured(() => {
      far.send(SILENCE, { lost: 1 });
      far.send(SILENCE, { lost: 2 });
    });
    expect({ packets, lost }).toEqual({ packets: 2, lost: 3 });
  });

  test('tell a stream from another', async () => {
    const { streams } = await measured(() => {
      far.send();
      far.send(SILENCE, { source: 2 });
    });
    expect(streams).toBe(2);
  });

  test('speak, and hear the tone as the answer and nothing else', async () => {
    const heard = await measured(async () => {
      await until('speech', far.hearsSpeech);
      await until('its end', () => !far.hearsSpeech());
      far.send(tone(1_200));
      far.send(tone(HZ));
      far.send(tone(HZ));
    });
    expect(heard).toMatchObject({ answered: 1, unanswered: 0 });
    expect(heard.turnUs).toHaveLength(1);
    expect(heard.said).toBeGreaterThan(0);
  });

  test('notice that nobody answers', async () => {
    const heard = await measured(async () => {
      for (let turn = 0; turn < 2; turn += 1) {
        await until('speech', far.hearsSpeech);
        await until('its end', () => !far.hearsSpeech());
        far.send(tone(1_200));
      }
    });
    expect(heard.answered).toBe(0);
    expect(heard.unanswered).toBeGreaterThan(0);
  });
});
