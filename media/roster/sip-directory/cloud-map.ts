import {
  DeregisterInstanceCommand,
  InstanceNotFound,
  type InstanceSummary,
  ListInstancesCommand,
  RegisterInstanceCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import type { Entry } from './decide';

const SEEN_AT = 'VOICECELL_SEEN_AT';

/** A Cloud Map service in which the node stands: its A record, or the SRV record of a transport. */
export interface Listing {
  readonly serviceId: string;
  /** Of an SRV record. */
  readonly port?: number;
}

/** Every entry; more than a page of them is read on. */
export async function entriesOf(client: ServiceDiscoveryClient, serviceId: string): Promise<Entry[]> {
  const found: InstanceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListInstancesCommand({ ServiceId: serviceId, NextToken }));
    found.push(...(page.Instances ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found.map(({ Id = '', Attributes = {} }) => ({
    id: Id,
    seenAt: Attributes[SEEN_AT] === undefined ? undefined : Date.parse(Attributes[SEEN_AT]),
  }));
}

/** Writes the entry, or writes it again: Cloud Map keeps one by id. */
export async function enter(
  client: ServiceDiscoveryClient,
  { serviceId, port }: Listing,
  address: string,
  now: number,
): Promise<void> {
  await client.send(
    new RegisterInstanceCommand({
      ServiceId: serviceId,
      InstanceId: idOf(address),
      // The same write twice within a moment is one; the next refresh is another.
      CreatorRequestId: String(now),
      Attributes: {
        AWS_INSTANCE_IPV4: address,
        ...(port === undefined ? {} : { AWS_INSTANCE_PORT: String(port) }),
        [SEEN_AT]: new Date(now).toISOString(),
      },
    }),
  );
}

export async function leave(client: ServiceDiscoveryClient, serviceId: string, id: string): Promise<void> {
  try {
    await client.send(new DeregisterInstanceCommand({ ServiceId: serviceId, InstanceId: id }));
  } catch (error) {
    if (!(error instanceof InstanceNotFound)) throw error;
  }
}

/** A label of DNS has no dots in it. */
export const idOf = (address: string): string => address.replaceAll('.', '-');
