import { within } from './patience';
import { Quiet } from './quiet';
import { callFileOf, callsIn, serverOf, type Server } from './spool';
import { has, signatureOf, type SpooledCall } from './spooled';
import { isAlive, type Stage, stageOf } from './stage';

export interface Judged {
  readonly call: SpooledCall;
  readonly stage: Stage;
}

/** A spool that is looked at again and again, and what was last seen of it. */
export class Watched {
  readonly root: string;
  readonly isOwn: boolean;
  /** By call. What has been stored since is not in it. */
  readonly judged = new Map<string, Judged>();
  /** Whether its media server lives. One of a volume that came from another node does not, whatever it left behind. */
  hasServer = true;
  hasLooked = false;
  private readonly now: () => number;
  private readonly quiet: Quiet;
  private going?: Promise<void>;
  private seenAt: number;

  /**
   * @param isOwn whether it is the node's own
   * @param now milliseconds, monotonic
   */
  constructor(root: string, isOwn: boolean, now: () => number) {
    this.root = root;
    this.isOwn = isOwn;
    this.now = now;
    this.quiet = new Quiet(now);
    this.seenAt = now();
  }

  /** Since a look last came to its end, milliseconds. */
  get silentMs(): number {
    return this.now() - this.seenAt;
  }

  /** One look; while it goes on there is no second one. */
  look(): Promise<void> {
    this.going ??= this.lookOnce().finally(() => {
      this.going = undefined;
    });
    return this.going;
  }

  /** As `look`, for a volume that may be broken: it keeps nobody waiting for longer than this, and only once. */
  async lookFor(ms: number): Promise<void> {
    if (!this.going) await within(ms, this.look()).catch(() => undefined);
  }

  private async lookOnce(): Promise<void> {
    const calls = await callsIn(this.root);
    const server = this.isOwn ? await serverOf(this.root) : undefined;
    const quiet = this.quiet.look(signatures(calls, server));
    const living = server && isAlive(quiet.get(SERVER) ?? 0) ? server : undefined;
    const judged: Judged[] = [];
    for (const call of calls) judged.push({ call, stage: await this.stage(call, quiet.get(call.callId) ?? 0, living) });
    this.judged.clear();
    for (const one of judged) this.judged.set(one.call.callId, one);
    this.hasServer = living !== undefined;
    this.hasLooked = true;
    this.seenAt = this.now();
  }

  private async stage(call: SpooledCall, quietMs: number, server: Server | undefined): Promise<Stage> {
    // What has been begun has ended. During an outage that is nearly all, and the disk is needed by calls that go on.
    const file = has(call, 'progress') ? undefined : await callFileOf(call);
    return stageOf(call, { file, quietMs, server });
  }
}

/** No call's name. */
const SERVER = '';

function signatures(calls: readonly SpooledCall[], server: Server | undefined): ReadonlyMap<string, string> {
  const all = new Map(calls.map((call) => [call.callId, signatureOf(call)]));
  return server ? all.set(SERVER, String(server.seenAt)) : all;
}
