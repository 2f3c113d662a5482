/**
 * What lies in the spool of a media node, by name of the call: written by the media server and the agent, taken by the
 * recorder. Everything that belongs to a call begins with its id and a dot; a name that ends in `.part` is being written.
 */
export const SPOOL = {
  /** Narrowband: signed linear 16 bit, 8 kHz, stereo, the caller left and the agent right. No header. */
  stereo: '.raw',
  /** Wideband: signed linear 16 bit, 16 kHz, mono, one file a side, in step with each other. No header. */
  caller: '.caller.sln16',
  agent: '.agent.sln16',
  /** Lines of `SpokenLine`, as they are said. */
  transcript: '.transcript.jsonl',
  /** One `CallFile`, replaced as a whole. */
  call: '.call.json',
  /** The recorder's own: how far it is with the call. */
  progress: '.progress.json',
  /** One `ServerFile`, of the spool as a whole; its time of change is renewed while the media server lives. */
  server: 'server.json',
} as const;

/** The media server renews its file this often; three times over without is a dead server. Seconds. */
export const SERVER_HEARTBEAT_SECONDS = 10;

export interface ServerFile {
  /** Of this start of the media server: a call of another one has ended, whether that could still be written or not. */
  readonly boot: string;
}

/** What the media server knows of a call. The caller's number goes no further than the spool: the ledger has its hash. */
export interface CallFile {
  readonly v: 1;
  readonly callId: string;
  readonly boot: string;
  /** ISO, UTC with milliseconds. */
  readonly startedAt: string;
  /** Missing while the call lasts. */
  readonly endedAt?: string;
  /** Business function of the number that was called. */
  readonly function?: string;
  /** Name of the carrier in the deployment's file. */
  readonly carrier?: string;
  /** E.164; missing for a withheld number. */
  readonly callerNumber?: string;
  readonly consent?: {
    readonly mode: string;
    readonly granted: boolean;
    /** ISO, UTC with milliseconds. */
    readonly ts: string;
    /** Prompt that was played, with its version. */
    readonly promptId?: string;
  };
}

/** One thing that was said. */
export interface SpokenLine {
  /** ISO, UTC with milliseconds: when the caller's words were known, the agent's had been heard. */
  readonly at: string;
  readonly who: 'caller' | 'agent';
  readonly text: string;
}
