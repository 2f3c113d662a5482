import { bytesOf, Framer, level } from '../audio/pcm';
import { Resampler } from '../audio/resample';
import { RATE } from '../stages/types';
import { expectedSamples, heard } from '../turn/history';
import type { MediaLink } from './chan-websocket';
import { Outlet } from './outlet';

/** Marks stand this far apart, so a cut is known to a fifth of a second. */
const MARK_EVERY_FRAMES = 10;

/** A piece of a reply on its way to the caller. */
export interface Clause {
  readonly text: string;
  /** A filler keeps the line alive; it is no reply, and nothing the model said. */
  readonly isFiller: boolean;
  readonly marks: { id: string; samples: number }[];
  samples: number;
  whole: boolean;
}

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
  private processed = new Set<string>();
  private reply = 0;
  private marks = 0;
  private unmarked = 0;
  private lastMark = '';
  private begun = false;
  private finished = false;

  private readonly outlet: Outlet;
  private readonly format: PlayoutFormat;
  private readonly events: PlayoutEvents;

  public constructor(
    link: MediaLink,
    format: PlayoutFormat,
    events: PlayoutEvents,
    now: () => number = () => performance.now(),
  ) {
    this.outlet = new Outlet(link, format.frameMs, now);
    this.format = format;
    this.events = events;
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
    this.outlet.flush();
    this.reset();
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
    this.outlet.send();
    this.check();
  }

  public hold(held: boolean): void {
    this.outlet.hold(held);
  }

  public remainingMs(): number {
    return this.outlet.remainingMs();
  }

  public silentMs(): number {
    return this.outlet.silentMs();
  }

  public recentLevel(): number {
    return this.outlet.recentLevel();
  }

  private frame(clause: Clause, samples: Int16Array): void {
    if (!this.begun && !clause.isFiller) {
      this.begun = true;
      this.outlet.put({ mark: this.id('first') });
    }
    this.outlet.put({ bytes: bytesOf(samples), level: level(samples) });
    clause.samples += samples.length;
    this.unmarked += 1;
    if (this.unmarked >= MARK_EVERY_FRAMES) this.mark(clause);
  }

  private mark(clause: Clause): void {
    this.unmarked = 0;
    const id = this.id(String(this.marks));
    clause.marks.push({ id, samples: clause.samples });
    this.outlet.put({ mark: id });
  }

  private id(name: string): string {
    this.marks += 1;
    this.lastMark = `${this.reply}.${name}`;
    return this.lastMark;
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
    this.outlet.forget();
    this.processed = new Set();
    this.marks = 0;
    this.unmarked = 0;
    this.lastMark = '';
    this.begun = false;
    this.finished = false;
  }
}
