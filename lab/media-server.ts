import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type CallEvent, parseEvent } from '../media/contract';
import { Daemon } from './daemon';
import { freePort, freeRange } from './ports';
import { until } from './until';

const ROOT = path.join(__dirname, '..');
export const NUMBER = '+12025550100';

export interface ServerOptions {
  readonly directory: string;
  /** Audio of the prompts, rendered once for a file. */
  readonly prompts: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * What starts it, with the environment it needs.
   * @default its program, on this machine
   */
  readonly starts?: (env: Readonly<Record<string, string>>) => readonly string[];
}

/** The media server as its container runs it, on ports of its own. */
export class MediaServer {
  readonly address: string;
  readonly port: number;
  readonly agentPort: number;
  private readonly daemon: Daemon;
  private readonly doorPort: number;
  private readonly directory: string;

  private constructor(
    daemon: Daemon,
    directory: string,
    { address, ...ports }: { address: string; sip: number; agent: number; door: number },
  ) {
    this.daemon = daemon;
    this.address = address;
    this.directory = directory;
    this.port = ports.sip;
    this.agentPort = ports.agent;
    this.doorPort = ports.door;
  }

  static async start({ directory, prompts, env = {}, starts }: ServerOptions): Promise<MediaServer> {
    const [sip, agent, door, http, manager] = await Promise.all(Array.from({ length: 5 }, () => freePort()));
    if (!sip || !agent || !door) throw new Error('no ports');
    const { MAX_CALLS = '10' } = env;
    const rtp = await freeRange(4 * Number(MAX_CALLS));
    for (const name of ['run', 'spool']) mkdirSync(path.join(directory, name), { recursive: true });
    const all = {
      RUN_DIRECTORY: path.join(directory, 'run'),
      PROMPT_DIRECTORY: prompts,
      SIP_ADDRESS: '127.0.0.1',
      SIP_PORT: String(sip),
      EDGE_CIDRS: '127.0.0.1/32',
      RTP_PORT_MIN: String(rtp.from),
      RTP_PORT_MAX: String(rtp.to),
      HTTP_PORT: String(http),
      MANAGER_PORT: String(manager),
      CONTROL_PORT: String(door),
      AGENT_AUDIO_URL: `ws://127.0.0.1:${agent}/audio`,
      MAX_CALLS,
      MAX_CALL_SECONDS: '60',
      NO_NEW_CALLS_FILE: path.join(directory, 'run', 'no-new-calls'),
      LEAVING_FILE: path.join(directory, 'run', 'leaving'),
      SPOOL_DIRECTORY: path.join(directory, 'spool'),
      CONSENT_MODE: 'none',
      CONSENT_ON_REFUSAL: 'no-record',
      AI_DISCLOSURE: 'never',
      NUMBERS: JSON.stringify([
        { number: NUMBER, function: 'desk', persona: 'desk', language: 'en-US', queue: 'desk' },
      ]),
      QUEUES: '[]',
      ...env,
    };
    const [command = '', ...args] = starts?.(all) ?? [process.execPath, '--import', 'tsx', 'media/server/main.ts'];
    const daemon = new Daemon(command, args, { cwd: ROOT, env: { ...ASTERISK, ...all } });
    await daemon.says('"ready"', 30_000);
    return new MediaServer(daemon, directory, { address: env['SIP_ADDRESS'] ?? '127.0.0.1', sip, agent, door });
  }

  /** Lines of the event contract; a line that claims to be one and is not fails the test. */
  events(callId?: string): CallEvent[] {
    const events = this.daemon
      .lines()
      .filter((line) => line.startsWith('{"v"'))
      .map((line) => {
        const parsed = parseEvent(line);
        if ('problems' in parsed) throw new Error(`${line}: ${parsed.problems.join(', ')}`);
        return parsed.event;
      });
    return events.filter((event) => callId === undefined || event.callId === callId);
  }

  event(callId: string, name: CallEvent['event'], milliseconds = 20_000): Promise<CallEvent> {
    return until(`${name} of ${callId}`, () => this.events(callId).find(({ event }) => event === name), milliseconds);
  }

  get output(): string {
    return this.daemon.output;
  }

  get pid(): number {
    return this.daemon.process.pid ?? 0;
  }

  get spool(): string {
    return path.join(this.directory, 'spool');
  }

  recordingFile(callId: string): string {
    return path.join(this.spool, `${callId}.raw`);
  }

  isRecorded(callId: string): boolean {
    return statSync(this.recordingFile(callId), { throwIfNoEntry: false }) !== undefined;
  }

  /** Both sides of a narrowband recording, 8 kHz. */
  recording(callId: string): { caller: Int16Array; agent: Int16Array } {
    const both = samples(this.recordingFile(callId));
    const side = (offset: number) => both.filter((_, index) => index % 2 === offset);
    return { caller: side(0), agent: side(1) };
  }

  /** Both sides of a wideband recording, 16 kHz. */
  wideRecording(callId: string): { caller: Int16Array; agent: Int16Array } {
    const side = (name: string) => samples(path.join(this.spool, `${callId}.${name}.sln16`));
    return { caller: side('caller'), agent: side('agent') };
  }

  /** What an agent asks of its call; the HTTP status of the answer. */
  async ask(path: string, secret = this.secret()): Promise<number> {
    return (await this.request(path, secret)).status;
  }

  /** Keys pressed while the recording is paused, for the payment tool. */
  async digits(channel: string): Promise<string> {
    const response = await this.request(`${channel}/digits`, this.secret());
    return ((await response.json()) as { digits: string }).digits;
  }

  /** Where an agent asks, and the file with what it has to show. */
  get door(): { readonly url: string; readonly secretFile: string } {
    return { url: `http://127.0.0.1:${this.doorPort}`, secretFile: this.secretFile };
  }

  /** As a node dies: nothing is said to anybody. */
  kill(): void {
    this.daemon.signal('SIGKILL');
  }

  stop(): Promise<void> {
    return this.daemon.stop();
  }

  private get secretFile(): string {
    return path.join(this.directory, 'run', 'server-secret');
  }

  private request(path: string, secret: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.doorPort}/channels/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
    });
  }

  private secret(): string {
    return readFileSync(this.secretFile, 'utf8');
  }
}

const samples = (file: string): Int16Array => new Int16Array(new Uint8Array(readFileSync(file)).buffer);

/** Where Asterisk of the next Debian lies beside this one's (.ci/asterisk); empty where the machine has its own. */
const BESIDE = '/opt/asterisk-22/usr';
export const ASTERISK: Readonly<Record<string, string>> = statSync(BESIDE, { throwIfNoEntry: false })
  ? {
      ASTERISK_MODULES: `${BESIDE}/lib/x86_64-linux-gnu/asterisk/modules`,
      ASTERISK_DOCUMENTATION: `${BESIDE}/share/asterisk/documentation`,
    }
  : {};
