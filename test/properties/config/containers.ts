import { between, chance, oneOf, optional, scaled, some, type Draw } from './draw';
import type { ContainerContract } from '../../../media/contract/schema';

export interface ContainersInput {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly maxCallMinutes: number;
  /** Memory the node has for all of them, MiB. */
  readonly memoryMiB: number;
}

const ROLES = ['server', 'agent', 'recorder', 'side-car'] as const;

/** One to four containers of the user's own that fit on one node; the first answers SIP. */
export function containers(g: Draw, input: ContainersInput): ContainerContract[] {
  const roles = ROLES.slice(0, between(g, 1, ROLES.length));
  const most = Math.floor(input.memoryMiB / roles.length);
  return roles.map((name, index) => ({
    ...confined(g, input, most),
    name,
    image: image(g, input),
    ...(index === 0 ? { ports: serverPorts(g) } : optional(g, 'ports', () => ownPorts(g, index))),
  }));
}

const confined = (g: Draw, input: ContainersInput, mostMiB: number) => ({
  ...optional(g, 'command', () => ['serve', '--verbose', '--config=/etc/server.yaml']),
  ...optional(g, 'env', () => ({
    LOG_LEVEL: oneOf(g, ['info', 'yes', '0']),
    STATUS_URL: 'http://127.0.0.1:8089/status',
  })),
  ...optional(g, 'secrets', () => ({ API: `${secrets(input)}media-AbCdEf` })),
  ...optional(g, 'volumes', () =>
    some(g, ['/run/voicecell', '/var/spool/voicecell', '/var/spool/voicecell/calls']).map((hostPath) => ({
      hostPath,
      containerPath: hostPath,
      readOnly: chance(g),
    })),
  ),
  health: {
    command: ['healthz'],
    intervalSeconds: between(g, 5, 300),
    timeoutSeconds: between(g, 2, 60),
    retries: between(g, 1, 10),
    startPeriodSeconds: between(g, 0, 300),
  },
  drainCommand: ['drain', '--now'],
  stopTimeoutSeconds: input.maxCallMinutes * 60 + oneOf(g, [0, 1, 600]),
  memoryMiB: scaled(g, 16, mostMiB),
  user: oneOf(g, ['10001:10001', '1:0', '65534:65534']),
  ...optional(g, 'capabilities', () => some(g, ['NET_BIND_SERVICE', 'NET_RAW', 'SYS_NICE', 'IPC_LOCK'])),
});

const secrets = ({ partition, region, account }: ContainersInput): string =>
  `arn:${partition}:secretsmanager:${region}:${account}:secret:`;

function image(g: Draw, { account, region }: ContainersInput): string {
  const mirrored = `${account}.dkr.ecr.${region}.amazonaws.com/media/server@sha256:${'0123456789abcdef'.repeat(4)}`;
  return oneOf(g, [mirrored, 'asset:server', 'asset:agent', 'asset:edge/kamailio']);
}

/** RTP lies from 10,000 up, so the server's own doors lie below. */
const serverPorts = (g: Draw) => [
  { name: 'sip', protocol: oneOf(g, ['udp', 'tcp'] as const), from: 5060, to: 5060 },
  { name: 'status', protocol: 'tcp' as const, from: 8089, to: 8089 },
  ...some(g, [{ name: 'rtp', protocol: 'udp' as const, from: 10_000, to: 20_000 }]),
];

const ownPorts = (g: Draw, index: number) => [
  {
    name: `metrics-${index}`,
    protocol: oneOf(g, ['udp', 'tcp'] as const),
    from: 9000 + 100 * index,
    to: 9000 + 100 * index + between(g, 0, 99),
  },
];
