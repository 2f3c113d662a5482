interface Block {
  readonly version: 4 | 6;
  readonly address: string;
  readonly length: number;
}

/** Undefined for a text that is no CIDR block. */
function blockOf(cidr: string): Block | undefined {
  const [, address = '', length = ''] = /^(.+)\/(\d{1,3})$/.exec(cidr.trim()) ?? [];
  return length === '' ? undefined : { version: address.includes(':') ? 6 : 4, address, length: Number(length) };
}

/**
 * Shorter ranges are the internet by another name: nobody's own network is that large. It catches `0.0.0.0/1` beside
 * `128.0.0.0/1`, and `2000::/3`, which is every global address of IPv6; the largest registry has a /12.
 */
const NARROWEST_WIDE: Readonly<Record<Block['version'], number>> = { 4: 7, 6: 12 };

/** Whether a range is everybody, or so much of the internet that it may as well be. */
export function isWide(cidr: string): boolean {
  const block = blockOf(cidr);
  return block !== undefined && block.length <= NARROWEST_WIDE[block.version];
}

/** RFC 1918, RFC 6598, link-local and loopback. */
const PRIVATE_IPV4 = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
];

/** Whether no address of a range is reached from the internet. */
export function isPrivate(cidr: string): boolean {
  const block = blockOf(cidr);
  if (!block) return false;
  if (block.version === 6) return (/^f[cd]/i.test(block.address) && block.length >= 7) || isLinkLocal(block);
  return PRIVATE_IPV4.some((range) => contains(range, block));
}

/** Whether a block of IPv4 addresses lies in another; not where one cannot be read. */
export function isWithin(cidr: string, range: string): boolean {
  const [block, outer] = [blockOf(cidr), blockOf(range)];
  return block?.version === 4 && outer?.version === 4 && contains(range, block);
}

const isLinkLocal = ({ address, length }: Block): boolean => /^fe80:/i.test(address) && length >= 10;

function contains(range: string, { address, length }: Block): boolean {
  const outer = blockOf(range);
  if (!outer || length < outer.length) return false;
  const size = 2 ** (32 - outer.length);
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(outer.address) / size);
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
