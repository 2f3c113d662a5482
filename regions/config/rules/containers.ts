import { existsSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MAX_CALL_MINUTES, lifecycle } from '../../../media/contract/lifecycle';
import { NODE } from '../../../media/contract/node';
import type { ContainerContract } from '../../../media/contract/schema';
import { rtpPorts } from '../../capacity/sizing';
import type { Finding, Path } from '../finding';
import { inEachRegion, repeats, when, type RegionRule } from './rule';

/** Capabilities a SIP or RTP server has a use for; everything beyond is a way out of the container. */
const CAPABILITIES: ReadonlySet<string> = new Set(['NET_BIND_SERVICE', 'NET_RAW', 'SYS_NICE', 'IPC_LOCK']);

const MEDIA = path.join(__dirname, '..', '..', '..', 'media');

type ContainerRule = (container: ContainerContract) => readonly Finding[];

/** What the waiver of host networking rests on: no container of a media node is root or reaches beyond its directories. */
const containerRules: readonly ContainerRule[] = [
  ({ user }) =>
    when(!/^[1-9]\d*:\d+$/.test(user), {
      path: ['user'],
      allowed: 'uid:gid of a user that is not root, in digits',
      change: 'it to e.g. 10001:10001',
    }),
  ({ capabilities = [] }) =>
    capabilities.flatMap((capability, index) =>
      when(!CAPABILITIES.has(capability), {
        path: ['capabilities', index],
        allowed: [...CAPABILITIES].join(', '),
        change: 'the list: remove it',
      }),
    ),
  ({ volumes = [] }) =>
    volumes.flatMap(({ hostPath }, index) =>
      when(!isOwnDirectory(hostPath), {
        path: ['volumes', index, 'hostPath'],
        allowed: `a path below ${OWN_DIRECTORIES.join(', ')}, the node's directories for containers`,
        change: `it to e.g. ${NODE.spoolDirectory}`,
      }),
    ),
  ({ ports = [] }) =>
    ports.flatMap(({ from, to }, index) =>
      when(from > to, {
        path: ['ports', index, 'to'],
        allowed: `${from} or above, the first port of the range`,
        change: `it to ${from}`,
      }),
    ),
];

const OWN_DIRECTORIES = [NODE.runDirectory, NODE.spoolDirectory, NODE.adoptedDirectory];

function isOwnDirectory(hostPath: string): boolean {
  const plain = path.posix.normalize(hostPath);
  return OWN_DIRECTORIES.some((own) => plain === own || plain.startsWith(`${own}/`));
}

const asked =
  (
    rule: (containers: readonly ContainerContract[], ...rest: Parameters<RegionRule>) => readonly Finding[],
  ): RegionRule =>
  (region, name, config) =>
    rule(region.media.containers ?? [], region, name, config).map((finding) => ({
      ...finding,
      path: ['media', 'containers', ...finding.path],
    }));

export const containersAreConfined = inEachRegion(
  asked((containers) =>
    containers.flatMap((container, index) =>
      containerRules.flatMap((rule) =>
        rule(container).map((finding) => ({ ...finding, path: [index, ...finding.path] })),
      ),
    ),
  ),
);

/** Subnets of media nodes reach no registry but the region's own, and a tag there may be moved. */
export const containerImagesAreReachable = inEachRegion(
  asked((containers, _, region, { account }) =>
    containers.flatMap(({ image }, index) => {
      const registry = `${account}.dkr.ecr.${region}.amazonaws.com/`;
      const pinned = image.startsWith(registry) && /@sha256:[0-9a-f]{64}$/.test(image);
      return when(!pinned && !isKitImage(image), {
        path: [index, 'image'],
        allowed: `asset: and a folder of media/ with a Dockerfile, or ${registry}<repository>@sha256:<digest>`,
        change: "it: mirror the image into the region's own registry and name its digest",
      });
    }),
  ),
);

function isKitImage(image: string): boolean {
  const folder = /^asset:([a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)*)$/.exec(image)?.[1];
  return folder !== undefined && existsSync(path.join(MEDIA, folder, 'Dockerfile'));
}

/** ECS kills a container after its stop timeout, whatever calls it holds; one without calls may stop at once all the same. */
export const containersOutlastCalls = inEachRegion(
  asked((containers, { maxCallMinutes = DEFAULT_MAX_CALL_MINUTES }) =>
    containers.flatMap(({ stopTimeoutSeconds }, index) => {
      const least = lifecycle(maxCallMinutes).stopTimeoutSeconds;
      return when(stopTimeoutSeconds < least, {
        path: [index, 'stopTimeoutSeconds'],
        allowed: `${least} or more, the ${maxCallMinutes} minutes of the longest call`,
        change: `it to ${least}, or maxCallMinutes`,
      });
    }),
  ),
);

/** On the host's network two containers cannot share a name or a port, and the edge must find SIP. */
export const containersFitTogether = inEachRegion((region) => {
  const { containers } = region.media;
  if (!containers) return [];
  const ports = containers.flatMap(({ ports: own = [] }, index) =>
    own.map((port, position) => ({ ...port, index, position })),
  );
  const rtp = rtpPorts('media', region.media.callsPerNode);
  return [
    ...repeats(
      containers.map(({ name }) => name),
      (index) => at(index, 'name'),
      'a container name',
    ),
    ...when(!ports.some(({ name }) => name === 'sip'), {
      path: ['media', 'containers'],
      got: 'no port named sip',
      allowed: 'one container with a port named sip, to which the edge sends calls',
      change: 'the block: add it',
    }),
    ...ports.flatMap((port, order) => {
      const other = ports
        .slice(0, order)
        .find((earlier) => earlier.protocol === port.protocol && overlap(earlier, port));
      const inRtp = port.name !== 'rtp' && port.protocol === 'udp' && overlap(rtp, port);
      return when(other !== undefined || inRtp, {
        path: at(port.index, 'ports', port.position),
        got: `${port.protocol} ${port.from} to ${port.to}`,
        allowed: `ports that no other container has, outside RTP's ${rtp.from} to ${rtp.to}`,
        change: 'one of the two',
      });
    }),
  ];
});

const at = (...rest: Path): Path => ['media', 'containers', ...rest];

const overlap = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from <= b.to && b.from <= a.to;
