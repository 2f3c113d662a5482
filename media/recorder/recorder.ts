import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { eventLine, reasonOf, storedEvents } from './events';
import { halfWritten } from './half-written';
import type { SpoolFigures } from './metrics';
import { isEmptyRecording } from './objects';
import { Quiet } from './quiet';
import { Retries } from './retries';
import { callFileOf, callsIn, serverOf, type Server } from './spool';
import { bytesOf, has, lastChange, signatureOf, type SpooledCall } from './spooled';
import { isAlive, type Stage, stageOf } from './stage';
import { storeCall, type Stores } from './store-call';
import { Syncer } from './syncer';

export interface RecorderSettings {
  readonly spool: string;
  /** Volumes of nodes that are gone, a folder each. */
  readonly adopted: string;
  /** Calls that are stored side by side. */
  readonly parallel: number;
}

export interface Outside {
  readonly stores: Stores;
  readonly write: (line: string) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly wallClock: () => Date;
}

interface Judged {
  readonly call: SpooledCall;
  readonly stage: Stage;
}

/** Looks at the spools again and again and takes every call that has ended to the vault. */
export class Recorder {
  private readonly settings: RecorderSettings;
  private readonly outside: Outside;
  private readonly syncer: Syncer;
  private readonly quiet: Quiet;
  private readonly retries: Retries;
  private readonly busy = new Set<string>();
  private waiting: Judged[] = [];
  private last: readonly Judged[] = [];
  private hasServer = true;
  private hasLooked = false;

  constructor(settings: RecorderSettings, outside: Outside) {
    this.settings = settings;
    this.outside = outside;
    this.syncer = new Syncer(settings.spool);
    this.quiet = new Quiet(outside.now);
    this.retries = new Retries(outside.now);
  }

  /** One look. What has ended is begun, as far as there are hands; the rest waits its turn. */
  async look(): Promise<void> {
    const spools = await this.spools();
    const quiet = this.quiet.look(new Map(spools.flatMap(({ signatures }) => [...signatures])));
    const judged = await Promise.all(spools.map((spool) => this.judge(spool, quiet)));
    this.last = judged.flat();
    this.hasLooked = true;
    this.waiting = this.last.filter((one) => this.isDue(one));
    this.fill();
  }

  /** Writes out what the system has of recordings that are being made, also while a look goes on. */
  sync(): Promise<void> {
    const own = this.last.filter(({ call, stage }) => stage !== 'going' && call.root === this.settings.spool);
    return this.syncer.sync(new Set(own.map(({ call }) => call.callId)));
  }

  figures(usedPercent: number): SpoolFigures {
    const now = this.outside.wallClock().getTime();
    const ended = this.last.filter(({ stage }) => stage !== 'going').map(({ call }) => call);
    const oldest = ended.reduce((earliest, call) => Math.min(earliest, lastChange(call)), now);
    return {
      bytes: ended.reduce((sum, call) => sum + bytesOf(call), 0),
      oldestSeconds: Math.round((now - oldest) / 1000),
      usedPercent: Math.round(usedPercent),
    };
  }

  /** Calls of which a spool has anything, going or not, when it was last looked at; undefined before the first look. */
  get inSpool(): number | undefined {
    return this.hasLooked ? this.last.length : undefined;
  }

  /** Whether a call is being stored. */
  get isBusy(): boolean {
    return this.busy.size > 0;
  }

  /** Whether nothing is left and nobody is there who could bring more. */
  isEmpty(): boolean {
    return !this.hasServer && this.last.length === 0 && this.busy.size === 0;
  }

  private async spools(): Promise<Spool[]> {
    const names = await readdir(this.settings.adopted).catch(() => []);
    const roots = [this.settings.spool, ...names.map((name) => path.join(this.settings.adopted, name))];
    return Promise.all(roots.map((root) => spoolAt(root, root === this.settings.spool)));
  }

  private async judge({ root, calls, server }: Spool, quiet: ReadonlyMap<string, number>): Promise<Judged[]> {
    const living = server && isAlive(quiet.get(root) ?? 0) ? server : undefined;
    if (root === this.settings.spool) this.hasServer = living !== undefined;
    const judged: Judged[] = [];
    for (const call of calls) {
      const quietMs = quiet.get(nameOf(call)) ?? 0;
      // What has been begun has ended. During an outage that is nearly all, and the disk is needed by calls that go on.
      const file = has(call, 'progress') ? undefined : await callFileOf(call);
      judged.push({ call, stage: stageOf(call, { file, quietMs, server: living }) });
    }
    return judged;
  }

  private isDue({ call, stage }: Judged): boolean {
    const name = nameOf(call);
    return stage !== 'going' && !this.busy.has(name) && this.retries.isDue(name);
  }

  private fill(): void {
    while (this.busy.size < this.settings.parallel) {
      const next = this.waiting.shift();
      if (!next) return;
      this.busy.add(nameOf(next.call));
      void this.take(next);
    }
  }

  private async take({ call, stage }: Judged): Promise<void> {
    const name = nameOf(call);
    const { stores, write, wallClock } = this.outside;
    const say = (happened: Parameters<typeof eventLine>[2]): void =>
      write(eventLine(call.callId, wallClock(), happened));
    try {
      for (const reason of await halfWritten(call)) say({ event: 'recording.failed', reason });
      const objects = await storeCall(call, stores);
      this.retries.done(name);
      if (stage === 'orphaned') say({ event: 'recording.adopted', reason: 'left behind' });
      if (objects.some(({ isOutdated }) => isOutdated))
        say({ event: 'recording.failed', reason: 'a longer one is known' });
      if (isEmptyRecording(call)) say({ event: 'recording.failed', reason: 'empty' });
      storedEvents(call.callId, wallClock(), objects).forEach(write);
    } catch (error) {
      // Once is enough to know; that it goes on is told by the age of the spool.
      if (this.retries.fail(name) === 1) say({ event: 'recording.failed', reason: reasonOf(error) });
    } finally {
      this.busy.delete(name);
      this.fill();
    }
  }
}

interface Spool {
  readonly root: string;
  readonly calls: readonly SpooledCall[];
  readonly server: Server | undefined;
  readonly signatures: ReadonlyMap<string, string>;
}

/**
 * A server of a volume that came from another node is not there, whatever it left behind. Such a volume goes when it is empty,
 * and may be broken: neither keeps the others from being looked at, and its node tells.
 */
async function spoolAt(root: string, isOwn: boolean): Promise<Spool> {
  const calls = await (isOwn ? callsIn(root) : callsIn(root).catch(() => []));
  const server = isOwn ? await serverOf(root) : undefined;
  const signatures = new Map(calls.map((call) => [nameOf(call), signatureOf(call)]));
  if (server) signatures.set(root, String(server.seenAt));
  return { root, calls, server, signatures };
}

const nameOf = ({ root, callId }: Pick<SpooledCall, 'root' | 'callId'>): string => `${root}/${callId}`;
