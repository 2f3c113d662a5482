import { type LifeSettings, type Take, lifeSettings, readEnv } from './lifecycle/settings';
import type { Listing } from './sip-directory/cloud-map';
import type { Limits } from './sip-directory/shares';

/** What `media/contract/edge.ts` and the cell's stack give this container. */
export interface Settings extends LifeSettings {
  /** Name of the media service in the cell's directory; its first label is the name of the ECS service. */
  readonly mediaService: string;
  readonly statusPort: number;
  readonly list: string;
  readonly rpc: string;
  readonly certificateSecretArn: string;
  readonly tlsDirectory: string;
  readonly publicAddressFile: string;
  readonly carriers: readonly (Limits & { readonly transport: Transport })[];
  readonly host: Listing;
  /** One for each transport that carriers speak. */
  readonly transports: readonly Listing[];
}

type Transport = 'tls' | 'tcp' | 'udp';

/** Throws with every name that is missing. */
export const settingsOf = (env: Readonly<Record<string, string | undefined>>): Settings => readEnv(env, edgeSettings);

function edgeSettings(take: Take): Settings {
  const carriers = JSON.parse(take('CARRIERS') || '[]') as Settings['carriers'];
  const ports = { tls: Number(take('SIP_TLS_PORT')), tcp: Number(take('SIP_PORT')), udp: Number(take('SIP_PORT')) };
  const spoken = [...new Set(carriers.map(({ transport }) => transport))];
  return {
    ...lifeSettings(take),
    mediaService: take('MEDIA_SERVICE'),
    statusPort: Number(take('MEDIA_STATUS_PORT')),
    list: take('DISPATCHER_LIST'),
    rpc: take('KAMAILIO_RPC'),
    certificateSecretArn: take('CERTIFICATE_SECRET_ARN'),
    tlsDirectory: take('TLS_DIRECTORY'),
    publicAddressFile: take('PUBLIC_ADDRESS_FILE'),
    carriers,
    host: { serviceId: take('SIP_HOST_SERVICE_ID') },
    transports: spoken.map((transport) => ({
      serviceId: take(`SIP_SRV_SERVICE_ID_${transport.toUpperCase()}`),
      port: ports[transport],
    })),
  };
}
