import { setImmediate } from 'node:timers/promises';
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
const PART_MS = 100;

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
    const bytes = odd.length === 0 ? piece : Buffer.concat([odd, piece]);
    odd = bytes.subarray(bytes.length - (bytes.length % 2));
    for await (const samples of parted(samplesOf(bytes), rate)) yield resampler.push(samples);
  }
  yield resampler.end();
}

/** A second or more may come at once: its first part is played before the next is computed, and other calls go first. */
async function* parted(samples: Int16Array, rate: number): AsyncGenerator<Int16Array> {
  const size = (rate * PART_MS) / 1000;
  for (let at = 0; at < samples.length; at += size) {
    if (at > 0) await setImmediate();
    yield samples.subarray(at, at + size);
  }
}
