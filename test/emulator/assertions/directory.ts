import {
  GetServiceCommand,
  ListNamespacesCommand,
  ListServicesCommand,
  type Service,
} from '@aws-sdk/client-servicediscovery';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, only, present } from './check';

export interface ExpectedNamespace {
  readonly name: string;
  readonly type: 'DNS_PUBLIC' | 'DNS_PRIVATE';
  /** Services, one line each: `<name> <record type> <seconds>`. */
  readonly services: readonly string[];
}

/** Where carriers find the edge. */
export function directoryChecks({ sip }: RegionPlan, region: Region): Check[] {
  const label = sip.hostname.slice(0, -`.${sip.zone}`.length);
  const seconds = sip.recordTtlSeconds;
  const srv = ['_sips._tcp', '_sip._tcp', '_sip._udp'].map((prefix) => `${prefix}.${label} SRV ${seconds}`);
  return [namespaceCheck(region, { name: sip.zone, type: 'DNS_PUBLIC', services: [`${label} A ${seconds}`, ...srv] })];
}

/** A Cloud Map namespace with exactly these services. */
export const namespaceCheck = (region: Region, { name, type, services }: ExpectedNamespace): Check =>
  check(`names under ${name}`, { type, services: services.toSorted() }, async () => {
    const { Namespaces } = await region.names.send(new ListNamespacesCommand({}));
    const namespace = only(
      Namespaces?.filter((one) => one.Name === name),
      `namespace ${name}`,
    );
    return { type: namespace.Type, services: await servicesOf(region, present(namespace.Id, 'namespace id')) };
  });

async function servicesOf({ names }: Region, namespace: string): Promise<string[]> {
  const { Services: listed = [] } = await names.send(new ListServicesCommand({}));
  const services = await Promise.all(listed.map(({ Id }) => names.send(new GetServiceCommand({ Id }))));
  return services.flatMap(({ Service }) => (Service?.NamespaceId === namespace ? [lineOf(Service)] : [])).toSorted();
}

const lineOf = ({ Name, DnsConfig }: Service): string =>
  [Name, ...(DnsConfig?.DnsRecords ?? []).map(({ Type, TTL }) => `${Type} ${TTL}`)].join(' ');
