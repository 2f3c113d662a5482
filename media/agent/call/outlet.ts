import type { MediaLink } from './chan-websocket';

/** Sent ahead of what is played at most: chan_websocket holds 20 s and drops what comes beyond. */
const LEAD_MS = 8_000;
/** How long the past of the played level is kept: the longest way of an echo. */
const ECHO_MS = 400;
/** Sent in one go; seconds of speech are there at once, and the process has other calls. */
const FRAMES_AT_ONCE = 10;

interface Frame {
  readonly bytes: Uint8Array;
  readonly level: number;
}

export type Item = Frame | { readonly mark: string };

/** Frames and marks on their way to the media server, which says when to stop; knows what the caller hears now. */
export class Outlet {
  private waiting: Item[] = [];
  private held = false;
  private burst = 0;
  private pause: NodeJS.Immediate | undefined;
  /** When the server will have played what it holds, ms. */
  private playedUntil = 0;
  private readonly levels: { from: number; to: number; level: number }[] = [];

  private readonly link: MediaLink;
  private readonly frameMs: number;
  private readonly now: () => number;

  public constructor(link: MediaLink, frameMs: number, now: () => number) {
    this.link = link;
    this.frameMs = frameMs;
    this.now = now;
  }

  public put(item: Item): void {
    this.waiting.push(item);
    this.send();
  }

  public hold(held: boolean): void {
    this.held = held;
    this.send();
  }

  public send(): void {
    while (!this.held && !this.pause && this.remainingMs() < LEAD_MS) {
      const item = this.waiting.shift();
      if (!item) return;
      if ('mark' in item) this.link.mark(item.mark);
      else this.frame(item);
    }
  }

  public forget(): void {
    this.waiting = [];
  }

  /** The server forgets what it holds too. */
  public flush(): void {
    this.forget();
    this.link.flush();
    this.playedUntil = this.now();
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
    while ((this.levels[0]?.to ?? Infinity) <= now - ECHO_MS) this.levels.shift();
    let most = 0;
    for (const { from, level } of this.levels) {
      if (from > now) break;
      most = Math.max(most, level);
    }
    return most;
  }

  private frame({ bytes, level }: Frame): void {
    const from = Math.max(this.now(), this.playedUntil);
    this.playedUntil = from + this.frameMs;
    this.levels.push({ from, to: this.playedUntil, level });
    this.link.audio(bytes);
    this.burst += 1;
    if (this.burst >= FRAMES_AT_ONCE) this.pause = setImmediate(() => this.goOn());
  }

  private goOn(): void {
    this.pause = undefined;
    this.burst = 0;
    this.send();
  }
}
