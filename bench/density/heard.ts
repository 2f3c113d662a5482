/** What one caller heard while all were on the line, as talkers.c says it. */
export interface Heard {
  readonly packets: number;
  readonly lost: number;
  /** Streams, told apart by their source; a call has one. */
  readonly streams: number;
  readonly said: number;
  readonly answered: number;
  readonly unanswered: number;
  readonly worstUs: number;
  /** Of each answer, from the last packet of what was said to the first of the reply. */
  readonly turnUs: readonly number[];
  /** Gaps between packets: at most so many microseconds, how often. */
  readonly gaps: Gaps;
}

export type Gaps = readonly (readonly [atMostUs: number, times: number])[];

/** The bucket that this share of the gaps does not go beyond, ms. */
export function gapPercentileMs(gaps: Gaps, percent: number): number {
  const rank = Math.ceil((gaps.reduce((sum, [, times]) => sum + times, 0) * percent) / 100);
  let seen = 0;
  for (const [atMostUs, times] of gaps.toSorted(([one], [other]) => one - other)) {
    seen += times;
    if (seen >= rank && seen > 0) return atMostUs / 1000;
  }
  return Number.NaN;
}

export const allGaps = (heard: readonly Heard[]): Gaps => heard.flatMap(({ gaps }) => gaps);
