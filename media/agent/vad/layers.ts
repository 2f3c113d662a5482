import { type Arena, LANES } from './simd';

/** Rows of weights, one an output. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Weights of a row. */
  readonly width: number;
}

const KERNEL = 3;

/** A layer where the loop of simd.ts can work on it: its rows filled up with zeros to whole vectors. */
export class Rows {
  /** What it gave last; its memory is used again at every window, of whatever call. */
  public readonly out: Float32Array;
  private readonly arena: Arena;
  private readonly weights: Float32Array;
  private readonly bias: Float32Array;

  public constructor(arena: Arena, { weights, bias, width }: Layer) {
    const filled = Math.ceil(width / LANES) * LANES;
    this.arena = arena;
    this.weights = arena.floats(bias.length * filled);
    this.bias = arena.floats(bias.length);
    this.out = arena.floats(bias.length);
    this.bias.set(bias);
    for (const row of bias.keys()) this.weights.set(weights.subarray(row * width, (row + 1) * width), row * filled);
  }

  /** Every row times the input from a place on, plus its bias. The input is the arena's too, with room for a whole vector. */
  public multiply(input: Float32Array, start = 0): Float32Array {
    const { arena, weights, bias, out } = this;
    const rowBytes = weights.byteLength / bias.length;
    const from = input.byteOffset + start * input.BYTES_PER_ELEMENT;
    arena.multiply(weights.byteOffset, bias.byteOffset, from, out.byteOffset, rowBytes, bias.length);
    return out;
  }
}

/**
 * Convolution over three steps with a zero at each end, then ReLU. Its memory is its own and used again at every window,
 * of whatever call: a window is computed in one go, and what is left for the collector makes callers wait.
 */
export class Convolution {
  public readonly steps: number;
  private readonly rows: Rows;
  private readonly inputs: number;
  private readonly stride: number;
  private readonly padded: Float32Array;
  private readonly out: Float32Array;

  public constructor(arena: Arena, layer: Layer, steps: number, stride: number) {
    this.rows = new Rows(arena, inRows(layer));
    this.inputs = layer.width / KERNEL;
    this.stride = stride;
    this.steps = Math.floor((steps - 1) / stride) + 1;
    this.padded = arena.floats((steps + 2) * this.inputs + LANES);
    this.out = arena.floats(this.steps * layer.bias.length);
  }

  public run(data: Float32Array): Float32Array {
    const { rows, inputs, stride, padded, out, steps } = this;
    padded.set(data, inputs);
    for (let step = 0; step < steps; step += 1) {
      const row = rows.multiply(padded, step * stride * inputs);
      for (let at = 0; at < row.length; at += 1) out[step * row.length + at] = Math.max(0, row[at] ?? 0);
    }
    return out;
  }
}

/**
 * Convolution weights are stored as [output][input][tap] and data here as [step][channel], so that what one output needs
 * lies in a row: the taps are brought to the front once, at start.
 */
function inRows({ weights, bias, width }: Layer): Layer {
  const inputs = width / KERNEL;
  const place = (at: number) => at - (at % width) + (at % inputs) * KERNEL + Math.floor((at % width) / inputs);
  return { weights: weights.map((_, at) => weights[place(at)] ?? 0), bias, width };
}

export function dot({ weights, bias, width }: Layer, input: Float32Array): number {
  let sum = bias[0] ?? 0;
  for (let at = 0; at < width; at += 1) sum += (weights[at] ?? 0) * (input[at] ?? 0);
  return sum;
}
