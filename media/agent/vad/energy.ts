import { level } from '../audio/pcm';
import type { Vad } from './index';

const WINDOW = 320;
/** Speech stands this far above the noise of the line. */
const OVER_NOISE = 4;
const LEAST_NOISE = 40;
const MOST_NOISE = 1_000;

/** Speech is what is loud beside the quietest of late: no model, no memory to speak of. */
export class EnergyVad implements Vad {
  public readonly windowSamples = WINDOW;
  private noise = LEAST_NOISE;

  public probability(window: Int16Array): number {
    const loud = level(window);
    this.noise = Math.min(MOST_NOISE, Math.max(LEAST_NOISE, loud < this.noise ? loud : this.noise * 1.01));
    return Math.min(1, loud / (2 * OVER_NOISE * this.noise));
  }
}
