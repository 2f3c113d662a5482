import { Framer, level } from '../audio/pcm';
import { Resampler } from '../audio/resample';
import { RATE } from '../stages/types';
import type { Vad } from '../vad';
import { isSpeech } from '../vad/speech-gate';

export interface Window {
  readonly samples: Int16Array;
  readonly ms: number;
  readonly speech: boolean;
}

/** The caller's audio as windows that hold speech or do not. */
export class Ear {
  private readonly framer: Framer;
  private readonly resampler: Resampler | undefined;
  private speech = false;

  private readonly vad: Vad;
  private readonly playedLevel: () => number;

  public constructor(vad: Vad, rate: number, playedLevel: () => number) {
    this.vad = vad;
    this.playedLevel = playedLevel;
    this.framer = new Framer(vad.windowSamples);
    this.resampler = rate === RATE ? undefined : new Resampler(rate, RATE);
  }

  public hear(samples: Int16Array): Window[] {
    const ms = (this.vad.windowSamples * 1000) / RATE;
    return this.framer.push(this.resampler?.push(samples) ?? samples).map((window) => {
      const probability = this.vad.probability(window);
      const heard = { probability, level: level(window), playedLevel: this.playedLevel() };
      this.speech = isSpeech(heard, this.speech);
      return { samples: window, ms, speech: this.speech };
    });
  }
}
