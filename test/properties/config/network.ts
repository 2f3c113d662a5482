import { between, chance, oneOf, scaled, several, some, type Draw } from './draw';
import type { RegionConfig } from '../../../regions/config/schema';

type Carrier = RegionConfig['carriers'][number];

/** Private /16 blocks, apart from Docker's 172.17.0.0/16. */
const PRIVATE = [
  ...Array.from({ length: 256 }, (_, octet) => `10.${octet}`),
  ...[16, ...Array.from({ length: 14 }, (_, index) => 18 + index)].map((octet) => `172.${octet}`),
  '192.168',
];

/** VPC blocks that do not overlap, from /16 to /20. */
export function vpcCidrs(g: Draw, count: number): string[] {
  const first = between(g, 0, PRIVATE.length - 1);
  return several(g, count, count, (index) => {
    const prefix = between(g, 16, 20);
    const third = between(g, 0, 2 ** (prefix - 16) - 1) * 2 ** (24 - prefix);
    return `${PRIVATE[(first + index) % PRIVATE.length]}.${third}.0/${prefix}`;
  });
}

/** Addresses that instances may take in each kind of subnet of a cell; AWS keeps five of each (VPC User Guide). */
export function roomOf(vpcCidr: string): { readonly edge: number; readonly media: number; readonly inference: number } {
  const cell = 2 ** (32 - Number(vpcCidr.split('/')[1])) / 8;
  return { edge: cell / 8 - 5, media: cell / 4 - 5, inference: cell / 2 - 5 };
}

const PUBLIC = ['198.51.100', '203.0.113', '192.0.2', '54.172.60', '8.8.8', '172.32.0', '223.255.255', '1.0.0'];

function carrierCidr(g: Draw): string {
  const prefix = oneOf(g, [16, 24, 27, 28, 30, 32]);
  if (prefix === 16) return '54.172.0.0/16';
  return `${oneOf(g, PUBLIC)}.${between(g, 0, 2 ** (prefix - 24) - 1) * 2 ** (32 - prefix)}/${prefix}`;
}

/** One to four carriers; a security group has room for fifty of their blocks. */
export function carriers(g: Draw, regulated: boolean): Carrier[] {
  const count = between(g, 1, 4);
  const most = count === 1 ? 25 : 6;
  const order = some(g, [1, 2, 3, 4], count, count);
  return order.map((failoverOrder, index) => {
    const tls = regulated || chance(g);
    return {
      name: oneOf(g, [`carrier-${index}`, `c${index}`, `${'c'.repeat(30)}${index}`]),
      signallingCidrs: several(g, 1, most, () => carrierCidr(g)),
      mediaCidrs: several(g, 1, most, () => carrierCidr(g)),
      transport: tls ? 'tls' : oneOf(g, ['tcp', 'udp'] as const),
      srtp: regulated || (tls && chance(g)) ? 'required' : 'none',
      maxCalls: scaled(g, 1, 100_000),
      maxCallsPerSecond: scaled(g, 1, 1000),
      failoverOrder,
    };
  });
}
