import { z } from 'zod';

/**
 * What every tier says of a call, from its first INVITE to the locked recording: one JSON object a line, on standard output.
 * No field carries a caller's number, audio, transcript, prompt or key. A field or event may be added within a version;
 * one that is renamed, removed or of another meaning makes a new version.
 */
export const EVENT_VERSION = 1;

/** Made by the edge at the first INVITE and carried by every tier; what the ledger takes as the id of a call. */
export const CALL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const TIERS = ['edge', 'media', 'agent', 'recorder'] as const;
const STAGES = ['stt', 'llm', 'tts', 'agent'] as const;

/** The end-of-turn decision opens the turn round trip and the first frame out closes it; speech end opens the heard gap. */
export const TURN_MARKS = [
  'speech-end',
  'decision',
  'stt-final',
  'llm-first-token',
  'first-clause',
  'tts-first-byte',
  'first-frame-out',
  'barge-in',
] as const;

/** Why the edge or the media server takes no call. */
export const REFUSALS = [
  'draining',
  'emergency',
  'carrier-calls',
  'carrier-rate',
  'no-media-node',
  'node-full',
  'srtp',
  'foreign-target',
  'unknown-number',
] as const;

/** How a call came to its end. `lost`: what carried it died. */
export const ENDINGS = [
  'hangup',
  'cancelled',
  'no-answer',
  'rejected',
  'transferred',
  'consent-refused',
  'max-duration',
  'no-media',
  'recording-failed',
  'drained',
  'lost',
] as const;

const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._:-]{0,127}$/);
const count = z.int().min(0);
const micros = count.describe('microseconds since the start of the call on this node, by a clock that never goes back');

const base = {
  v: z.literal(EVENT_VERSION).describe('version of this contract'),
  callId: z.string().regex(CALL_ID).describe('id of the call, the same in every tier'),
  tier: z.enum(TIERS).describe('who says it'),
  at: z.iso.datetime({ precision: 3 }).describe('wall time, UTC with milliseconds; orders nothing within a node'),
  us: micros
    .optional()
    .describe('as in turn.mark; absent where the tier has no such clock: the edge, the recorder after the call'),
};

const event = <N extends string, F extends z.core.$ZodLooseShape>(name: N, meaning: string, fields: F) =>
  z.strictObject({ ...base, event: z.literal(name), ...fields }).describe(meaning);

const TURN_MEANING = 'A moment of one turn of the conversation.';

export const EVENTS = {
  callOffered: event('call.offered', 'The first INVITE of a declared carrier came.', { carrier: word }),
  callAdmitted: event('call.admitted', 'A media node was chosen.', { carrier: word, node: word }),
  callRefused: event('call.refused', 'The call was refused.', {
    carrier: word.optional(),
    reason: z.enum(REFUSALS),
    status: z.int().min(300).max(699).describe('SIP status of the answer'),
  }),
  callAnswered: event('call.answered', 'The media server picked up.', {
    function: word.optional().describe('business function of the number that was called'),
  }),
  callConsent: event('call.consent', 'What the caller said to being recorded.', {
    outcome: z.enum(['granted', 'refused', 'notice-played', 'not-needed']),
    by: z.enum(['speech', 'dtmf', 'silence', 'policy']),
  }),
  turnMark: event('turn.mark', TURN_MEANING, {
    turn: count.describe('turns of a call count from 0'),
    mark: z.enum(TURN_MARKS),
  })
    .extend({ us: micros })
    .describe(TURN_MEANING),
  toolCalled: event('tool.called', 'The agent called a declared tool.', {
    tool: word,
    outcome: z.enum(['ok', 'failed', 'timeout', 'refused']),
    tookUs: count,
  }),
  callTransferred: event('call.transferred', 'The caller was handed to a declared queue.', {
    queue: word,
    how: z.enum(['bridge', 'refer']),
    outcome: z.enum(['ok', 'failed']),
  }),
  callHold: event('call.hold', 'The caller was put on hold or taken off it.', { held: z.boolean() }),
  stageRetried: event('stage.retried', 'A stage failed and was asked again in the same cell.', {
    stage: z.enum(STAGES),
    reason: word,
    attempt: z.int().min(1),
  }),
  stageDegraded: event('stage.degraded', 'A stage stayed slow or down.', {
    stage: z.enum(STAGES),
    reason: word,
    action: z.enum(['filler', 'apology', 'transfer', 'hang-up']),
  }),
  callEnded: event('call.ended', 'The call is over on this node.', {
    by: z.enum(['caller', 'agent', 'edge', 'media', 'queue']),
    reason: z.enum(ENDINGS),
  }),
  recordingStored: event('recording.stored', 'A recording is in the vault, locked and checked.', {
    bytes: count,
    seconds: z.number().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  recordingFailed: event('recording.failed', 'A recording could not be made or stored.', { reason: word }),
  recordingAdopted: event('recording.adopted', 'A recording was found on a volume whose node is gone.', {
    reason: word,
  }),
} as const;

type Kinds = typeof EVENTS;
export type EventKind = keyof Kinds;
export type CallEvent = { [K in EventKind]: z.infer<Kinds[K]> }[EventKind];

const anyEvent = z.discriminatedUnion('event', [
  EVENTS.callOffered,
  EVENTS.callAdmitted,
  EVENTS.callRefused,
  EVENTS.callAnswered,
  EVENTS.callConsent,
  EVENTS.turnMark,
  EVENTS.toolCalled,
  EVENTS.callTransferred,
  EVENTS.callHold,
  EVENTS.stageRetried,
  EVENTS.stageDegraded,
  EVENTS.callEnded,
  EVENTS.recordingStored,
  EVENTS.recordingFailed,
  EVENTS.recordingAdopted,
]);

/** The event of a line, or every problem with it. A line that is no event (any other log) has problems too. */
export function parseEvent(line: string): { event: CallEvent } | { problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problems: ['not JSON'] };
  }
  const { data, error } = anyEvent.safeParse(value);
  return data
    ? { event: data }
    : { problems: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

export const eventLine = (event: CallEvent): string => JSON.stringify(event);
