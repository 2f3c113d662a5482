import type { Carrier } from '../../../media/contract';

/** Carriers by their loopback address; whatever else calls is a stranger. */
export const PLAIN = '127.0.0.11';
export const SECURE = '127.0.0.12';
export const SMALL = '127.0.0.13';
export const STRANGER = '127.0.0.66';

const at = (address: string, rest: Partial<Carrier>): Carrier => ({
  name: 'plain',
  signallingCidrs: [`${address}/32`],
  mediaCidrs: [`${address}/32`],
  transport: 'udp',
  srtp: 'none',
  maxCalls: 50,
  maxCallsPerSecond: 50,
  failoverOrder: 1,
  ...rest,
});

export const plainCarrier = at(PLAIN, {});
export const secureCarrier = at(SECURE, { name: 'secure', transport: 'tls', srtp: 'required' });
/** Two calls at once, three a second. */
export const smallCarrier = at(SMALL, { name: 'small', maxCalls: 2, maxCallsPerSecond: 3 });
