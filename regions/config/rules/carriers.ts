import { inEachRegion, repeats, when } from './rule';

export const carriersAreDistinct = inEachRegion(({ carriers, numbers }) => [
  ...repeats(
    carriers.map(({ name }) => name),
    (index) => ['carriers', index, 'name'],
    'a carrier name',
  ),
  ...repeats(
    carriers.map(({ failoverOrder }) => failoverOrder),
    (index) => ['carriers', index, 'failoverOrder'],
    'a place in the failover order',
  ),
  ...repeats(
    numbers.map(({ number }) => number),
    (index) => ['numbers', index, 'number'],
    'a number in a region',
  ),
]);

/** SDES hands the media keys over in the signalling: without TLS whoever reads the signalling hears the call. */
export const srtpNeedsTls = inEachRegion(({ carriers }) =>
  carriers.flatMap(({ transport, srtp }, index) =>
    when(srtp === 'required' && transport !== 'tls', {
      path: ['carriers', index, 'transport'],
      got: `${transport} with srtp: required`,
      allowed: 'tls, because the SRTP keys travel in the signalling',
      change: 'it to tls',
    }),
  ),
);

/** 45 CFR 164.312(e)(2)(ii) for calls that carry PHI; the same is asked of a broker-dealer's calls. */
export const regulatedCallsAreEncrypted = inEachRegion(({ carriers }, _, { frameworks }) => {
  const regulated = frameworks.filter((framework) => framework !== 'soc2');
  if (regulated.length === 0) return [];
  const because = `because of ${regulated.join(', ')}`;
  return carriers.flatMap(({ transport, srtp }, index) => [
    ...when(transport !== 'tls', {
      path: ['carriers', index, 'transport'],
      allowed: `tls ${because}`,
      change: 'it to tls, or take a carrier that offers it',
    }),
    ...when(srtp !== 'required', {
      path: ['carriers', index, 'srtp'],
      allowed: `required ${because}`,
      change: 'it to required, or take a carrier that offers it',
    }),
  ]);
});

/** Rules of one direction that a security group may have (EC2 default quota), less those of the cell's own hops. */
const CIDR_RULES = 50;

export const carriersFitTheSecurityGroup = inEachRegion(({ carriers }) => {
  const rules = carriers.flatMap(({ transport, signallingCidrs, mediaCidrs }) => [
    ...signallingCidrs.map((cidr) => `${transport} ${cidr}`),
    ...mediaCidrs.map((cidr) => `rtp ${cidr}`),
  ]);
  const count = new Set(rules).size;
  return when(count > CIDR_RULES, {
    path: ['carriers'],
    got: `${count} different CIDRs`,
    allowed: `${CIDR_RULES} signalling and media CIDRs at most, the room of a security group`,
    change: 'them: merge neighbouring blocks, or move a carrier to another region',
  });
});
