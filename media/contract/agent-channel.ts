/**
 * Between the telephony media server and the agent of one call (docs/agent-contract.md): names fixed here, once.
 * The server opens a WebSocket per call (`chan_websocket`, JSON control messages) when the caller has consented.
 */
export const AGENT_CHANNEL = {
  path: '/audio',
  subprotocol: 'media',
  /** Signed linear 16 kHz; `slin` (8 kHz) is taken too. */
  format: 'slin16',
  /** Longest control message that chan_websocket takes, bytes. */
  maxCommandBytes: 128,
} as const;

/** Channel variables of the WebSocket channel, which MEDIA_START carries. */
export const CHANNEL_VARIABLES = {
  /** `yes` where the call is recorded: only then may what is said in it be kept. */
  recorded: 'VOICECELL_RECORDED',
  callId: 'VOICECELL_CALL_ID',
  /** Number that was dialled, E.164: picks the business function. */
  number: 'VOICECELL_NUMBER',
  /** Channel of the caller in the server: where the agent sets `next`. */
  callerChannel: 'VOICECELL_CALLER_CHANNEL',
  /** Wall clock at the first INVITE, Unix microseconds: zero of the marks of this node. */
  startedAt: 'VOICECELL_STARTED_AT',
} as const;

/**
 * What the agent sets on the caller's channel (docs/agent-contract.md says how) before it sends HANGUP. A WebSocket
 * that ends with no `next` set is a lost agent: the server apologises and transfers.
 */
export const NEXT_VARIABLES = {
  /** `hangup`, or `transfer` to the queue of the number's function. */
  next: 'VOICECELL_NEXT',
  /** Why, in a word: `asked`, `tool`, `stage-down`. With `stage-down` the server apologises first. */
  reason: 'VOICECELL_NEXT_REASON',
  /** One line for whoever takes the call over; never the transcript. */
  context: 'VOICECELL_NEXT_CONTEXT',
  /** `pause` or `resume`, set in the middle of a call: recording, tap and digits while a card number is given. */
  recording: 'VOICECELL_RECORDING',
} as const;
