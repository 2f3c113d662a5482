import { EnergyVad } from './energy';
import type { Vad } from './index';
import { loadSilero, modelFile, SileroVad } from './silero';

/** A maker of voice activity detectors, one a call; the model is read once. */
export function makeVads(kind: 'silero' | 'energy'): () => Vad {
  if (kind === 'energy') return () => new EnergyVad();
  const model = loadSilero(modelFile());
  warm(new SileroVad(model));
  return () => new SileroVad(model);
}

/** The compiler takes about a hundred windows to make fast code of it; no caller shall wait for that. */
function warm(vad: Vad): void {
  const window = new Int16Array(vad.windowSamples);
  for (let count = 0; count < 200; count += 1) vad.probability(window);
}
