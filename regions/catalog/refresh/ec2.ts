import {
  DescribeAvailabilityZonesCommand,
  DescribeRegionsCommand,
  EC2Client,
  EC2ServiceException,
  type Filter,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import { types } from 'node:util';
import { isTracked, type Families } from '../families';
import type { AzOfferings, InstanceType } from '../types';
import { Unreadable, type CatalogSource, type ListedRegion, type Survey } from './source';
import { specOf } from './spec';

const MAX_ATTEMPTS = 8;

/** Reads the catalogue's facts from EC2 with the caller's credentials. All calls are `ec2:Describe*`. */
export class Ec2Source implements CatalogSource {
  private readonly families: Families;
  private readonly homeRegion: string;

  /** @param homeRegion where the list of regions is asked for; it decides the partition */
  constructor(families: Families, homeRegion: string) {
    this.families = families;
    this.homeRegion = homeRegion;
  }

  regions(): Promise<readonly ListedRegion[]> {
    return reading(this.homeRegion, async (ec2) => {
      const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
      return Regions.flatMap(({ RegionName, OptInStatus }) =>
        RegionName ? [{ region: RegionName, enabled: OptInStatus !== 'not-opted-in' }] : [],
      );
    });
  }

  survey(region: string): Promise<Survey> {
    return reading(region, async (ec2) => ({
      azIds: await this.offeringsByAz(ec2, await azIdsOf(ec2)),
      instanceTypes: await this.instanceTypes(ec2),
    }));
  }

  private async offeringsByAz(ec2: EC2Client, azIds: readonly string[]): Promise<AzOfferings> {
    const offered = new Map(azIds.map((azId) => [azId, new Set<string>()]));
    const pages = paginateDescribeInstanceTypeOfferings({ client: ec2 }, { LocationType: 'availability-zone-id' });
    for await (const page of pages)
      for (const { InstanceType: type, Location: azId = '' } of page.InstanceTypeOfferings ?? [])
        if (type && isTracked(type, this.families)) offered.get(azId)?.add(type);
    return offered;
  }

  private async instanceTypes(ec2: EC2Client): Promise<ReadonlyMap<string, InstanceType>> {
    const specs = new Map<string, InstanceType>();
    for await (const page of paginateDescribeInstanceTypes({ client: ec2 }, { Filters: this.wildcards() }))
      for (const info of page.InstanceTypes ?? []) {
        const spec = specOf(info);
        if (spec && info.InstanceType && isTracked(info.InstanceType, this.families))
          specs.set(info.InstanceType, spec);
      }
    return specs;
  }

  /** EC2 documents wildcards for this filter of DescribeInstanceTypes only; offerings are filtered here. */
  private wildcards(): Filter[] {
    const { gpu, media } = this.families;
    return [{ Name: 'instance-type', Values: [...gpu, ...media].map((family) => `${family}.*`) }];
  }
}

/** Ids of the region's Availability Zones proper: Local Zones and Wavelength Zones hold no cell. */
async function azIdsOf(ec2: EC2Client): Promise<string[]> {
  const { AvailabilityZones = [] } = await ec2.send(
    new DescribeAvailabilityZonesCommand({ Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }] }),
  );
  return AvailabilityZones.filter(({ ZoneType }) => ZoneType === 'availability-zone')
    .flatMap(({ ZoneId }) => ZoneId ?? [])
    .toSorted();
}

/** Runs reads against a region and tells a failure of AWS, of the credentials or of the network from one of ours. */
async function reading<T>(region: string, read: (ec2: EC2Client) => Promise<T>): Promise<T> {
  const ec2 = new EC2Client({ region, retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS });
  try {
    return await read(ec2);
  } catch (error) {
    if (!types.isNativeError(error) || !isOutside(error)) throw error;
    throw new Unreadable(oneLine(error), { cause: error });
  } finally {
    ec2.destroy();
  }
}

const oneLine = ({ name, message }: Error): string =>
  `${name === 'Error' ? '' : `${name}: `}${message.split('\n', 1)[0] ?? ''}`;

const OUTSIDE_ERRORS = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError', 'TimeoutError']);

/** AWS refused, the credentials could not be had, or the network failed with a system error such as ECONNREFUSED. */
const isOutside = (error: Error): boolean =>
  error instanceof EC2ServiceException ||
  OUTSIDE_ERRORS.has(error.name) ||
  ('code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code));
