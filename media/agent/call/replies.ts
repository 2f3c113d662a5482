import { stillHere } from '../audio/tone';
import { systemPrompt } from '../functions/prompt';
import { StageError } from '../pool/attempt';
import type { Message, StageContext } from '../stages/types';
import { Tools } from '../tools';
import { cover } from './cover';
import { Playout } from './playout';
import { type After, reply } from './reply';
import type { CallSetup } from './setup';
import { type Stage, Utterance } from './utterance';

const WATCH_MS = 100;

export interface RepliesEvents {
  /** The last one was heard to its end. */
  readonly heard: () => void;
  readonly leave: (next: 'hangup' | 'transfer', reason: 'tool' | 'stage-down', context: string) => void;
}

/** A turn of the caller's that is over. */
export interface Asked {
  readonly turn: number;
  readonly text: Promise<string>;
  readonly interrupted: boolean;
}

/** What the agent says, one reply at a time: made, covered where it takes long, played to its end or cut. */
export class Replies {
  public readonly playout: Playout;
  private readonly messages: Message[];
  private readonly tools: Tools;
  private readonly watch: NodeJS.Timeout;
  private current: Utterance | undefined;

  private readonly setup: CallSetup;
  private readonly events: RepliesEvents;

  public constructor(setup: CallSetup, events: RepliesEvents) {
    this.setup = setup;
    this.events = events;
    const { link, format, business } = setup;
    this.playout = new Playout(link, format, { firstFrame: () => this.firstFrame(), played: () => this.played() });
    this.messages = [{ role: 'system', content: systemPrompt(business) }];
    this.tools = new Tools(setup, () => this.progress());
    this.watch = setInterval(() => this.keepAlive(), WATCH_MS);
  }

  /** The agent speaks first. */
  public greet(): void {
    const one = this.begin(new Utterance('tts', this.setup.events));
    void this.run(one, () => this.speak(one, this.setup.business.greeting ?? this.setup.phrases.greeting));
  }

  /** `signal` is aborted when nobody wants the answer any more; `made` settles when all of it was made, or nothing more will be. */
  public answer(asked: Asked): { readonly signal: AbortSignal; readonly made: Promise<void> } {
    const one = this.begin(new Utterance('stt', this.setup.events, asked.turn));
    return { signal: one.signal, made: this.run(one, () => this.make(one, asked)) };
  }

  /** The turn whose reply is made or played now; a greeting is the answer to none. */
  public get turn(): number | undefined {
    return this.current?.answersTurn ? this.current.turn : undefined;
  }

  /** Of the reply only what was heard stays said. */
  public cut(): void {
    this.drop();
    this.remember('assistant', this.playout.cut());
  }

  public close(): void {
    clearInterval(this.watch);
    this.drop();
  }

  public context(stage: Stage, signal: AbortSignal): StageContext {
    const onRetry = (reason: string, attempt: number) =>
      this.setup.events.say({ event: 'stage.retried', stage, reason, attempt });
    return { signal, onRetry };
  }

  private begin(one: Utterance): Utterance {
    this.current = one;
    this.playout.begin();
    return one;
  }

  private drop(): void {
    this.current?.abort.abort();
    this.current = undefined;
  }

  private async make(one: Utterance, { text: asked, interrupted }: Asked): Promise<After> {
    const text = await asked;
    if (one.signal.aborted) return { next: 'listen' };
    one.note('stt-final');
    // A cough that interrupted must not end the conversation.
    if (text === '') return interrupted ? await this.speak(one, this.setup.phrases.pardon) : { next: 'listen' };
    this.remember('user', text);
    one.stage = 'llm';
    return await reply({
      setup: this.setup,
      one,
      playout: this.playout,
      messages: this.messages,
      context: (stage) => this.context(stage, one.signal),
      progress: () => this.progress(),
      filler: () => this.filler(),
      tool: (call) => this.tools.call(call, one.signal),
    });
  }

  /** Words of the agent's own, made by nobody. */
  private async speak(one: Utterance, text: string): Promise<After> {
    const samples = await this.setup.voiceBox.say(text, this.setup.voice, this.context('tts', one.signal));
    if (one.signal.aborted) return { next: 'listen' };
    this.say(text, samples);
    return { next: 'listen' };
  }

  private say(text: string, samples: Int16Array, isFiller = false): void {
    const clause = this.playout.clause(text, isFiller);
    this.playout.push(clause, samples);
    this.playout.endClause(clause);
  }

  /** What was made is played to its end before anything follows from it. */
  private async run(one: Utterance, make: () => Promise<After>): Promise<void> {
    try {
      const after = await make();
      if (this.current !== one) return;
      one.made = true;
      one.afterPlayed = () => this.follow(after);
      this.playout.end();
    } catch (error) {
      if (this.current === one) this.degrade(one.stage, error instanceof StageError ? error.reason : 'failed');
      if (!(error instanceof StageError) && !one.signal.aborted) this.setup.log(error);
    }
  }

  private played(): void {
    const { current: one } = this;
    if (!one?.made) return;
    this.remember('assistant', this.playout.heard());
    this.current = undefined;
    this.events.heard();
    one.afterPlayed();
  }

  private follow(after: After): void {
    if (after.next === 'listen') return;
    this.events.leave(after.next, 'tool', after.next === 'transfer' ? after.summary : '');
  }

  /** A person takes over: the media server apologises, from its own files. */
  private degrade(stage: Stage, reason: string): void {
    this.drop();
    this.setup.events.say({ event: 'stage.degraded', stage, reason, action: 'transfer' });
    this.events.leave('transfer', 'stage-down', '');
  }

  private keepAlive(): void {
    const { current: one } = this;
    if (!one || one.made) return;
    const now = performance.now();
    const silentMs = Math.min(now - one.begun, this.playout.silentMs());
    const what = cover({ silentMs, waitedMs: now - one.progressAt }, this.setup.patience);
    if (what === 'give-up') this.degrade(one.stage, 'slow');
    if (what !== 'filler') return;
    this.setup.events.say({ event: 'stage.degraded', stage: one.stage, reason: 'slow', action: 'filler' });
    this.filler();
  }

  private filler(): void {
    const { voiceBox, phrases, voice } = this.setup;
    this.say(phrases.filler, voiceBox.ready(phrases.filler, voice) ?? stillHere(), true);
  }

  private firstFrame(): void {
    const { current: one } = this;
    if (!one?.answersTurn) return;
    one.note('first-frame-out');
    this.setup.onRoundTrip(performance.now() - one.begun);
  }

  private progress(): void {
    if (this.current) this.current.progressAt = performance.now() + this.playout.remainingMs();
  }

  private remember(role: 'user' | 'assistant', content: string): void {
    if (content.trim() === '') return;
    this.messages.push({ role, content });
    this.setup.transcript?.note(role === 'user' ? 'caller' : 'agent', content);
  }
}
