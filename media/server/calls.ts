import type { Message } from './manager.ts';

/** A line of the event contract, without the fields that all lines have. */
export interface Line {
  readonly callId: string;
  readonly event: string;
  readonly [field: string]: string | number | boolean;
}

/** What follows from a message of Asterisk: lines to write, actions to send, recordings to begin or cease to watch. */
export interface Effects {
  readonly lines: readonly Line[];
  readonly actions: readonly Message[];
  readonly watch?: { readonly callId: string; readonly file: string };
  readonly ended?: string;
}

export interface Call {
  readonly callId: string;
  readonly caller: string;
  readonly callerId: string;
  readonly agent?: string;
  readonly paused: boolean;
  /** Keys pressed while paused; never written anywhere. */
  readonly digits: string;
}

const NOTHING: Effects = { lines: [], actions: [] };

/** Calls of this node and what Asterisk's messages mean for them. No clock, no I/O. */
export class Calls {
  private readonly byId = new Map<string, Call>();

  get count(): number {
    return this.byId.size;
  }

  get(callId: string): Call | undefined {
    return this.byId.get(callId);
  }

  find(channel: string): Call | undefined {
    return [...this.byId.values()].find(({ caller, callerId }) => caller === channel || callerId === channel);
  }

  hear(message: Message): Effects {
    const { Event: event, Channel: channel = '' } = message;
    if (event === 'UserEvent') return this.hearDialplan(message);
    const call = this.find(channel);
    if (!call) return event === 'Hangup' ? this.agentGone(channel) : NOTHING;
    if (event === 'Hold' || event === 'Unhold') return line(call.callId, 'call.hold', { held: event === 'Hold' });
    if (event === 'DTMFEnd' && message['Direction'] === 'Received' && call.paused) {
      this.put({ ...call, digits: call.digits + (message['Digit'] ?? '') });
    }
    return NOTHING;
  }

  /** Recording and tap close, or open again; the file goes on, with silence in it. */
  pause(callId: string, paused: boolean): Message[] {
    const call = this.byId.get(callId);
    if (!call) return [];
    this.put({ ...call, paused, digits: '' });
    return pauseActions(call, paused);
  }

  /** Keys pressed while paused, once. */
  takeDigits(callId: string): string {
    const call = this.byId.get(callId);
    if (!call) return '';
    this.put({ ...call, digits: '' });
    return call.digits;
  }

  private hearDialplan(message: Message): Effects {
    const { Kind: kind, CallId: callId = '' } = message;
    const fields = LINES[kind ?? ''];
    const lines = fields ? fields(message, callId) : NOTHING;
    if (kind === 'offered') {
      const { Caller: caller = '', CallerChannel: callerId = '' } = message;
      this.put({ callId, caller, callerId, paused: false, digits: '' });
    }
    const call = this.byId.get(callId);
    if (kind === 'agentLeg' && call) this.put({ ...call, agent: message['Agent'] ?? '' });
    if (kind === 'recording') return { ...lines, watch: { callId, file: message['File'] ?? '' } };
    if (kind !== 'callEnded') return lines;
    this.byId.delete(callId);
    return { ...lines, ended: callId };
  }

  /** The pause was the agent's; who takes over is recorded. */
  private agentGone(channel: string): Effects {
    const call = [...this.byId.values()].find(({ agent }) => agent === channel);
    if (!call) return NOTHING;
    const { agent: _, ...rest } = call;
    this.put({ ...rest, paused: false, digits: '' });
    return { lines: [], actions: call.paused ? pauseActions(rest, false) : [] };
  }

  private put(call: Call): void {
    this.byId.set(call.callId, call);
  }
}

const pauseActions = ({ caller, agent }: Call, paused: boolean): Message[] => [
  { Action: 'MixMonitorMute', Channel: caller, Direction: 'both', State: paused ? '1' : '0' },
  ...(agent ? [{ Action: 'MuteAudio', Channel: agent, Direction: 'out', State: paused ? 'on' : 'off' }] : []),
];

const line = (callId: string, event: string, fields: Omit<Line, 'callId' | 'event'>): Effects => ({
  lines: [{ callId, event, ...fields }],
  actions: [],
});

/** User events of the dialplan that are events of the contract. */
const LINES: Readonly<Record<string, (message: Message, callId: string) => Effects>> = {
  callRefused: ({ Reason: reason = '', Status: status }, callId) =>
    line(callId, 'call.refused', { reason, status: Number(status) }),
  callAnswered: ({ Function: name = '' }, callId) => line(callId, 'call.answered', { function: name }),
  callConsent: ({ Outcome: outcome = '', By: by = '' }, callId) => line(callId, 'call.consent', { outcome, by }),
  callTransferred: ({ Queue: queue = '', How: how = '', Outcome: outcome = '' }, callId) =>
    line(callId, 'call.transferred', { queue, how, outcome }),
  stageDegraded: ({ Stage: stage = '', Reason: reason = '', Next: action = '' }, callId) =>
    line(callId, 'stage.degraded', { stage, reason, action }),
  callEnded: ({ By: by = '', Reason: reason = '' }, callId) => line(callId, 'call.ended', { by, reason }),
};
