import { type EdgeInput, placeEnv } from './input';
import { holdEnv, lifecycle } from './lifecycle';
import { MEMORY_MIB } from './memory';
import { METRICS } from './metrics';
import { LIVENESS, NODE } from './node';
import { PORTS } from './ports';
import type { ContainerContract } from './schema';

/**
 * Containers of an edge node: SIP proxy, RTP relay, the roster that watches the cell and drains the node, and, where hosts
 * outside are declared, the one way to them.
 */
export const edgeContainers = (input: EdgeInput): ContainerContract[] => [
  kamailio(input),
  rtpengine(input),
  roster(input),
  ...(input.outsideHosts.length > 0 ? [proxy(input)] : []),
];

const runVolume = (readOnly: boolean) => ({
  hostPath: NODE.runDirectory,
  containerPath: NODE.runDirectory,
  readOnly,
});

function common(input: EdgeInput) {
  return { user: NODE.user, stopTimeoutSeconds: lifecycle(input.maxCallMinutes).stopTimeoutSeconds };
}

function kamailio(input: EdgeInput): ContainerContract {
  return {
    ...common(input),
    name: 'kamailio',
    image: 'asset:edge/kamailio',
    env: {
      ...placeEnv(input.place),
      SIP_HOSTNAME: input.sipHostname,
      SIP_PORT: String(PORTS.sip),
      SIP_TLS_PORT: String(PORTS.sipTls),
      SIP_INNER_PORT: String(PORTS.sipInner),
      CARRIERS: JSON.stringify(input.carriers),
      EDGE_NODES: String(input.edgeNodes),
      FALLBACK_NUMBER: input.fallbackNumber,
      PUBLIC_ADDRESS_FILE: NODE.publicAddressFile,
      TLS_DIRECTORY: `${NODE.runDirectory}/tls`,
      DISPATCHER_LIST: NODE.dispatcherList,
      RTPENGINE_CONTROL: `udp:127.0.0.1:${PORTS.rtpengineControl}`,
      HTTP_PORT: String(PORTS.kamailioHttp),
      MAX_CALL_SECONDS: String(input.maxCallMinutes * 60),
    },
    ports: [
      { name: 'sips', protocol: 'tcp', from: PORTS.sipTls, to: PORTS.sipTls },
      { name: 'sip', protocol: 'tcp', from: PORTS.sip, to: PORTS.sip },
      { name: 'sip', protocol: 'udp', from: PORTS.sip, to: PORTS.sip },
      { name: 'sip-inner', protocol: 'udp', from: PORTS.sipInner, to: PORTS.sipInner },
    ],
    volumes: [runVolume(false)],
    health: { command: ['kamcmd', 'core.uptime'], ...LIVENESS },
    drainCommand: ['kamcmd', 'htable.seti', 'ctl', 'drain', '1'],
    memoryMiB: MEMORY_MIB.edge.kamailio,
  };
}

function rtpengine(input: EdgeInput): ContainerContract {
  return {
    ...common(input),
    name: 'rtpengine',
    image: 'asset:edge/rtpengine',
    env: {
      ...placeEnv(input.place),
      PUBLIC_ADDRESS_FILE: NODE.publicAddressFile,
      RTP_PORT_MIN: String(input.rtpPorts.from),
      RTP_PORT_MAX: String(input.rtpPorts.to),
      CONTROL: `127.0.0.1:${PORTS.rtpengineControl}`,
      CLI: `127.0.0.1:${PORTS.rtpengineCli}`,
      HTTP: `127.0.0.1:${PORTS.rtpengineHttp}`,
    },
    ports: [{ name: 'rtp', protocol: 'udp', ...input.rtpPorts }],
    volumes: [runVolume(true)],
    health: {
      command: ['rtpengine-ctl', '-ip', '127.0.0.1', '-port', String(PORTS.rtpengineCli), 'list', 'totals'],
      ...LIVENESS,
    },
    // The relay gets new streams from the proxy only, so it drains when the proxy does.
    drainCommand: ['true'],
    memoryMiB: MEMORY_MIB.edge.rtpengine,
  };
}

function roster(input: EdgeInput): ContainerContract {
  return {
    ...common(input),
    name: 'roster',
    image: 'asset:roster',
    env: {
      ...placeEnv(input.place),
      SIP_PORT: String(PORTS.sip),
      SIP_TLS_PORT: String(PORTS.sipTls),
      CARRIERS: JSON.stringify(input.carriers),
      CERTIFICATE_SECRET_ARN: input.certificateSecretArn,
      TLS_DIRECTORY: `${NODE.runDirectory}/tls`,
      PUBLIC_ADDRESS_FILE: NODE.publicAddressFile,
      MEDIA_SERVICE: `${input.mediaService}.${input.place.namespace}`,
      MEDIA_STATUS_PORT: String(PORTS.status),
      DISPATCHER_LIST: NODE.dispatcherList,
      KAMAILIO_RPC: `http://127.0.0.1:${PORTS.kamailioHttp}/rpc`,
      ...holdEnv(input.maxCallMinutes),
      METRICS_NAMESPACE: METRICS.namespace,
    },
    volumes: [runVolume(false)],
    health: { command: ['node', '/app/health.js'], ...LIVENESS },
    drainCommand: ['node', '/app/drain.js'],
    memoryMiB: MEMORY_MIB.edge.roster,
  };
}

function proxy(input: EdgeInput): ContainerContract {
  return {
    ...common(input),
    name: 'proxy',
    image: 'asset:edge/proxy',
    env: {
      ...placeEnv(input.place),
      PROXY_PORT: String(PORTS.proxy),
      PROXY_CLIENTS: input.mediaCidr,
      OUTSIDE_HOSTS: input.outsideHosts.join(','),
    },
    ports: [{ name: 'proxy', protocol: 'tcp', from: PORTS.proxy, to: PORTS.proxy }],
    health: { command: ['/opt/voicecell/health.sh'], ...LIVENESS },
    // Calls that go on may still need their tools.
    drainCommand: ['true'],
    memoryMiB: MEMORY_MIB.edge.proxy,
  };
}
