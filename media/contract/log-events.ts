import { EVENTS, type EventKind } from './events';

/** Fields of event lines that saved queries look for; `events.ts` says what they mean. */
export const LOG_FIELDS = { callId: 'callId', event: 'event', reason: 'reason', tier: 'tier' } as const;

/** Names of the events by their kind, as they stand in the lines. */
export const LOG_EVENTS = Object.fromEntries(
  Object.entries(EVENTS).map(([kind, { shape }]) => [kind, shape.event.value]),
) as { readonly [K in EventKind]: (typeof EVENTS)[K]['shape']['event']['value'] };
