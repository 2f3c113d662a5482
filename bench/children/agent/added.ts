import type { Moment } from '../../../test/media/agent/support/fake-models';
import { type Stamp, sharedMs } from './stamps';

/** What the agent added to one turn, ms; whatever its event loop was late is in it, and whatever others were late is not. */
export interface Added {
  /** From the end-of-turn decision to the model's request on its way. */
  readonly toModel: number;
  /** From the last token of the first clause, written by the model, to the voice's request on its way. */
  readonly toVoice: number;
  /** From the first audio, written by the voice, to its first frame on its way to the media server. */
  readonly toCaller: number;
}

/** "Line N has an answer." is whole when the next word begins. */
const CLAUSE_TOKENS = 6;
/** From the clock of `performance.now` to the one that processes share. */
const toShared = sharedMs() - performance.now();

export const lineOf = (text: string): string => /line (\d+)/i.exec(text)?.[1] ?? '';

export const addedByLine = (lines: number, stamps: readonly Stamp[], moments: readonly Moment[]): Added[][] =>
  Array.from({ length: lines }, (_, line) => {
    const mine = moments.filter(({ text }) => lineOf(text) === String(line));
    const decisions = stamps.filter(({ what, who }) => what === 'decision' && who === line);
    return decisions.map(({ at }) => addedTo(line, at, stamps, mine));
  });

function addedTo(line: number, decision: number, stamps: readonly Stamp[], moments: readonly Moment[]): Added {
  const after = moments.filter(({ at }) => at + toShared > decision);
  const nth = (what: Moment['what'], index = 0) => after.filter((one) => one.what === what)[index];
  const frame = stamps.find(({ what, who, at }) => what === 'frame' && who === line && at > decision);
  return {
    toModel: left(stamps, nth('llm-request')) - decision,
    toVoice: left(stamps, nth('tts-request')) - written(nth('llm-token', CLAUSE_TOKENS - 1)),
    toCaller: (frame?.at ?? Number.NaN) - written(nth('tts-byte')),
  };
}

const written = (moment: Moment | undefined): number => (moment?.at ?? Number.NaN) + toShared;

/** When a request that came to the models left the agent. */
const left = (stamps: readonly Stamp[], came: Moment | undefined): number =>
  stamps.findLast(({ what, who, at }) => what === 'request' && who === came?.port && at < came.at + toShared)?.at ??
  Number.NaN;
