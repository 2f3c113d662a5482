/** A block of IPv4 addresses as numbers: `first` to `last`, both inside. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Undefined unless each octet is at most 255, the prefix at most 32 and no host bit is set. */
export function parseCidr(cidr: string): Block | undefined {
  const [address = '', prefixText = ''] = cidr.split('/');
  const octets = address.split('.').map(Number);
  const prefix = Number(prefixText);
  if (octets.some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export const overlap = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;

export const within = (inner: Block, outer: Block): boolean => inner.first >= outer.first && inner.last <= outer.last;

const blocks = (...cidrs: readonly string[]): readonly Block[] =>
  cidrs.map(parseCidr).filter((block) => block !== undefined);

/** RFC 1918. */
export const PRIVATE_BLOCKS = blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');

/** Docker's default bridge on every node: a VPC that contains it cannot be reached from containers. */
export const DOCKER_BRIDGE = blocks('172.17.0.0/16');

/** Blocks no carrier can send from (IANA special-purpose registry); the documentation blocks of RFC 5737 are let through. */
export const UNROUTABLE_BLOCKS = [
  ...PRIVATE_BLOCKS,
  ...blocks(
    '0.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ),
];
