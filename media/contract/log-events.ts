/**
 * What nodes write as JSON lines and saved queries look for: fixed here, once. No line carries a caller's number, audio,
 * transcript or prompt.
 */
export const LOG_FIELDS = {
  /** Id of the call, the same in every tier. */
  callId: 'callId',
  /** One of `LOG_EVENTS`, or a name the tier gives. */
  event: 'event',
  /** Why, in a word or a SIP status. */
  reason: 'reason',
  tier: 'tier',
} as const;

export const LOG_EVENTS = {
  callRefused: 'call.refused',
  recordingFailed: 'recording.failed',
  /** A recording was found on a volume whose node is gone. */
  recordingAdopted: 'recording.adopted',
} as const;
