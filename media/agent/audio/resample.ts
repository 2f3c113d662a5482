/** Taps on each side of the centre, in periods of the lower rate: 60 dB down at a quarter above the lower Nyquist. */
const ZERO_CROSSINGS = 12;
/** Of the lower Nyquist frequency: what lies above is filtered away before it can fold back. */
const CUTOFF = 0.9;
const FULL_SCALE = 32767;

/** Between two rates by a polyphase low-pass filter (windowed sinc); one instance a stream, as it keeps its tail. */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  private readonly phases: readonly Float32Array[];
  private readonly taps: number;
  private tail: Float32Array;
  /** Of the next output sample, in steps of 1/up input samples after the tail's first full window. */
  private position = 0;

  public constructor(from: number, to: number) {
    const divisor = greatestCommonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    this.phases = filter(this.up, this.down);
    this.taps = this.phases[0]?.length ?? 0;
    // Half a window of silence before the first sample, so that the output is not late.
    this.tail = new Float32Array(this.taps / 2 - 1);
  }

  /** What can be said of the samples so far; about a millisecond waits for the next call or for `end`. */
  public push(samples: Int16Array): Int16Array {
    const input = new Float32Array(this.tail.length + samples.length);
    input.set(this.tail);
    input.set(samples, this.tail.length);
    const out = new Int16Array(this.ready(input.length));
    for (const at of out.keys()) {
      const phase = this.phases[this.position % this.up];
      if (phase) out[at] = clamp(weigh(input, this.start(), phase));
      this.position += this.down;
    }
    const used = Math.min(this.start(), input.length);
    this.tail = input.slice(used);
    this.position -= used * this.up;
    return out;
  }

  /** The rest, as if silence followed. */
  public end(): Int16Array {
    return this.push(new Int16Array(this.taps / 2));
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
function filter(up: number, down: number): Float32Array[] {
  const stretch = Math.max(1, down / up);
  const half = Math.ceil(ZERO_CROSSINGS * stretch);
  return Array.from({ length: up }, (_, phase) => {
    const raw = Float32Array.from({ length: 2 * half }, (_, tap) =>
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

function weigh(input: Float32Array, from: number, taps: Float32Array): number {
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap += 1) sum += (input[from + tap] ?? 0) * (taps[tap] ?? 0);
  return sum;
}

const clamp = (value: number): number => Math.max(-FULL_SCALE - 1, Math.min(FULL_SCALE, Math.round(value)));

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
