import type { CallEvent } from '../../contract/events';

type Distributed<E> = E extends CallEvent ? Omit<E, 'v' | 'callId' | 'tier' | 'at' | 'us'> : never;
/** What the agent may say of a call, without what every line has. */
export type AgentEvent = Distributed<Extract<CallEvent, { event: 'turn.mark' | 'tool.called' | `stage.${string}` }>>;
export type Mark = Extract<AgentEvent, { event: 'turn.mark' }>['mark'];

const VERSION: CallEvent['v'] = 1;

export type Write = (line: string) => void;

/** Event lines of one call, on a clock that starts at its first INVITE and never goes back. */
export class CallEvents {
  private readonly zero: number;

  /** `startedAt`: wall clock of the start, Unix microseconds. */
  private readonly callId: string;
  private readonly write: Write;
  private readonly now: () => number;

  /** `startedAt`: wall clock of the start, Unix microseconds. */
  public constructor(
    callId: string,
    startedAt: number | undefined,
    write: Write,
    now: () => number = () => performance.now(),
  ) {
    this.callId = callId;
    this.write = write;
    this.now = now;
    const age = startedAt === undefined ? 0 : Math.max(0, Date.now() - startedAt / 1000);
    this.zero = now() - age;
  }

  /** `atMs`: on the clock of `now`, for what is known to have been a moment ago. */
  public say(event: AgentEvent, atMs: number = this.now()): void {
    const us = Math.max(0, Math.round((atMs - this.zero) * 1000));
    const head = { v: VERSION, callId: this.callId, tier: 'agent', at: new Date().toISOString(), us };
    this.write(JSON.stringify({ ...head, ...event }));
  }

  public mark(turn: number, mark: Mark, atMs?: number): void {
    this.say({ event: 'turn.mark', turn, mark }, atMs);
  }
}
