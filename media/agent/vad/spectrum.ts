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

  /** Of the samples from a place on, and of those `later`, one behind the other: as two parts of one complex transform. */
  public magnitudes(samples: Float32Array, from: number, later: number, out: Float32Array, to: number): void {
    const { re, im, window } = this;
    for (let at = 0; at < SIZE; at += 1) {
      const weight = window[at] ?? 0;
      const place = REVERSED[at] ?? 0;
      re[place] = (samples[from + at] ?? 0) * weight;
      im[place] = (samples[from + later + at] ?? 0) * weight;
    }
    for (let half = 1; half < SIZE; half *= 2) butterflies(re, im, half);
    for (let bin = 0; bin <= HALF; bin += 1) {
      const mirror = (SIZE - bin) % SIZE;
      const [real, imaginary] = [re[bin] ?? 0, im[bin] ?? 0];
      const [otherReal, otherImaginary] = [re[mirror] ?? 0, im[mirror] ?? 0];
      out[to + bin] = magnitude(real + otherReal, imaginary - otherImaginary) / 2;
      out[to + HALF + 1 + bin] = magnitude(imaginary + otherImaginary, otherReal - real) / 2;
    }
  }
}

const magnitude = (real: number, imaginary: number): number => Math.sqrt(real * real + imaginary * imaginary);

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
