import type { CallEvents, Mark } from './events';

export type Stage = 'stt' | 'llm' | 'tts';

/** The greeting, and nobody's turn. */
const NO_TURN = -1;

/** One reply of the agent, from the decision until it was heard or cut. */
export class Utterance {
  public readonly turn: number;
  public readonly abort = new AbortController();
  public readonly begun = performance.now();
  /** What it waits for now. */
  public stage: Stage;
  public progressAt = this.begun;
  /** Nothing is added any more. */
  public made = false;
  public afterPlayed: () => void = () => undefined;
  private readonly noted = new Set<Mark>();
  private readonly events: CallEvents;

  public constructor(stage: Stage, events: CallEvents, turn = NO_TURN) {
    this.stage = stage;
    this.events = events;
    this.turn = turn;
  }

  public get signal(): AbortSignal {
    return this.abort.signal;
  }

  public get answersTurn(): boolean {
    return this.turn !== NO_TURN;
  }

  /** Each moment once. */
  public note(mark: Mark): void {
    if (!this.answersTurn || this.noted.has(mark)) return;
    this.noted.add(mark);
    this.events.mark(this.turn, mark);
  }
}
