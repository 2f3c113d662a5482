/** Says how likely a window of 16 kHz samples holds speech. One instance a call. */
export interface Vad {
  readonly windowSamples: number;
  probability(window: Int16Array): number;
}
