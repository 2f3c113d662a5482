import type { Listing } from './sip-directory/cloud-map';
import type { Limits } from './sip-directory/shares';

/** What `media/contract/edge.ts` and the cell's stack give this container. */
export interface Settings {
  readonly region: string;
  readonly cluster: string;
  readonly deployment: string;
  readonly cell: string;
  /** Name of the media service in the cell's directory; its first label is the name of the ECS service. */
  readonly mediaService: string;
  readonly statusPort: number;
  readonly list: string;
  readonly rpc: string;
  readonly certificateSecretArn: string;
  readonly tlsDirectory: string;
  readonly metricsNamespace: string;
  readonly publicAddressFile: string;
  readonly carriers: readonly (Limits & { readonly transport: Transport })[];
  readonly host: Listing;
  /** One for each transport that carriers speak. */
  readonly transports: readonly Listing[];
  /** ECS service of this node. */
  readonly edgeService: string;
  readonly protectionMinutes: number;
  readonly autoScalingGroup: string;
  readonly drainHook: string;
  readonly heartbeatSeconds: number;
  /** Where the ECS agent says which task this is. */
  readonly metadata: string;
}

type Transport = 'tls' | 'tcp' | 'udp';

/** Throws with every name that is missing. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const missing: string[] = [];
  const take = (name: string): string => {
    const value = env[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const carriers = JSON.parse(take('CARRIERS') || '[]') as Settings['carriers'];
  const ports = { tls: Number(take('SIP_TLS_PORT')), tcp: Number(take('SIP_PORT')), udp: Number(take('SIP_PORT')) };
  const spoken = [...new Set(carriers.map(({ transport }) => transport))];
  const settings: Settings = {
    region: take('AWS_REGION'),
    cluster: take('VOICECELL_CLUSTER'),
    deployment: take('VOICECELL_DEPLOYMENT'),
    cell: take('VOICECELL_CELL'),
    mediaService: take('MEDIA_SERVICE'),
    statusPort: Number(take('MEDIA_STATUS_PORT')),
    list: take('DISPATCHER_LIST'),
    rpc: take('KAMAILIO_RPC'),
    certificateSecretArn: take('CERTIFICATE_SECRET_ARN'),
    tlsDirectory: take('TLS_DIRECTORY'),
    metricsNamespace: take('METRICS_NAMESPACE'),
    publicAddressFile: take('PUBLIC_ADDRESS_FILE'),
    carriers,
    host: { serviceId: take('SIP_HOST_SERVICE_ID') },
    transports: spoken.map((transport) => ({
      serviceId: take(`SIP_SRV_SERVICE_ID_${transport.toUpperCase()}`),
      port: ports[transport],
    })),
    edgeService: take('EDGE_SERVICE'),
    protectionMinutes: Number(take('PROTECTION_MINUTES')),
    autoScalingGroup: take('AUTO_SCALING_GROUP'),
    drainHook: take('DRAIN_HOOK'),
    heartbeatSeconds: Number(take('HOOK_HEARTBEAT_SECONDS')),
    metadata: take('ECS_CONTAINER_METADATA_URI_V4'),
  };
  if (missing.length > 0) throw new Error(`not set: ${[...new Set(missing)].join(', ')}`);
  return settings;
}
