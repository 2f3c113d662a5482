import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { bytesOf } from '../../../../media/agent/audio/pcm';
import { tone } from './speech';

export interface Behaviour {
  /** What the caller is taken to have said, turn by turn; the last one again when they run out. */
  heard: string[];
  /** What the model answers: text, or tool calls, request by request; the last one again. */
  replies: (string | ((request: LlmRequestSeen) => string) | { readonly tool: string; readonly arguments?: object })[];
  sttMs: number;
  firstTokenMs: number;
  tokenMs: number;
  ttsMs: number;
  /** Of one character of speech. */
  speechMs: number;
  /** Answers with an error, or not at all. */
  broken: Partial<Record<'stt' | 'llm' | 'tts', 'error' | 'hang'>>;
}

const BEHAVIOUR: Behaviour = {
  heard: ['hello'],
  replies: ['Certainly, I can help you with that.'],
  sttMs: 5,
  firstTokenMs: 5,
  tokenMs: 1,
  ttsMs: 5,
  speechMs: 20,
  broken: {},
};

export interface Moment {
  readonly what: 'llm-request' | 'llm-token' | 'tts-request' | 'tts-byte';
  /** The system's words to the model, or what is to be spoken. */
  readonly text: string;
  /** On the clock of `performance.now`. */
  readonly at: number;
  /** The asking side's. */
  readonly port: number;
}

export interface LlmRequestSeen {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const TTS_RATE = 24_000;

/** Speech to text, a language model and a voice behind OpenAI's API, as slow and as broken as a test wants. */
export class FakeModels {
  public readonly behaviour: Behaviour;
  public readonly asked: LlmRequestSeen[] = [];
  public readonly spoken: string[] = [];
  public readonly requests = { stt: 0, llm: 0, tts: 0 };
  public readonly moments: Moment[] = [];
  public heardSeconds = 0;
  private readonly server: Server;

  private constructor(behaviour: Partial<Behaviour>) {
    this.behaviour = { ...BEHAVIOUR, ...behaviour };
    this.server = createServer(
      (request, response) => void this.answer(request, response).catch(() => response.destroy()),
    );
  }

  public static async start(behaviour: Partial<Behaviour> = {}, host = '127.0.0.1', port = 0): Promise<FakeModels> {
    const models = new FakeModels(behaviour);
    await new Promise<void>((resolve) => models.server.listen(port, host, resolve));
    return models;
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url === '/v1/audio/transcriptions') await this.stt(body, response);
    else if (request.url === '/v1/chat/completions') await this.llm(body, response);
    else if (request.url === '/v1/audio/speech') await this.tts(body, response);
    else response.writeHead(404).end();
  }

  private async isBroken(stage: 'stt' | 'llm' | 'tts', response: ServerResponse): Promise<boolean> {
    this.requests[stage] += 1;
    const how = this.behaviour.broken[stage];
    if (how === 'error') response.writeHead(500).end('{}');
    return how !== undefined;
  }

  private moment(what: Moment['what'], text: string, { socket }: ServerResponse): void {
    this.moments.push({ what, text, at: performance.now(), port: socket?.remotePort ?? 0 });
  }

  private async stt(body: Buffer, response: ServerResponse): Promise<void> {
    if (await this.isBroken('stt', response)) return;
    this.heardSeconds = body.length / 32_000;
    await wait(this.behaviour.sttMs);
    const { heard } = this.behaviour;
    const text = heard.length > 1 ? heard.shift() : heard[0];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text }));
  }

  private async llm(body: Buffer, response: ServerResponse): Promise<void> {
    if (await this.isBroken('llm', response)) return;
    const request = JSON.parse(body.toString()) as LlmRequestSeen;
    this.asked.push(request);
    const system = request.messages[0]?.content ?? '';
    this.moment('llm-request', system, response);
    const { replies, firstTokenMs, tokenMs } = this.behaviour;
    const next = replies.length > 1 ? replies.shift() : replies[0];
    const reply = typeof next === 'function' ? next(request) : next;
    await wait(firstTokenMs);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (typeof reply === 'object') this.chunk(response, { tool_calls: [toolCall(reply)] });
    else
      for (const token of reply?.match(/\s*\S+/g) ?? []) {
        this.chunk(response, { content: token });
        this.moment('llm-token', system, response);
        await wait(tokenMs);
      }
    response.end('data: [DONE]\n\n');
  }

  private chunk(response: ServerResponse, delta: object): void {
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
  }

  private async tts(body: Buffer, response: ServerResponse): Promise<void> {
    if (await this.isBroken('tts', response)) return;
    const { input } = JSON.parse(body.toString()) as { input: string };
    this.spoken.push(input);
    this.moment('tts-request', input, response);
    await wait(this.behaviour.ttsMs);
    const audio = bytesOf(tone(input.length * this.behaviour.speechMs, 440, 8_000, TTS_RATE));
    response.writeHead(200, { 'content-type': 'audio/pcm' });
    // In odd pieces, as networks cut; they leave together when this has run.
    for (let at = 0; at < audio.length; at += 4_001) response.write(audio.subarray(at, at + 4_001));
    this.moment('tts-byte', input, response);
    response.end();
  }
}

const toolCall = ({ tool, arguments: given = {} }: { tool: string; arguments?: object }) => ({
  index: 0,
  id: `call-${tool}`,
  type: 'function',
  function: { name: tool, arguments: JSON.stringify(given) },
});
