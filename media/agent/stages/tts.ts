import { samplesOf } from '../audio/pcm';
import { Resampler } from '../audio/resample';
import { attempt, leased, opened } from '../pool/attempt';
import type { Service } from '../pool/service';
import { clientFor } from './openai-client';
import { RATE, type StageContext, type Tts } from './types';

export interface TtsOptions {
  readonly model: string;
  /** Of the PCM that the engine returns, Hz. */
  readonly sampleRate: number;
  /** Until the first byte, and between two pieces. */
  readonly timeoutMs: number;
}

const ATTEMPTS = 2;

/** `POST /v1/audio/speech` as raw PCM, played while it is made. */
export const openAiTts = (service: Service, options: TtsOptions): Tts => ({
  speak: (text, voice, context) => speak(service, options, { text, voice }, context),
});

async function* speak(
  service: Service,
  { model, sampleRate, timeoutMs }: TtsOptions,
  { text, voice }: { text: string; voice: string },
  { signal, onRetry }: StageContext,
): AsyncGenerator<Int16Array> {
  const request = { model, voice, input: text, response_format: 'pcm' as const };
  const asked = { timeoutMs, attempts: ATTEMPTS, signal, onRetry };
  const answer = await attempt(service, asked, async (lease) => {
    const { body } = await clientFor(lease.baseUrl).audio.speech.create(request, { signal: lease.signal });
    return await opened(body as unknown as AsyncIterable<Uint8Array>, timeoutMs);
  });
  yield* leased(answer, resampled(answer.value, sampleRate), signal);
}

/** Pieces end where the network cut them, in the middle of a sample too. */
async function* resampled(pieces: AsyncIterable<Uint8Array>, rate: number): AsyncGenerator<Int16Array> {
  const resampler = new Resampler(rate, RATE);
  let odd: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    const bytes = Buffer.concat([odd, piece]);
    odd = bytes.subarray(bytes.length - (bytes.length % 2));
    yield resampler.push(samplesOf(bytes));
  }
  yield resampler.end();
}
