import { bytesOf, Framer, level } from '../audio/pcm';
import { Resampler } from '../audio/resample';
import { RATE } from '../stages/types';
import { expectedSamples, heard } from '../turn/history';
import type { MediaLink } from './chan-websocket';

/** Marks stand this far apart, so a cut is known to a fifth of a second. */
const MARK_EVERY_FRAMES = 10;
/** Sent ahead of what is played at most: chan_websocket holds 20 s and drops what comes beyond. */
const LEAD_MS = 8_000;
/** How long the past of the played level is kept: the longest way of an echo. */
const ECHO_MS = 400;

/** A piece of a reply on its way to the caller. */
export interface Clause {
  readonly text: string;
  /** A filler keeps the line alive; it is no reply, and nothing the model said. */
  readonly isFiller: boolean;
  readonly marks: { id: string; samples: number }[];
  samples: number;
  whole: boolean;
}

interface Frame {
  readonly bytes: Uint8Array;
  readonly level: number;
}

type Item = Frame | { readonly mark: string };

export interface PlayoutFormat {
  /** Of the link, Hz. */
  readonly rate: number;
  /** Bytes of a frame. */
  readonly frameBytes: number;
  readonly frameMs: number;
}

export interface PlayoutEvents {
  /** The media server took the first voiced frame of a reply. */
  readonly firstFrame: () => void;
  /** All of a reply that was sent was played. */
  readonly played: () => void;
}

/** Audio to the caller: whole frames, marks between them, back-pressure, and the cut. */
export class Playout {
  private clauses: Clause[] = [];
  private framer: Framer;
  private resampler: Resampler | undefined;
  private waiting: Item[] = [];
  private processed = new Set<string>();
  private held = false;
  private reply = 0;
  private marks = 0;
  private unmarked = 0;
  private lastMark = '';
  private begun = false;
  private finished = false;
  /** When the server will have played what it holds, ms. */
  private playedUntil = 0;
  private levels: { from: number; to: number; level: number }[] = [];

  private readonly link: MediaLink;
  private readonly format: PlayoutFormat;
  private readonly events: PlayoutEvents;
  private readonly now: () => number;

  public constructor(
    link: MediaLink,
    format: PlayoutFormat,
    events: PlayoutEvents,
    now: () => number = () => performance.now(),
  ) {
    this.link = link;
    this.format = format;
    this.events = events;
    this.now = now;
    this.framer = new Framer(format.frameBytes / 2);
  }

  public begin(): void {
    this.reset();
  }

  public clause(text: string, isFiller = false): Clause {
    const clause = { text, isFiller, marks: [], samples: 0, whole: false };
    this.clauses.push(clause);
    return clause;
  }

  public push(clause: Clause, samples: Int16Array): void {
    const { rate } = this.format;
    if (rate !== RATE) this.resampler ??= new Resampler(RATE, rate);
    for (const frame of this.framer.push(this.resampler?.push(samples) ?? samples)) this.frame(clause, frame);
  }

  public endClause(clause: Clause): void {
    clause.whole = true;
    if (this.unmarked > 0) this.mark(clause);
  }

  /** Nothing more follows in this reply. */
  public end(): void {
    const clause = this.clauses.at(-1);
    const rest = this.resampler?.end() ?? new Int16Array();
    if (clause) {
      for (const frame of [...this.framer.push(rest), ...this.framer.end()]) this.frame(clause, frame);
      this.endClause(clause);
    }
    this.finished = true;
    this.check();
  }

  /** Takes back what was not played, at once; says what the caller heard. */
  public cut(): string {
    const text = this.heard();
    this.link.flush();
    this.reset();
    this.playedUntil = this.now();
    return text;
  }

  public heard(): string {
    const said = this.clauses.filter(({ isFiller }) => !isFiller);
    const spoken = said.map(({ text, marks, samples, whole }) => ({
      text,
      marks,
      samples: whole ? samples : Math.max(samples + 1, expectedSamples(text, this.format.rate)),
    }));
    return heard(spoken, this.processed);
  }

  public onMark(id: string): void {
    if (!id.startsWith(`${this.reply}.`)) return;
    this.processed.add(id);
    if (id === `${this.reply}.first`) this.events.firstFrame();
    this.drain();
    this.check();
  }

  public hold(held: boolean): void {
    this.held = held;
    if (!held) this.drain();
  }

  /** How long the caller will still hear what was sent, ms. */
  public remainingMs(): number {
    return Math.max(0, this.playedUntil - this.now());
  }

  /** How long the caller has heard nothing of the agent, ms. */
  public silentMs(): number {
    return this.waiting.length > 0 ? 0 : Math.max(0, this.now() - this.playedUntil);
  }

  /** Loudest of what was played of late: what may come back as an echo. */
  public recentLevel(): number {
    const now = this.now();
    this.levels = this.levels.filter(({ to }) => to > now - ECHO_MS);
    return this.levels.reduce((most, { from, level: one }) => (from <= now ? Math.max(most, one) : most), 0);
  }

  private frame(clause: Clause, samples: Int16Array): void {
    if (!this.begun && !clause.isFiller) {
      this.begun = true;
      this.put({ mark: this.id('first') });
    }
    this.put({ bytes: bytesOf(samples), level: level(samples) });
    clause.samples += samples.length;
    this.unmarked += 1;
    if (this.unmarked >= MARK_EVERY_FRAMES) this.mark(clause);
  }

  private mark(clause: Clause): void {
    this.unmarked = 0;
    const id = this.id(String(this.marks));
    clause.marks.push({ id, samples: clause.samples });
    this.put({ mark: id });
  }

  private id(name: string): string {
    this.marks += 1;
    this.lastMark = `${this.reply}.${name}`;
    return this.lastMark;
  }

  private put(item: Item): void {
    this.waiting.push(item);
    this.drain();
  }

  private drain(): void {
    while (!this.held && this.remainingMs() < LEAD_MS) {
      const item = this.waiting.shift();
      if (!item) return;
      if ('mark' in item) this.link.mark(item.mark);
      else this.send(item);
    }
  }

  private send({ bytes, level: one }: Frame): void {
    const from = Math.max(this.now(), this.playedUntil);
    this.playedUntil = from + this.format.frameMs;
    this.levels.push({ from, to: this.playedUntil, level: one });
    this.link.audio(bytes);
  }

  private check(): void {
    if (!this.finished || (this.lastMark !== '' && !this.processed.has(this.lastMark))) return;
    this.finished = false;
    this.events.played();
  }

  private reset(): void {
    this.reply += 1;
    this.clauses = [];
    this.framer = new Framer(this.format.frameBytes / 2);
    this.resampler = undefined;
    this.waiting = [];
    this.processed = new Set();
    this.marks = 0;
    this.unmarked = 0;
    this.lastMark = '';
    this.begun = false;
    this.finished = false;
  }
}
