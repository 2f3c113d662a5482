/** Rows of weights, one an output. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Channels that come in. */
  readonly inputs: number;
  readonly stride: number;
}

const KERNEL = 3;

/**
 * Convolution weights are stored as [output][input][tap] and data here as [step][channel], so that what one output needs
 * lies in a row: the taps are brought to the front once, at start.
 */
export function layer(weights: Float32Array, bias: Float32Array, inputs: number, stride: number): Layer {
  const row = weights.length / bias.length;
  const taps = row / inputs;
  const ordered = weights.map(
    (_, at) => weights[at - (at % row) + (at % inputs) * taps + Math.floor((at % row) / inputs)] ?? 0,
  );
  return { weights: ordered, bias, inputs, stride };
}

/** Convolution over three steps with a zero at each end, then ReLU. */
export function conv(one: Layer, data: Float32Array, steps: number): { data: Float32Array; steps: number } {
  const { inputs, bias, stride } = one;
  const padded = new Float32Array((steps + 2) * inputs);
  padded.set(data, inputs);
  const count = Math.floor((steps - 1) / stride) + 1;
  const out = new Float32Array(count * bias.length);
  for (let step = 0; step < count; step += 1) {
    const from = step * stride * inputs;
    const slice = padded.subarray(from, from + KERNEL * inputs);
    for (let row = 0; row < bias.length; row += 1) out[step * bias.length + row] = Math.max(0, dot(one, row, slice));
  }
  return { data: out, steps: count };
}

/** One row times the input, plus its bias. Four sums run side by side: the loop is where the time goes. */
export function dot({ weights, bias }: Layer, row: number, input: Float32Array): number {
  const { length } = input;
  const from = row * length;
  let [a, b, c, d] = [0, 0, 0, 0];
  let at = 0;
  for (; at + 3 < length; at += 4) {
    a += (weights[from + at] ?? 0) * (input[at] ?? 0);
    b += (weights[from + at + 1] ?? 0) * (input[at + 1] ?? 0);
    c += (weights[from + at + 2] ?? 0) * (input[at + 2] ?? 0);
    d += (weights[from + at + 3] ?? 0) * (input[at + 3] ?? 0);
  }
  for (; at < length; at += 1) a += (weights[from + at] ?? 0) * (input[at] ?? 0);
  return a + b + c + d + (bias[row] ?? 0);
}
