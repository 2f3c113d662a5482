import { stillHere } from '../audio/tone';
import { StageError } from '../pool/attempt';
import type { Transcription } from '../stages/types';
import { LISTENING, type TurnAction, type TurnState, turnStep } from '../turn/machine';
import type { CallSetup } from './setup';
import { cover } from './cover';
import { Ear, type Window } from './ear';
import { Playout } from './playout';
import { type After, reply } from './reply';
import { Tools } from '../tools';
import { systemPrompt } from '../functions/prompt';
import type { Message, StageContext } from '../stages/types';

/** Audio kept from before the onset: the first sound of a word is softer than the rest. */
const PREROLL_WINDOWS = 10;
const WATCH_MS = 100;

interface Turn {
  readonly number: number;
  readonly transcription: Transcription;
  readonly interrupted: boolean;
  asking?: { readonly abort: AbortController; readonly text: Promise<string> };
}

interface Reply {
  readonly abort: AbortController;
  readonly turn: number;
  readonly begun: number;
  readonly once: Set<string>;
  stage: 'stt' | 'llm' | 'tts';
  progressAt: number;
  made: boolean;
}

/** One call: who speaks, what was said, and what happens next. */
export class Conversation {
  public readonly playout: Playout;
  private readonly ear: Ear;
  private readonly messages: Message[];
  private readonly preroll: Int16Array[] = [];
  private readonly tools: Tools;
  private readonly watch: NodeJS.Timeout;
  private state: TurnState = LISTENING;
  private turns = 0;
  private turn: Turn | undefined;
  private reply: Reply | undefined;
  private lastSpeechAt = 0;
  private over = false;

  private readonly setup: CallSetup;

  public constructor(setup: CallSetup) {
    this.setup = setup;
    const { link, format, vad, business } = setup;
    this.playout = new Playout(link, format, { firstFrame: () => this.firstFrame(), played: () => this.played() });
    this.ear = new Ear(vad, format.rate, () => this.playout.recentLevel());
    this.messages = [{ role: 'system', content: systemPrompt(business) }];
    this.tools = new Tools(setup, () => this.progress());
    this.watch = setInterval(() => this.keepAlive(), WATCH_MS);
  }

  /** The agent speaks first. */
  public greet(): void {
    const text = this.setup.business.greeting ?? this.setup.phrases.greeting;
    this.state = turnStep(this.state, { kind: 'reply-begun' }).state;
    const one = this.beginReply('tts');
    void this.run(one, () => this.speak(one, text));
  }

  public hear(samples: Int16Array): void {
    if (this.over) return;
    for (const window of this.ear.hear(samples)) this.window(window);
  }

