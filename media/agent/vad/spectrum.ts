const SIZE = 256;
const HALF = SIZE / 2;
const BITS = 8;

const COS = Float64Array.from({ length: HALF }, (_, at) => Math.cos((2 * Math.PI * at) / SIZE));
const SIN = Float64Array.from({ length: HALF }, (_, at) => -Math.sin((2 * Math.PI * at) / SIZE));
const REVERSED = Uint8Array.from({ length: SIZE }, (_, at) => {
  let to = 0;
  for (let bit = 0; bit < BITS; bit += 1) to |= ((at >> bit) & 1) << (BITS - 1 - bit);
  return to;
});

/** Magnitudes of 129 bins of 256 windowed samples (radix-2 FFT). */
export class Spectrum {
  private readonly window: Float32Array;
  private readonly re = new Float64Array(SIZE);
  private readonly im = new Float64Array(SIZE);

  public constructor(window: Float32Array) {
    this.window = window;
  }

  public magnitudes(samples: Float32Array, from: number, out: Float32Array, to: number): void {
    const { re, im, window } = this;
    im.fill(0);
    for (let at = 0; at < SIZE; at += 1) re[REVERSED[at] ?? 0] = (samples[from + at] ?? 0) * (window[at] ?? 0);
    for (let half = 1; half < SIZE; half *= 2) butterflies(re, im, half);
    for (let bin = 0; bin <= HALF; bin += 1) out[to + bin] = Math.sqrt((re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2);
  }
}

function butterflies(re: Float64Array, im: Float64Array, half: number): void {
  const turn = HALF / half;
  for (let start = 0; start < SIZE; start += 2 * half)
    for (let at = 0; at < half; at += 1) {
      const low = start + at;
      const high = low + half;
      const cos = COS[at * turn] ?? 0;
      const sin = SIN[at * turn] ?? 0;
      const real = re[high] ?? 0;
      const imaginary = im[high] ?? 0;
      const x = real * cos - imaginary * sin;
      const y = real * sin + imaginary * cos;
      re[high] = (re[low] ?? 0) - x;
      im[high] = (im[low] ?? 0) - y;
      re[low] = (re[low] ?? 0) + x;
      im[low] = (im[low] ?? 0) + y;
    }
}
