import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  ListTagsForResourceCommand,
  paginateListNamespaces,
  paginateListServices,
  ServiceDiscoveryClient,
  type NamespaceSummary,
  type ServiceSummary,
} from '@aws-sdk/client-servicediscovery';
import { mapAnswer, type Answer } from '../../../../../../aws/answer';
import { answering } from '../../../../../../aws/errors';
import { clientConfig } from '../../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../../reading';
import { GONE, readingOf, type Part } from '../../data/parts';
import { everyPage, picked, tagsOf } from '../../data/shapes';
import { allOf } from '../chunks';

const PRIVATE = 'AWS::ServiceDiscovery::PrivateDnsNamespace';
const PUBLIC = 'AWS::ServiceDiscovery::PublicDnsNamespace';
const SERVICE = 'AWS::ServiceDiscovery::Service';

const NAMESPACES = 'servicediscovery:ListNamespaces';
const SERVICES = 'servicediscovery:ListServices';
const TAGS = 'servicediscovery:ListTagsForResource';
const ZONE = 'route53:GetHostedZone';

/** Namespaces, which are one a cell and one a region, and what is registered in each. */
export const names: LiveReader = {
  types: [PRIVATE, PUBLIC, SERVICE],
  actions: [ZONE, NAMESPACES, SERVICES, TAGS],
  async read(deployed, region) {
    const client = new ServiceDiscoveryClient(clientConfig(region));
    const namespaces = deployed.filter(({ resource }) => resource.type !== SERVICE);
    const services = deployed.filter(({ resource }) => resource.type === SERVICE);
    const [all, registered] = await Promise.all([
      namespacesOf(region, client),
      services.length === 0 ? allOf<Registered>([]) : servicesOf(namespaces, region, client),
    ]);
    const readings = namespaces.map((one) => namespaceReading(one, all, region, client));
    return Promise.all([...readings, ...services.map((one) => serviceReading(one, registered, region, client))]);
  },
};

const namespacesOf = ({ ask }: LiveRegion, client: ServiceDiscoveryClient) =>
  ask(NAMESPACES, (abortSignal) =>
    everyPage(paginateListNamespaces({ client }, {}, { abortSignal }), ({ Namespaces }) => Namespaces),
  );

interface Registered {
  readonly namespace: string | undefined;
  readonly service: ServiceSummary;
}

/** A list of services does not say of which namespace they are, unless it is asked for those of one. */
async function servicesOf(namespaces: readonly Deployed[], { ask }: LiveRegion, client: ServiceDiscoveryClient) {
  const ids = namespaces.length > 0 ? namespaces.map(({ physicalId }) => physicalId) : [undefined];
  const answers = ids.map(async (namespace) => {
    const Filters = namespace === undefined ? [] : [{ Name: 'NAMESPACE_ID' as const, Values: [namespace] }];
    const found = await ask(SERVICES, (abortSignal) =>
      everyPage(paginateListServices({ client }, { Filters }, { abortSignal }), ({ Services }) => Services),
    );
    return mapAnswer(found, (services) =>
      services.map((service): Registered => ({ namespace: service.DnsConfig?.NamespaceId ?? namespace, service })),
    );
  });
  return allOf(await Promise.all(answers));
}

async function serviceReading(
  deployed: Deployed,
  registered: Answer<readonly Registered[]>,
  region: LiveRegion,
  client: ServiceDiscoveryClient,
): Promise<Reading> {
  const found = registered.known
    ? registered.value.find(({ service }) => service.Id === deployed.physicalId)
    : undefined;
  const answer = mapAnswer(registered, () =>
    found ? { ...picked(found.service, SAME_OF_SERVICE), NamespaceId: found.namespace } : GONE,
  );
  const more = found ? [await tagsPart(found.service, region, client)] : [];
  return readingOf(deployed, [{ names: SERVICE_NAMES, answer }, ...more], {});
}

const SAME_OF_SERVICE = [
  'Description',
  'DnsConfig',
  'HealthCheckConfig',
  'HealthCheckCustomConfig',
  'Name',
] as const satisfies readonly (keyof ServiceSummary)[];

const SERVICE_NAMES = [...SAME_OF_SERVICE, 'NamespaceId'];

async function namespaceReading(
  deployed: Deployed,
  all: Answer<readonly NamespaceSummary[]>,
  region: LiveRegion,
  client: ServiceDiscoveryClient,
): Promise<Reading> {
  const found = all.known ? all.value.find(({ Id }) => Id === deployed.physicalId) : undefined;
  const answer = mapAnswer(all, () => (found ? picked(found, ['Description', 'Name']) : GONE));
  const more = found ? [tagsPart(found, region, client), ...zoneParts(deployed, found, region)] : [];
  return readingOf(deployed, [{ names: ['Description', 'Name'], answer }, ...(await Promise.all(more))], {});
}

async function tagsPart(
  { Arn }: Pick<NamespaceSummary, 'Arn'>,
  { ask }: LiveRegion,
  client: ServiceDiscoveryClient,
): Promise<Part> {
  const command = new ListTagsForResourceCommand({ ResourceARN: Arn });
  const answer = await ask(TAGS, (abortSignal) => client.send(command, { abortSignal }));
  return { names: ['Tags'], answer: mapAnswer(answer, ({ Tags }) => tagsOf(Tags)) };
}

const zoneParts = ({ resource }: Deployed, { Properties }: NamespaceSummary, region: LiveRegion): Promise<Part>[] => {
  const zone = Properties?.DnsProperties?.HostedZoneId;
  return resource.type === PRIVATE && zone !== undefined ? [zonePart(zone, region)] : [];
};

/** One VPC, as the template has it; where somebody has let others see the names, all of them. */
async function zonePart(Id: string, region: LiveRegion): Promise<Part> {
  const client = new Route53Client(clientConfig(region));
  const answer = await region.ask(ZONE, (abortSignal) =>
    client.send(new GetHostedZoneCommand({ Id }), { abortSignal }).catch(answering(GONE, 'NoSuchHostedZone')),
  );
  return {
    names: ['Vpc'],
    answer: mapAnswer(answer, (found) => {
      const vpcs = found === GONE ? [] : (found.VPCs ?? []).map(({ VPCId }) => VPCId);
      return { Vpc: vpcs.length === 1 ? vpcs[0] : vpcs };
    }),
  };
}
