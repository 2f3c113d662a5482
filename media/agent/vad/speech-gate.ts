/** Probability that opens speech, and the lower one that ends it. */
const OPENS = 0.5;
const ENDS = 0.35;
/** An echo comes back at -15 dB or less; the caller over the agent is louder than -9 dB of it. */
const OVER_ECHO = 10 ** (-9 / 20);
/** Below this a line is silent, whatever a model makes of its noise; 16-bit RMS, about -56 dBFS. */
const QUIET = 50;

export interface Heard {
  readonly probability: number;
  readonly level: number;
  /** Loudest level that was played to the caller in the last moments. */
  readonly playedLevel: number;
}

/** Is it the caller who speaks? */
export function isSpeech({ probability, level, playedLevel }: Heard, before: boolean): boolean {
  if (level < Math.max(QUIET, playedLevel * OVER_ECHO)) return false;
  return probability >= (before ? ENDS : OPENS);
}
