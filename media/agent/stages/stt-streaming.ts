import { WebSocket } from 'ws';
import { bytesOf } from '../audio/pcm';
import { attempt, StageError } from '../pool/attempt';
import type { Service } from '../pool/service';
import { RATE, type StageContext, type Stt, type Transcription } from './types';
import type { OneShotOptions } from './stt-oneshot';

const ATTEMPTS = 2;

/**
 * Audio over one WebSocket while the caller speaks, the words at each commit: the realtime API for transcription, as
 * Speaches and vLLM serve it. A connection that fails costs nothing but time: the audio is kept and sent again.
 */
export const streamingStt = (service: Service, options: OneShotOptions): Stt => ({
  begin: (language) => new Streaming(service, options, language),
});

class Streaming implements Transcription {
  private readonly parts: Int16Array[] = [];
  private link: Link | undefined;

  private readonly service: Service;
  private readonly options: OneShotOptions;
  private readonly language: string;

  public constructor(service: Service, options: OneShotOptions, language: string) {
    this.service = service;
    this.options = options;
    this.language = language;
    this.link = this.connect(service.pick(new Set()));
  }

  public push(samples: Int16Array): void {
    this.parts.push(samples);
    this.link?.push(samples);
  }

  public async text({ signal, onRetry }: StageContext): Promise<string> {
    const { timeoutMs } = this.options;
    const { value, release } = await attempt(
      this.service,
      { timeoutMs, attempts: ATTEMPTS, signal, onRetry },
      async ({ baseUrl, signal: own }) => {
        const link = this.usable(baseUrl);
        own.addEventListener('abort', () => this.drop(link), { once: true });
        return await link.commit();
      },
    );
    release('good');
    return value.trim();
  }

  public close(): void {
    this.link?.close();
    this.parts.length = 0;
  }

  private drop(link: Link): void {
    link.close();
    if (this.link === link) this.link = undefined;
  }

  /** The one that has heard the caller so far, else a new one that is told everything at once. */
  private usable(baseUrl: string): Link {
    if (this.link?.isOpen()) return this.link;
    const link = new Link(baseUrl, this.options.model, this.language);
    for (const part of this.parts) link.push(part);
    this.link = link;
    return link;
  }

  private connect(address: string | undefined): Link | undefined {
    return address === undefined
      ? undefined
      : new Link(this.service.baseUrl(address), this.options.model, this.language);
  }
}

interface RealtimeEvent {
  readonly type?: string;
  readonly transcript?: string;
  readonly text?: string;
}

class Link {
  private readonly socket: WebSocket;
  private readonly waiting: string[] = [];
  private readonly finals: string[] = [];
  private committed = 0;
  private pushed = false;
  private broken = false;
  private settle: (() => void) | undefined;

  public constructor(baseUrl: string, model: string, language: string) {
    const query = new URLSearchParams({ intent: 'transcription', model }).toString();
    this.socket = new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/v1/realtime?${query}`, { perMessageDeflate: false });
    this.socket.on('open', () => this.flush());
    this.socket.on('message', (data: Buffer) => this.receive(JSON.parse(data.toString('utf8')) as RealtimeEvent));
    this.socket.on('error', () => this.fail());
    this.socket.on('close', () => this.fail());
    this.send({ type: 'session.update', session: session(model, language) });
  }

  public push(samples: Int16Array): void {
    this.pushed = true;
    this.send({ type: 'input_audio_buffer.append', audio: bytesOf(samples).toString('base64') });
  }

  public isOpen(): boolean {
    return !this.broken;
  }

  /** All words so far, once those of the audio since the last commit are there. */
  public async commit(): Promise<string> {
    if (this.pushed) {
      this.send({ type: 'input_audio_buffer.commit' });
      this.committed += 1;
      this.pushed = false;
    }
    await new Promise<void>((resolve) => {
      this.settle = resolve;
      this.check();
    });
    if (this.finals.length < this.committed) throw new StageError('failed');
    return this.finals.join(' ');
  }

  public close(): void {
    this.broken = true;
    this.socket.close();
  }

  private receive({ type = '', transcript, text }: RealtimeEvent): void {
    if (type.endsWith('input_audio_transcription.completed') || type === 'transcription.done') {
      this.finals.push((transcript ?? text ?? '').trim());
      this.check();
    } else if (type === 'error') this.fail();
  }

  private check(): void {
    if (this.broken || this.finals.length >= this.committed) this.settle?.();
  }

  private fail(): void {
    this.broken = true;
    this.check();
  }

  private send(message: unknown): void {
    if (this.socket.readyState === WebSocket.CONNECTING) this.waiting.push(JSON.stringify(message));
    else if (!this.broken) this.socket.send(JSON.stringify(message));
  }

  private flush(): void {
    for (const line of this.waiting.splice(0)) this.socket.send(line);
  }
}

/** The agent says when a turn ends, so the server must not. */
const session = (model: string, language: string) => ({
  type: 'transcription',
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: RATE },
      transcription: { model, language: language.split('-')[0] },
      turn_detection: null,
    },
  },
});
