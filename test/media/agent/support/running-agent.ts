import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { Agent } from '../../../../media/agent/agent';
import type { Patience } from '../../../../media/agent/call/cover';
import { type Config, readConfig } from '../../../../media/agent/config';
import { type CallEvent, parseEvent } from '../../../../media/contract/events';
import { FakeAsterisk, type FakeCall } from './fake-asterisk';
import type { FakeModels } from './fake-models';

export const NUMBER = '+12025550101';
const SECRET = 'secret of this boot';

export interface AgentOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly business?: object;
  readonly cap?: number;
  readonly patience?: Patience;
  /** Where it listens, and a real media server's door, instead of any port and a fake one. */
  readonly port?: number;
  readonly server?: { readonly url: string; readonly secretFile: string };
}

/** The agent as one process of it runs, with fake models and a fake media server's door around it. */
export class RunningAgent {
  public readonly lines: string[] = [];
  private readonly parsed: CallEvent[] = [];
  private read = 0;
  /** When each came, on the clock of `performance.now`. */
  public readonly times: number[] = [];
  /** When it last sent FLUSH_MEDIA, on the same clock. */
  public flushedAt = 0;
  /** What the agent asked of the media server. */
  public readonly asked: Record<string, string>[] = [];
  /** Keys that the media server holds. */
  public digits: string[] = [];
  public readonly agent: Agent;
  private readonly http = createServer();
  private readonly door: Server;
  private readonly folder: string;

  private constructor(config: Config, { cap = 10, patience }: AgentOptions, door: Server, folder: string) {
    this.door = door;
    this.folder = folder;
    const output = {
      line: (text: string) => {
        this.lines.push(text);
        this.times.push(performance.now());
      },
      roundTrip: () => undefined,
      callsChanged: () => undefined,
    };
    this.agent = new Agent(config, cap, output, patience);
    this.http.on('upgrade', (request, socket, head) => this.agent.upgrade(request, this.watched(socket), head));
  }

  /** When the agent says so, not when it is heard: how busy the machine is must not count. */
  private watched(socket: Duplex): Duplex {
    const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
    return Object.assign(socket, {
      write: (data: Buffer, ...rest: unknown[]): boolean => {
        if (data.includes('FLUSH_MEDIA')) this.flushedAt = performance.now();
        return write(data, ...rest);
      },
    });
  }

  public static async start(models: FakeModels, options: AgentOptions = {}): Promise<RunningAgent> {
    const door = createServer();
    await listening(door);
    const folder = mkdtempSync(join(tmpdir(), 'agent-'));
    const secretFile = join(folder, 'server-secret');
    writeFileSync(secretFile, `${SECRET}\n`);
    const config = readConfig(environment(models, options, options.server ?? { url: urlOf(door), secretFile }));
    if ('problems' in config) throw new Error(config.problems.join('; '));
    const running = new RunningAgent(config, options, door, folder);
    door.on('request', (request, response) => {
      const url = new URL(request.url ?? '', 'http://door');
      if (request.headers.authorization !== `Bearer ${SECRET}`) return response.writeHead(401).end();
      if (url.pathname.endsWith('/digits'))
        return response.end(JSON.stringify({ digits: running.digits.shift() ?? '' }));
      running.asked.push({ path: url.pathname, ...Object.fromEntries(url.searchParams) });
      return response.writeHead(204).end();
    });
    await running.agent.start();
    await listening(running.http, options.port);
    return running;
  }

  public get url(): string {
    return `${urlOf(this.http).replace('http', 'ws')}/audio`;
  }

  public async dial(call: Partial<FakeCall> = {}): Promise<FakeAsterisk> {
    const variables = {
      VOICECELL_CALL_ID: 'call-1',
      VOICECELL_NUMBER: NUMBER,
      VOICECELL_CALLER_CHANNEL: '1764140000.1',
      VOICECELL_STARTED_AT: String(Date.now() * 1000),
    };
    return await FakeAsterisk.dial({ url: this.url, variables, ...call });
  }

  /** Variables that the agent set on the caller's channel. */
  public get variables(): Record<string, string> {
    return Object.fromEntries(this.asked.map(({ variable = '', value = '' }) => [variable, value]));
  }

  /** Its event lines; fails on one that is none. */
  public get events(): readonly CallEvent[] {
    for (const line of this.lines.slice(this.read)) {
      this.read += 1;
      if (!line.includes('"level":"error"')) this.parsed.push(eventOf(line));
    }
    return this.parsed;
  }

  public timeOf(mark: string): number {
    return this.times[this.lines.findLastIndex((line) => line.includes(`"mark":"${mark}"`))] ?? Number.NaN;
  }

  public marks(turn: number): string[] {
    return this.events.flatMap((one) => (one.event === 'turn.mark' && one.turn === turn ? [one.mark] : []));
  }

  public closeDoor(): void {
    this.door.close();
    this.door.closeAllConnections();
  }

  public stop(): void {
    this.agent.stop();
    for (const server of [this.http, this.door]) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(this.folder, { recursive: true });
  }
}

function eventOf(line: string): CallEvent {
  const parsed = parseEvent(line);
  if ('problems' in parsed) throw new Error(`${line}: ${parsed.problems.join('; ')}`);
  return parsed.event;
}

export function environment(
  models: FakeModels,
  { env = {}, business = {} }: AgentOptions,
  { url, secretFile }: { url: string; secretFile: string },
): Record<string, string> {
  const one = { number: NUMBER, function: 'reception', persona: 'calm', language: 'en-US', queue: 'desk', ...business };
  return {
    STT_URL: models.url,
    LLM_URL: models.url,
    TTS_URL: models.url,
    STT_MODEL: 'stt',
    LLM_MODEL: 'llm',
    TTS_MODEL: 'tts',
    AUDIO_PORT: '9100',
    STATUS_PORT: '8089',
    MAX_CALLS: '10',
    NUMBERS: JSON.stringify([one]),
    SERVER_URL: url,
    SERVER_SECRET_FILE: secretFile,
    VAD: 'energy',
    ...env,
  };
}

const listening = (server: Server, port = 0): Promise<void> =>
  new Promise((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