  public close(): void {
    this.over = true;
    clearInterval(this.watch);
    this.reply?.abort.abort();
    this.reply = undefined;
    this.turn?.asking?.abort.abort();
    this.turn?.transcription.close();
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

  /** The floor is the caller's at once; of the reply only what was heard stays said. */
  private interrupt(): void {
    this.setup.events.mark(this.reply?.turn ?? this.turns, 'barge-in');
    this.cutReply();
    this.beginTurn(true);
  }

  private cutReply(): void {
    const { reply: cut } = this;
    this.reply = undefined;
    cut?.abort.abort();
    this.remember('assistant', this.playout.cut());
  }

  private transcribe(): void {
    const { turn } = this;
    if (!turn) return;
    const abort = new AbortController();
    const text = turn.transcription.text(this.context('stt', abort.signal));
    // Its failure is heard by the reply, if there comes one.
    text.catch(() => undefined);
    turn.asking = { abort, text };
  }

  private decide(): void {
    const { turn } = this;
    if (!turn?.asking) return;
    this.turn = undefined;
    this.setup.events.mark(turn.number, 'speech-end', this.lastSpeechAt);
    this.setup.events.mark(turn.number, 'decision');
    const one = this.beginReply('stt', turn.number);
    const { text } = turn.asking;
    one.abort.signal.addEventListener('abort', () => turn.asking?.abort.abort(), { once: true });
    void this.run(one, () => this.answer(one, text, turn.interrupted)).finally(() => turn.transcription.close());
  }

  private async answer(one: Reply, asked: Promise<string>, interrupted: boolean): Promise<After> {
    const text = await asked;
    if (one.abort.signal.aborted) return { next: 'listen' };
    this.note(one, 'stt-final');
    // A cough that interrupted must not end the conversation.
    if (text === '') return interrupted ? await this.speak(one, this.setup.phrases.pardon) : { next: 'listen' };
    this.remember('user', text);
    one.stage = 'llm';
    return await reply({
      ...this.voice(one),
      business: this.setup.business,
      key: this.setup.callId,
      llm: this.setup.llm,
      messages: this.messages,
      context: (stage) => this.context(stage, one.abort.signal),
      filler: () => this.filler(),
      tool: (call) => this.tools.call(call, one.abort.signal),
    });
  }

  private voice(one: Reply) {
    return {
      voice: this.setup.voice,
      tts: this.setup.tts,
      playout: this.playout,
      signal: one.abort.signal,
      events: {
        firstToken: () => this.note(one, 'llm-first-token'),
        firstClause: () => {
          one.stage = 'tts';
          this.note(one, 'first-clause');
        },
        firstByte: () => this.note(one, 'tts-first-byte'),
        progress: () => this.progress(),
      },
    };
  }

  /** Words of the agent's own, made by nobody. */
  private async speak(one: Reply, text: string): Promise<After> {
    const samples = await this.setup.voiceBox.say(text, this.setup.voice, this.context('tts', one.abort.signal));
    if (one.abort.signal.aborted) return { next: 'listen' };
    const clause = this.playout.clause(text);
    this.playout.push(clause, samples);
    this.playout.endClause(clause);
    return { next: 'listen' };
  }

  private beginReply(stage: Reply['stage'], turn = -1): Reply {
    const now = performance.now();
    const abort = new AbortController();
    const one: Reply = { abort, turn, begun: now, once: new Set(), stage, progressAt: now, made: false };
    this.reply = one;
    this.playout.begin();
    return one;
  }

  /** What was made is played to its end before anything follows from it. */
  private async run(one: Reply, make: () => Promise<After>): Promise<void> {
    try {
      const after = await make();
      if (this.reply !== one) return;
      one.made = true;
      this.afterPlayed = () => void this.follow(after);
      this.playout.end();
    } catch (error) {
      if (this.reply === one) this.degrade(one.stage, error instanceof StageError ? error.reason : 'failed');
      if (!(error instanceof StageError) && !one.abort.signal.aborted) this.setup.log(error);
    }
  }

  private afterPlayed: () => void = () => undefined;

  private played(): void {
    if (!this.reply?.made) return;
    this.remember('assistant', this.playout.heard());
    this.reply = undefined;
    this.state = turnStep(this.state, { kind: 'reply-done' }).state;
    this.afterPlayed();
  }

  private async follow(after: After): Promise<void> {
    if (after.next === 'listen') return;
    await this.leave(after.next, 'tool', after.next === 'transfer' ? after.summary : '');
  }

  /** A person takes over: the media server apologises, from its own files. */
  private degrade(stage: Reply['stage'], reason: string): void {
    this.reply?.abort.abort();
    this.reply = undefined;
    this.setup.events.say({ event: 'stage.degraded', stage, reason, action: 'transfer' });
    void this.leave('transfer', 'stage-down', '');
  }

  /** A server that cannot be told takes the end of the socket for a lost agent, which is a transfer too. */
  private async leave(next: 'hangup' | 'transfer', reason: 'tool' | 'stage-down', context: string): Promise<void> {
    if (this.over) return;
    this.close();
    await this.setup.control.next(next, reason, context).catch(this.setup.log);
    this.setup.link.hangUp();
  }

  private keepAlive(): void {
    const { reply: one } = this;
    if (!one || one.made) return;
    const now = performance.now();
    const silentMs = Math.min(now - one.begun, this.playout.silentMs());
    const what = cover({ silentMs, waitedMs: now - one.progressAt });
    if (what === 'give-up') this.degrade(one.stage, 'slow');
    if (what !== 'filler') return;
    this.setup.events.say({ event: 'stage.degraded', stage: one.stage, reason: 'slow', action: 'filler' });
    this.filler();
  }

  private filler(): void {
    const { voiceBox, phrases, voice } = this.setup;
    const clause = this.playout.clause(phrases.filler, true);
    this.playout.push(clause, voiceBox.ready(phrases.filler, voice) ?? stillHere());
    this.playout.endClause(clause);
  }

  private firstFrame(): void {
    const { reply: one } = this;
    if (!one || one.turn < 0) return;
    this.note(one, 'first-frame-out');
    this.setup.onRoundTrip(performance.now() - one.begun);
  }

  private progress(): void {
    if (this.reply) this.reply.progressAt = performance.now() + this.playout.remainingMs();
  }

  private note(
    one: Reply,
    mark: 'stt-final' | 'llm-first-token' | 'first-clause' | 'tts-first-byte' | 'first-frame-out',
  ) {
    if (one.turn < 0 || one.once.has(mark)) return;
    one.once.add(mark);
    this.setup.events.mark(one.turn, mark);
  }

  private remember(role: 'user' | 'assistant', content: string): void {
    if (content.trim() !== '') this.messages.push({ role, content });
  }

  private context(stage: Reply['stage'], signal: AbortSignal): StageContext {
    const onRetry = (reason: string, attempt: number) =>
      this.setup.events.say({ event: 'stage.retried', stage, reason, attempt });
    return { signal, onRetry };
  }
}
