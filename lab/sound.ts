/** G.711 mu-law and what of a tone is in a sound. */

export function ulawToLinear(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4);
  return value & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

export function linearToUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(32_635, Math.abs(sample)) + 0x84;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

export const sine = (hz: number, rate: number, length: number, from = 0, amplitude = 8_000): Int16Array =>
  Int16Array.from({ length }, (_, index) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * (from + index)) / rate)),
  );

/** Share of the sound's power that lies at `hz` (Goertzel): 1 for the pure tone, near 0 without it. */
export function toneShare(samples: Int16Array, rate: number, hz: number): number {
  const w = (2 * Math.PI * hz) / rate;
  let [real, imaginary, power] = [0, 0, 0];
  samples.forEach((sample, index) => {
    real += sample * Math.cos(w * index);
    imaginary += sample * Math.sin(w * index);
    power += sample * sample;
  });
  return power === 0 ? 0 : (2 * (real * real + imaginary * imaginary)) / (samples.length * power);
}

/** Root mean square. */
export const level = (samples: Int16Array): number =>
  samples.length === 0 ? 0 : Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

/** Best share of the tone in any tenth of a second that is loud enough to be heard. */
export function heardTone(samples: Int16Array, rate: number, hz: number): number {
  const size = rate / 10;
  let best = 0;
  for (let at = 0; at + size <= samples.length; at += size) {
    const part = samples.subarray(at, at + size);
    if (level(part) > 500) best = Math.max(best, toneShare(part, rate, hz));
  }
  return best;
}
