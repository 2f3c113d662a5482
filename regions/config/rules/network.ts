import { DOCKER_BRIDGE, overlap, parseCidr, PRIVATE_BLOCKS, UNROUTABLE_BLOCKS, within } from '../cidr';
import type { Finding, Path } from '../finding';
import { inEachRegion, when, type Rule } from './rule';

const VPC_ALLOWED = 'an aligned private block (RFC 1918) from /16 to /20, apart from 172.17.0.0/16 which Docker uses';
const WIDEST_CARRIER_PREFIX = 16;

export const vpcIsPrivate = inEachRegion(({ vpcCidr }) => {
  const block = parseCidr(vpcCidr);
  const fits =
    block !== undefined &&
    block.prefix >= 16 &&
    block.prefix <= 20 &&
    PRIVATE_BLOCKS.some((outer) => within(block, outer)) &&
    !DOCKER_BRIDGE.some((bridge) => overlap(block, bridge));
  return when(!fits, { path: ['vpcCidr'], allowed: VPC_ALLOWED, change: 'it to e.g. 10.20.0.0/16' });
});

/** Regions of a deployment may be peered one day; overlapping blocks can never be. */
export const vpcsDoNotOverlap: Rule = ({ regions }) => {
  const blocks = Object.entries(regions).map(([name, { vpcCidr }]) => ({ name, vpcCidr, block: parseCidr(vpcCidr) }));
  return blocks.flatMap(({ name, vpcCidr, block }, index) => {
    const other = blocks.slice(0, index).find((earlier) => earlier.block && block && overlap(earlier.block, block));
    if (!other) return [];
    const got = `${vpcCidr}, which overlaps ${other.vpcCidr} of ${other.name}`;
    return [
      { path: ['regions', name, 'vpcCidr'], got, allowed: 'blocks that do not overlap', change: 'one of the two' },
    ];
  });
};

export const carriersArePublic = inEachRegion(({ carriers }) =>
  carriers.flatMap((carrier, index) =>
    (['signallingCidrs', 'mediaCidrs'] as const).flatMap((key) =>
      carrier[key].flatMap((cidr, position) => publicCidr(cidr, ['carriers', index, key, position])),
    ),
  ),
);

function publicCidr(cidr: string, path: Path): Finding[] {
  const block = parseCidr(cidr);
  const fits =
    block !== undefined &&
    block.prefix >= WIDEST_CARRIER_PREFIX &&
    !UNROUTABLE_BLOCKS.some((unroutable) => overlap(block, unroutable));
  return when(!fits, {
    path,
    allowed: `an aligned public block of the carrier, /${WIDEST_CARRIER_PREFIX} or narrower`,
    change: 'it to the addresses the carrier publishes, e.g. 198.51.100.0/28',
  });
}
