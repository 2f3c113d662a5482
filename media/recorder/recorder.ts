import type { SpoolFigures } from './metrics';
import { type Places, Spools } from './spools';
import { bytesOf, lastChange, nameOf } from './spooled';
import { Syncer } from './syncer';
import { type Outside, Taker } from './taker';
import type { Judged, Watched } from './watched';

export interface RecorderSettings extends Places {
  /** Calls that are stored side by side. */
  readonly parallel: number;
}

interface Waiting extends Judged {
  readonly spool: Watched;
}

/** Looks at the spools again and again and takes every call that has ended to the vault. */
export class Recorder {
  private readonly settings: RecorderSettings;
  private readonly outside: Outside;
  private readonly spools: Spools;
  private readonly syncer: Syncer;
  private readonly taker: Taker;
  private readonly busy = new Map<string, Waiting>();
  private waiting: Waiting[] = [];

  constructor(settings: RecorderSettings, outside: Outside) {
    this.settings = settings;
    this.outside = outside;
    this.spools = new Spools(settings, outside);
    this.syncer = new Syncer(settings.spool);
    this.taker = new Taker(outside);
  }

  /** One look. What has ended is begun, as far as there are hands; the rest waits its turn. */
  async look(): Promise<void> {
    try {
      await this.spools.look();
    } finally {
      this.waiting = this.last().filter((one) => this.isDue(one));
      this.fill();
    }
  }

  /** Writes out what the system has of recordings that are being made, also while a look goes on. */
  sync(): Promise<void> {
    const ended = [...this.spools.own.judged.values()].filter(({ stage }) => stage !== 'going');
    return this.syncer.sync(new Set(ended.map(({ call }) => call.callId)));
  }

  figures(usedPercent: number): SpoolFigures {
    const now = this.outside.wallClock().getTime();
    const ended = this.last().filter(({ stage }) => stage !== 'going');
    const oldest = ended.reduce((earliest, { call }) => Math.min(earliest, lastChange(call)), now);
    return {
      bytes: ended.reduce((sum, { call }) => sum + bytesOf(call), 0),
      oldestSeconds: Math.round(Math.max(now - oldest, this.spools.silentMs) / 1000),
      usedPercent: Math.round(usedPercent),
    };
  }

  /** Calls of which a spool has anything, going or not, when it was last looked at; undefined before the first look. */
  get inSpool(): number | undefined {
    if (!this.spools.own.hasLooked) return undefined;
    return this.spools.all.reduce((sum, { judged }) => sum + judged.size, 0);
  }

  /** Whether a call is being stored. */
  get isBusy(): boolean {
    return this.busy.size > 0;
  }

  /** Whether nothing is left and nobody is there who could bring more. */
  isEmpty(): boolean {
    return !this.spools.own.hasServer && this.inSpool === 0 && this.busy.size === 0;
  }

  private last(): Waiting[] {
    return this.spools.all.flatMap((spool) => [...spool.judged.values()].map((one) => ({ ...one, spool })));
  }

  private isDue({ call, stage }: Judged): boolean {
    return stage !== 'going' && !this.busy.has(nameOf(call)) && this.taker.isDue(call);
  }

  /** The own ones come first. Those of a volume that falls silent while they are read must not hold every hand. */
  private fill(): void {
    while (this.busy.size < this.settings.parallel) {
      const [next] = this.waiting;
      if (!next || (!next.spool.isOwn && this.adoptedInHand() >= this.settings.parallel / 2)) return;
      this.waiting.shift();
      this.busy.set(nameOf(next.call), next);
      void this.take(next);
    }
  }

  private adoptedInHand(): number {
    return [...this.busy.values()].filter(({ spool }) => !spool.isOwn).length;
  }

  private async take(one: Waiting): Promise<void> {
    if (await this.taker.take(one)) one.spool.judged.delete(one.call.callId);
    this.busy.delete(nameOf(one.call));
    this.fill();
  }
}
