import type { Transcription } from '../stages/types';
import { LISTENING, type TurnAction, type TurnState, turnStep } from '../turn/machine';
import { Ear, type Window } from './ear';
import type { Playout } from './playout';
import { Replies } from './replies';
import type { CallSetup } from './setup';

/** Audio kept from before the onset: the first sound of a word is softer than the rest. */
const PREROLL_WINDOWS = 10;

interface Turn {
  readonly number: number;
  readonly transcription: Transcription;
  readonly interrupted: boolean;
  asking?: { readonly abort: AbortController; readonly text: Promise<string> };
}

/** One call: who has the floor, what the caller said, and how it ends. What the agent says is in replies.ts. */
export class Conversation {
  private readonly replies: Replies;
  private readonly ear: Ear;
  private readonly preroll: Int16Array[] = [];
  private state: TurnState = LISTENING;
  private turns = 0;
  private turn: Turn | undefined;
  private lastSpeechAt = 0;
  private over = false;

  private readonly setup: CallSetup;

  public constructor(setup: CallSetup) {
    this.setup = setup;
    this.replies = new Replies(setup, {
      heard: () => this.tell('reply-done'),
      leave: (...how) => void this.leave(...how),
    });
    this.ear = new Ear(setup.vad, setup.format.rate, () => this.playout.recentLevel());
  }

  public get playout(): Playout {
    return this.replies.playout;
  }

  /** The agent speaks first. */
  public greet(): void {
    this.tell('reply-begun');
    this.replies.greet();
  }

  public hear(samples: Int16Array): void {
    if (this.over) return;
    for (const window of this.ear.hear(samples)) this.window(window);
  }

  public close(): void {
    this.over = true;
    this.replies.close();
    this.turn?.asking?.abort.abort();
    this.turn?.transcription.close();
  }

  private tell(kind: 'reply-begun' | 'reply-done'): void {
    this.state = turnStep(this.state, { kind }).state;
  }

  private window({ samples, ms, speech }: Window): void {
    if (speech) this.lastSpeechAt = performance.now();
    if (this.turn) this.turn.transcription.push(samples);
    else {
      this.preroll.push(samples);
      if (this.preroll.length > PREROLL_WINDOWS) this.preroll.shift();
    }
    const { state, actions } = turnStep(this.state, { kind: 'window', speech, ms }, this.setup.rules);
    this.state = state;
    for (const action of actions) this.act(action);
  }

  private act(action: TurnAction): void {
    if (action === 'speech-began') this.beginTurn(false);
    else if (action === 'barge-in') this.interrupt();
    else if (action === 'transcribe') this.transcribe();
    else if (action === 'discard-transcript') this.turn?.asking?.abort.abort();
    else this.decide();
  }

  private beginTurn(interrupted: boolean): void {
    const transcription = this.setup.stt.begin(this.setup.business.language);
    for (const samples of this.preroll.splice(0)) transcription.push(samples);
    this.turn = { number: this.turns, transcription, interrupted };
    this.turns += 1;
  }

  /** The floor is the caller's at once. */
  private interrupt(): void {
    this.setup.events.mark(this.replies.turn ?? this.turns, 'barge-in');
    this.replies.cut();
    this.beginTurn(true);
  }

  private transcribe(): void {
    const { turn } = this;
    if (!turn) return;
    const abort = new AbortController();
    const text = turn.transcription.text(this.replies.context('stt', abort.signal));
    // Its failure is heard by the reply, if there comes one.
    text.catch(() => undefined);
    turn.asking = { abort, text };
  }

  private decide(): void {
    const { turn } = this;
    if (!turn?.asking) return;
    const { number, transcription, interrupted, asking } = turn;
    this.turn = undefined;
    this.setup.events.mark(number, 'speech-end', this.lastSpeechAt);
    this.setup.events.mark(number, 'decision');
    const { signal, made } = this.replies.answer({ turn: number, text: asking.text, interrupted });
    signal.addEventListener('abort', () => asking.abort.abort(), { once: true });
    void made.finally(() => transcription.close());
  }

  /** A server that cannot be told takes the end of the socket for a lost agent, which is a transfer too. */
  private async leave(next: 'hangup' | 'transfer', reason: 'tool' | 'stage-down', context: string): Promise<void> {
    if (this.over) return;
    this.close();
    await this.setup.control.next(next, reason, context).catch(this.setup.log);
    this.setup.link.hangUp();
  }
}
