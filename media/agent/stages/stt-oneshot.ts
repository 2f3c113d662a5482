import { toFile } from 'openai';
import { joined } from '../audio/pcm';
import { wav } from '../audio/wav';
import { attempt } from '../pool/attempt';
import type { Service } from '../pool/service';
import { clientFor } from './openai-client';
import { RATE, type StageContext, type Stt, type Transcription } from './types';

export interface OneShotOptions {
  readonly model: string;
  readonly timeoutMs: number;
}

const ATTEMPTS = 2;

/** `POST /v1/audio/transcriptions` with the whole turn at each pause, as Speaches and its like take it. */
export const oneShotStt = (service: Service, options: OneShotOptions): Stt => ({
  begin: (language) => new OneShot(service, options, language),
});

class OneShot implements Transcription {
  private readonly parts: Int16Array[] = [];

  private readonly service: Service;
  private readonly options: OneShotOptions;
  private readonly language: string;

  public constructor(service: Service, options: OneShotOptions, language: string) {
    this.service = service;
    this.options = options;
    this.language = language;
  }

  public push(samples: Int16Array): void {
    this.parts.push(samples);
  }

  public async text({ signal, onRetry }: StageContext): Promise<string> {
    const { model, timeoutMs } = this.options;
    const language = this.language.split('-')[0];
    const audio = wav(joined(this.parts), RATE);
    const { value, release } = await attempt(
      this.service,
      { timeoutMs, attempts: ATTEMPTS, signal, onRetry },
      async (lease) => {
        const file = await toFile(audio, 'turn.wav', { type: 'audio/wav' });
        const body = { file, model, ...(language ? { language } : {}) };
        return await clientFor(lease.baseUrl).audio.transcriptions.create(body, { signal: lease.signal });
      },
    );
    release('good');
    return value.text.trim();
  }

  public close(): void {
    this.parts.length = 0;
  }
}
