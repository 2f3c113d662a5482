import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, Calls, type Effects, type Line } from './calls.ts';
import type { Requests } from './door.ts';
import { Manager, type Message } from './manager.ts';
import { RecordingWatch } from './recording.ts';
import type { Settings } from './settings.ts';
import type { Spool } from './spool.ts';

const EVENT_VERSION = 1;
/** What an agent may set on its caller's channel. */
const NEXT = new Set(['VOICECELL_NEXT', 'VOICECELL_NEXT_REASON', 'VOICECELL_NEXT_CONTEXT']);
const RECORDING = 'VOICECELL_RECORDING';
const CONNECT_EVERY_MS = 100;
const CONNECT_TRIES = 150;

/** Beside Asterisk: writes the events of its calls, watches their recordings, and does what the agent asks. */
export class Warden implements Requests {
  private readonly calls = new Calls();
  private readonly startedAt = new Map<string, bigint>();
  private readonly recordings = new RecordingWatch((callId) => this.recordingFailed(callId));
  private readonly settings: Settings;
  private readonly spool: Spool;
  private readonly write: (line: string) => void;
  private manager?: Manager;

  constructor(settings: Settings, spool: Spool, write: (line: string) => void) {
    this.settings = settings;
    this.spool = spool;
    this.write = write;
  }

  /** Asterisk opens its manager some time after it starts. */
  async connect(secret: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.manager = await Manager.connect(this.settings.managerPort, secret, (event) => this.hear(event));
        return;
      } catch (error) {
        if (tries === CONNECT_TRIES) throw error;
        await sleep(CONNECT_EVERY_MS);
      }
    }
  }

  async setVariable(channel: string, variable: string, value: string): Promise<boolean> {
    const call = this.calls.find(channel);
    if (!call) return false;
    if (variable === RECORDING) return this.pause(call, value);
    if (!NEXT.has(variable)) return false;
    return this.send({ Action: 'Setvar', Channel: call.caller, Variable: variable, Value: value });
  }

  count(): number {
    return this.calls.count;
  }

  takeDigits(channel: string): string | undefined {
    const call = this.calls.find(channel);
    return call && this.calls.takeDigits(call.callId);
  }

  private async pause(call: Call, value: string): Promise<boolean> {
    if (value !== 'pause' && value !== 'resume') return false;
    const done = await Promise.all(this.calls.pause(call.callId, value === 'pause').map((one) => this.send(one)));
    return !done.includes(false);
  }

  private hear(message: Message): void {
    if (message['Event'] === 'UserEvent' && message['Kind'] === 'offered') {
      this.startedAt.set(message['CallId'] ?? '', process.hrtime.bigint());
    }
    if (message['Event'] === 'UserEvent') this.spool.hear(message);
    this.apply(this.calls.hear(message));
  }

  private apply({ lines, actions, watch, ended }: Effects): void {
    lines.forEach((line) => this.log(line));
    for (const action of actions) void this.send(action);
    if (watch) this.recordings.begin(watch.callId, watch.file);
    if (ended === undefined) return;
    this.recordings.end(ended);
    this.startedAt.delete(ended);
  }

  /** The dialplan apologises and hands the caller to a human. */
  private recordingFailed(callId: string): void {
    const call = this.calls.get(callId);
    if (!call) return;
    this.log({ callId, event: 'recording.failed', reason: 'no-growth' });
    void this.send({ Action: 'Redirect', Channel: call.caller, Context: 'agent', Exten: 'unrecorded', Priority: '1' });
  }

  private log({ callId, event, ...fields }: Line): void {
    const started = this.startedAt.get(callId);
    const us = started === undefined ? {} : { us: Number((process.hrtime.bigint() - started) / 1000n) };
    this.write(
      JSON.stringify({
        v: EVENT_VERSION,
        callId,
        tier: 'media',
        at: new Date().toISOString(),
        ...us,
        event,
        ...fields,
      }),
    );
  }

  private send(action: Message): Promise<boolean> {
    return this.manager?.send(action) ?? Promise.resolve(false);
  }
}
