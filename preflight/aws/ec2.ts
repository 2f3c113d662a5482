import {
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeRegionsCommand,
  DescribeVpcEndpointServicesCommand,
  EC2Client,
  paginateDescribeInstanceTypeOfferings,
  type ServiceDetail,
} from '@aws-sdk/client-ec2';
import type { Answer } from '../../aws/answer';
import type { EndpointService, MachineImage, Zone } from '../facts/facts';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** What a region offers to the account. */
export class Ec2Reader {
  private readonly props: ReaderProps;
  private readonly ec2: EC2Client;

  constructor(props: ReaderProps) {
    this.props = props;
    this.ec2 = new EC2Client(clientConfig(props));
  }

  regions(): Promise<Answer<ReadonlyMap<string, boolean>>> {
    return this.props.ask('ec2:DescribeRegions', async (abortSignal) => {
      const { Regions = [] } = await this.ec2.send(new DescribeRegionsCommand({ AllRegions: true }), { abortSignal });
      return new Map(Regions.map(({ RegionName = '', OptInStatus }) => [RegionName, OptInStatus !== 'not-opted-in']));
    });
  }

  zones(): Promise<Answer<readonly Zone[]>> {
    return this.props.ask('ec2:DescribeAvailabilityZones', async (abortSignal) => {
      const { AvailabilityZones = [] } = await this.ec2.send(
        new DescribeAvailabilityZonesCommand({ Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }] }),
        { abortSignal },
      );
      return AvailabilityZones.map(({ ZoneId: azId = '', ZoneName: name = '' }) => ({ azId, name }));
    });
  }

  offerings(types: readonly string[]): Promise<Answer<ReadonlyMap<string, ReadonlySet<string>>>> {
    return this.props.ask('ec2:DescribeInstanceTypeOfferings', async (abortSignal) => {
      const offered = new Map<string, Set<string>>();
      const input = {
        LocationType: 'availability-zone-id' as const,
        Filters: [{ Name: 'instance-type', Values: [...types] }],
      };
      for await (const page of paginateDescribeInstanceTypeOfferings({ client: this.ec2 }, input, { abortSignal }))
        for (const { InstanceType: type = '', Location: azId = '' } of page.InstanceTypeOfferings ?? [])
          offered.set(azId, (offered.get(azId) ?? new Set()).add(type));
      return offered;
    });
  }

  /** By filter, not by name: one name that does not exist fails the whole question. */
  endpointServices(services: readonly string[]): Promise<Answer<readonly EndpointService[]>> {
    const prefix = `com.amazonaws.${this.props.region}.`;
    const Filters = [{ Name: 'service-name', Values: services.map((service) => prefix + service) }];
    return this.props.ask('ec2:DescribeVpcEndpointServices', async (abortSignal) => {
      const found: ServiceDetail[] = [];
      let NextToken: string | undefined;
      do {
        const page = await this.ec2.send(new DescribeVpcEndpointServicesCommand({ Filters, NextToken }), {
          abortSignal,
        });
        found.push(...(page.ServiceDetails ?? []));
        ({ NextToken } = page);
      } while (NextToken);
      return found.filter(isInterface).map((detail) => serviceOf(detail, prefix));
    });
  }

  /** By filter for the same reason; deprecated and disabled images are left out unless asked for. */
  machineImages(ids: readonly string[]): Promise<Answer<readonly MachineImage[]>> {
    return this.props.ask('ec2:DescribeImages', async (abortSignal) => {
      const { Images = [] } = await this.ec2.send(
        new DescribeImagesCommand({
          Filters: [{ Name: 'image-id', Values: [...ids] }],
          IncludeDeprecated: true,
          IncludeDisabled: true,
        }),
        { abortSignal },
      );
      return Images.map(({ ImageId: id = '', State: state = '', DeprecationTime: deprecatedAt }) => ({
        id,
        state,
        ...(deprecatedAt === undefined ? {} : { deprecatedAt }),
      }));
    });
  }
}

const isInterface = ({ ServiceType = [] }: ServiceDetail): boolean =>
  ServiceType.some(({ ServiceType: type }) => type === 'Interface');

const serviceOf = (detail: ServiceDetail, prefix: string): EndpointService => ({
  service: (detail.ServiceName ?? '').replace(prefix, ''),
  azIds: detail.AvailabilityZoneIds ?? [],
  azNames: detail.AvailabilityZones ?? [],
});
