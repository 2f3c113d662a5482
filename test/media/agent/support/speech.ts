import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resample } from '../../../../media/agent/audio/resample';

const RATE = 16_000;
const sentence = resample(Int16Array.from(readFileSync(join(__dirname, 'speech.ulaw')), linear), 8000, RATE);

/** "Hello, I would like to book an appointment.", as a telephone carries it (flite, voice rms, G.711). */
export const spoken = (): Int16Array => sentence.slice();

/** Its first word. */
export const hello = (): Int16Array => spoken().slice(0, (RATE * 720) / 1000);

export const silence = (ms: number): Int16Array => new Int16Array((RATE * ms) / 1000);

/** A tone, as loud as speech at half of full scale. */
export const tone = (ms: number, hz = 300, peak = 8_000, rate = RATE): Int16Array =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, at) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * at) / rate)),
  );

export const louder = (samples: Int16Array, by: number): Int16Array =>
  samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * by))));

/** G.711 mu-law. */
function linear(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = (((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4);
  return code & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}
