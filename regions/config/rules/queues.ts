import { overlap, parseCidr, PRIVATE_BLOCKS, within } from '../cidr';
import type { Finding } from '../finding';
import { nearest } from '../nearest';
import type { RegionConfig } from '../schema';
import { inEachRegion, repeats, when, type Rule } from './rule';

/** Whoever asks for a person must reach one: a name that leads nowhere is found out by a caller. */
export const queuesAreDeclared = inEachRegion(({ numbers, queues }) => {
  const names = queues.map(({ name }) => name);
  return [
    ...repeats(names, (index) => ['queues', index, 'name'], 'a queue name'),
    ...numbers.flatMap(({ queue }, index) =>
      when(!names.includes(queue), {
        path: ['numbers', index, 'queue'],
        allowed: `a queue of the region: ${names.join(', ')}`,
        change: `it to ${nearest(queue, names) ?? names[0]}, or declare it under queues`,
      }),
    ),
  ];
});

/** A bridged call is dialled by the media node: by an address, because a name may lead elsewhere tomorrow. */
export const bridgedQueuesAreReached = inEachRegion(({ queues, queueNetwork }) => {
  if (!queues.some(({ how }) => how === 'bridge'))
    return when(queueNetwork !== undefined, {
      path: ['queueNetwork'],
      got: 'a network that no queue is bridged into',
      allowed: 'queueNetwork beside a queue with how: bridge',
      change: 'the block: remove it',
    });
  return queues.flatMap(({ how, uri }, index) => {
    if (how === 'refer') return [];
    if (!queueNetwork) return [unreachable(index)];
    return when(!isIn(addressOf(uri), queueNetwork.signallingCidrs), {
      path: ['queues', index, 'uri'],
      allowed: `an IPv4 address of queueNetwork.signallingCidrs (${queueNetwork.signallingCidrs.join(', ')}) after the @`,
      change: 'one of the two',
    });
  });
});

const unreachable = (index: number): Finding => ({
  path: ['queues', index, 'how'],
  got: 'bridge without queueNetwork',
  allowed: 'refer, or bridge with queueNetwork: a media node has no route out of its cell but that one',
  change: 'it to refer, or add queueNetwork',
});

const addressOf = (uri: string): string => /@([^:;]+)/.exec(uri)?.[1] ?? '';

function isIn(address: string, cidrs: readonly string[]): boolean {
  const host = /^(\d{1,3}\.){3}\d{1,3}$/.test(address) ? parseCidr(`${address}/32`) : undefined;
  const blocks = cidrs.map(parseCidr).filter((block) => block !== undefined);
  return host !== undefined && blocks.some((block) => within(host, block));
}

/** A transit gateway is of one region; peers of another are reached through that one's. */
export const transitGatewaysAreDistinct: Rule = ({ regions }) => {
  const entries = Object.entries(regions).flatMap(([region, { queueNetwork }]) =>
    queueNetwork ? [{ region, id: queueNetwork.transitGatewayId }] : [],
  );
  return repeats(
    entries.map(({ id }) => id),
    (index) => ['regions', entries[index]?.region ?? '', 'queueNetwork', 'transitGatewayId'],
    'a transit gateway of the region itself,',
  );
};

const WIDEST_PREFIX = 16;

export const queueNetworksArePrivate = inEachRegion(({ queueNetwork, vpcCidr }) =>
  queueNetwork
    ? (['signallingCidrs', 'mediaCidrs'] as const).flatMap((key) =>
        queueNetwork[key].flatMap((cidr, index) =>
          when(!isPeer(cidr, vpcCidr), {
            path: ['queueNetwork', key, index],
            allowed: `an aligned private block (RFC 1918), /${WIDEST_PREFIX} or narrower, apart from the VPC's ${vpcCidr}`,
            change: 'it to the addresses of the people who take over, e.g. 192.168.10.0/24',
          }),
        ),
      )
    : [],
);

function isPeer(cidr: string, vpcCidr: RegionConfig['vpcCidr']): boolean {
  const block = parseCidr(cidr);
  const vpc = parseCidr(vpcCidr);
  if (!block || block.prefix < WIDEST_PREFIX) return false;
  return PRIVATE_BLOCKS.some((outer) => within(block, outer)) && !(vpc && overlap(block, vpc));
}
