export interface SdpParts {
  readonly address: string;
  readonly port: number;
  readonly profile?: string;
  /** Values of `a=crypto` lines. */
  readonly crypto?: readonly string[];
  readonly extra?: readonly string[];
}

/** A session of one G.711 stream. */
export const sdp = ({ address, port, profile = 'RTP/AVP', crypto = [], extra = [] }: SdpParts): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} ${profile} 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    ...crypto.map((value) => `a=crypto:${value}`),
    'a=sendrecv',
    ...extra,
    '',
  ].join('\r\n');

export const rtpPlace = (body: string): { address: string; port: number } => ({
  address: /^c=IN IP4 (\S+)/m.exec(body)?.[1] ?? '',
  port: Number(/^m=audio (\d+)/m.exec(body)?.[1] ?? 0),
});
