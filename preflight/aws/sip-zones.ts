import { known, type Answer } from '../../aws/answer';
import type { SipZones } from '../facts/facts';
import { delegatedTo, NO_DELEGATION } from './dns';
import type { ReaderProps } from '../../aws/reader';
import { Route53Reader } from './route53';

/** The zones of a name, and whom the public DNS names for it once there is one to name. */
export async function sipZones(zone: string, reader: ReaderProps): Promise<Answer<SipZones>> {
  const zones = await new Route53Reader(reader).zones(zone);
  if (!zones.known) return zones;
  const delegated = zones.value.managed.length > 0 ? await delegatedTo(zone, reader.ask) : NO_DELEGATION;
  return known({ ...zones.value, delegated });
}
