/** Taps on each side of the centre, in periods of the lower rate: 60 dB down at a quarter above the lower Nyquist. */
const ZERO_CROSSINGS = 12;
/** Of the lower Nyquist frequency: what lies above is filtered away before it can fold back. */
const CUTOFF = 0.9;
const FULL_SCALE = 32767;

/** Between two rates by a polyphase low-pass filter (windowed sinc); one instance a stream, as it keeps its tail. */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  private readonly phases: readonly Float64Array[];
  private readonly taps: number;
  /** What is not used up yet, and room for more: it lasts, as every frame of every call comes by here. */
  private input: Float64Array;
  private kept: number;
  /** Of the next output sample, in steps of 1/up input samples after the first full window of what is kept. */
  private position = 0;

  public constructor(from: number, to: number) {
    const divisor = greatestCommonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    this.phases = filter(this.up, this.down);
    this.taps = this.phases[0]?.length ?? 0;
    // Half a window of silence before the first sample, so that the output is not late.
    this.kept = this.taps / 2 - 1;
    this.input = new Float64Array(this.kept);
  }

  /** What can be said of the samples so far; about a millisecond waits for the next call or for `end`. */
  public push(samples: Int16Array): Int16Array {
    const { phases, up, down } = this;
    const length = this.kept + samples.length;
    const input = this.roomFor(length);
    input.set(samples, this.kept);
    const out = new Int16Array(this.ready(length));
    for (let at = 0; at < out.length; at += 1) {
      const phase = phases[this.position % up];
      if (phase) out[at] = clamp(weigh(input, this.start(), phase));
      this.position += down;
    }
    const used = Math.min(this.start(), length);
    input.copyWithin(0, used, length);
    this.kept = length - used;
    this.position -= used * up;
    return out;
  }

  /** The rest, as if silence followed. */
  public end(): Int16Array {
    return this.push(new Int16Array(this.taps / 2));
  }

  private roomFor(length: number): Float64Array {
    if (this.input.length >= length) return this.input;
    const larger = new Float64Array(length);
    larger.set(this.input);
    this.input = larger;
    return larger;
  }

  /** Output samples whose window ends within so many input samples. */
  private ready(length: number): number {
    const room = (length - this.taps + 1) * this.up - this.position;
    return Math.max(0, Math.ceil(room / this.down));
  }

  private start(): number {
    return Math.floor(this.position / this.up);
  }
}

/** Between two rates, all at once. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  const one = new Resampler(from, to);
  const head = one.push(samples);
  const rest = one.end();
  const all = new Int16Array(head.length + rest.length);
  all.set(head);
  all.set(rest, head.length);
  return all;
}

/** Filter taps by phase: output sample `phase / up` lies between taps `taps/2 - 1` and `taps/2`. */
function filter(up: number, down: number): Float64Array[] {
  const stretch = Math.max(1, down / up);
  const half = Math.ceil(ZERO_CROSSINGS * stretch);
  return Array.from({ length: up }, (_, phase) => {
    const raw = Float64Array.from({ length: 2 * half }, (_, tap) =>
      windowedSinc((tap - (half - 1) - phase / up) / stretch, half / stretch),
    );
    const sum = raw.reduce((total, value) => total + value, 0);
    return raw.map((value) => value / sum);
  });
}

function windowedSinc(at: number, half: number): number {
  if (Math.abs(at) >= half) return 0;
  const angle = Math.PI * at * CUTOFF;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  const turn = (Math.PI * at) / half;
  return sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
}

/** An even number of taps; two sums, as the next product need not wait for the last. */
function weigh(input: Float64Array, from: number, taps: Float64Array): number {
  let [even, odd] = [0, 0];
  for (let tap = 0; tap < taps.length; tap += 2) {
    even += (input[from + tap] ?? 0) * (taps[tap] ?? 0);
    odd += (input[from + tap + 1] ?? 0) * (taps[tap + 1] ?? 0);
  }
  return even + odd;
}

const clamp = (value: number): number => Math.max(-FULL_SCALE - 1, Math.min(FULL_SCALE, Math.round(value)));

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
