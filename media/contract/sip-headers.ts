/**
 * Headers by which the edge tells the media server of a call; what arrives under these names from outside is removed.
 * All begin with `PREFIX`, and nothing that does leaves the cell.
 */
export const SIP_HEADERS = {
  prefix: 'X-Voicecell-',
  /** Id of the call, see `events.ts`. */
  callId: 'X-Voicecell-Call-Id',
  /** Name of the carrier that brought the call. */
  carrier: 'X-Voicecell-Carrier',
} as const;
