/** Rows of weights, one an output. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Weights of a row. */
  readonly width: number;
}

const KERNEL = 3;

/**
 * Convolution over three steps with a zero at each end, then ReLU. Its memory is its own and used again at every window,
 * of whatever call: a window is computed in one go, and what is left for the collector makes callers wait.
 */
export class Convolution {
  public readonly steps: number;
  private readonly layer: Layer;
  private readonly inputs: number;
  private readonly stride: number;
  private readonly padded: Float32Array;
  private readonly row: Float32Array;
  private readonly out: Float32Array;

  public constructor(layer: Layer, steps: number, stride: number) {
    this.layer = inRows(layer);
    this.inputs = layer.width / KERNEL;
    this.stride = stride;
    this.steps = Math.floor((steps - 1) / stride) + 1;
    this.padded = new Float32Array((steps + 2) * this.inputs);
    this.row = new Float32Array(layer.bias.length);
    this.out = new Float32Array(this.steps * layer.bias.length);
  }

  public run(data: Float32Array): Float32Array {
    const { layer, inputs, stride, padded, out, row, steps } = this;
    padded.set(data, inputs);
    for (let step = 0; step < steps; step += 1) {
      multiply(layer, padded, step * stride * inputs, row);
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

/** Every row times the input from a place on, plus its bias. Four rows run side by side: this loop is where the time goes. */
export function multiply({ weights, bias, width }: Layer, input: Float32Array, start: number, out: Float32Array): void {
  const rows = bias.length - (bias.length % 4);
  for (let row = 0; row < rows; row += 4) {
    const first = row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    let [a, b, c, d] = [bias[row] ?? 0, bias[row + 1] ?? 0, bias[row + 2] ?? 0, bias[row + 3] ?? 0];
    for (let at = 0; at < width; at += 1) {
      const value = input[start + at] ?? 0;
      a += (weights[first + at] ?? 0) * value;
      b += (weights[second + at] ?? 0) * value;
      c += (weights[third + at] ?? 0) * value;
      d += (weights[fourth + at] ?? 0) * value;
    }
    out[row] = a;
    out[row + 1] = b;
    out[row + 2] = c;
    out[row + 3] = d;
  }
}

export function dot({ weights, bias, width }: Layer, input: Float32Array): number {
  let sum = bias[0] ?? 0;
  for (let at = 0; at < width; at += 1) sum += (weights[at] ?? 0) * (input[at] ?? 0);
  return sum;
}
