import type { StageContext, Tts } from '../stages/types';
import { leadingTrim } from '../audio/trim';
import { words } from '../turn/clauses';
import type { Playout } from './playout';

export interface SpeakerEvents {
  readonly firstClause: () => void;
  readonly firstByte: () => void;
  /** Audio of the reply went out. */
  readonly progress: () => void;
}

/** Requests that run at once: the next clause is made while one is played. */
const AHEAD = 2;

/** Speaks clauses in their order; each is asked for as soon as it is there. */
export class Speaker {
  private chain: Promise<void> = Promise.resolve();
  private readonly made: Promise<void>[] = [];
  private readonly trim = leadingTrim();
  private heardByte = false;

  private readonly tts: Tts;
  private readonly voice: string;
  private readonly playout: Playout;
  private readonly context: StageContext;
  private readonly events: SpeakerEvents;

  public constructor(tts: Tts, voice: string, playout: Playout, context: StageContext, events: SpeakerEvents) {
    this.tts = tts;
    this.voice = voice;
    this.playout = playout;
    this.context = context;
    this.events = events;
  }

  public say(text: string): void {
    if (words(text) === 0) return;
    if (this.made.length === 0) this.events.firstClause();
    const pieces = new Pieces();
    const made = (this.made.at(-AHEAD) ?? Promise.resolve()).then(() => this.make(text, pieces));
    this.made.push(made);
    this.chain = this.chain.then(() => this.play(text, pieces));
    // Its failure is heard where the reply waits for the end.
    this.chain.catch(() => undefined);
  }

  /** When all was sent to the caller; fails when a clause could not be made. */
  public async done(): Promise<void> {
    await this.chain;
  }

  public get hasSpoken(): boolean {
    return this.made.length > 0;
  }

  private async make(text: string, pieces: Pieces): Promise<void> {
    try {
      for await (const samples of this.tts.speak(text.trim(), this.voice, this.context)) {
        if (!this.heardByte) this.events.firstByte();
        this.heardByte = true;
        pieces.push(samples);
      }
      pieces.end();
    } catch (error) {
      pieces.fail(error);
    }
  }

  private async play(text: string, pieces: Pieces): Promise<void> {
    const clause = this.playout.clause(text);
    for await (const samples of pieces.read()) {
      if (this.context.signal.aborted) return;
      this.playout.push(clause, this.trim(samples));
      this.events.progress();
    }
    if (!this.context.signal.aborted) this.playout.endClause(clause);
  }
}

/** What is made before it is wanted. */
class Pieces {
  private readonly ready: Int16Array[] = [];
  private state: 'open' | 'ended' | { readonly error: unknown } = 'open';
  private wake: () => void = () => undefined;

  public push(samples: Int16Array): void {
    this.ready.push(samples);
    this.wake();
  }

  public end(): void {
    this.state = 'ended';
    this.wake();
  }

  public fail(error: unknown): void {
    this.state = { error };
    this.wake();
  }

  public async *read(): AsyncGenerator<Int16Array> {
    for (;;) {
      const next = this.ready.shift();
      if (next) yield next;
      else if (this.state === 'ended') return;
      else if (this.state === 'open') await new Promise<void>((resolve) => (this.wake = resolve));
      else throw this.state.error;
    }
  }
}
