import {
  DescribeAvailabilityZonesCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeSubnets,
  type Instance,
} from '@aws-sdk/client-ec2';
import { known, mapAnswer, type Answer } from '../../../../aws/answer';
import { clientConfig } from '../../../../aws/reader';
import type { LiveRegion } from '../reading';
import { chunks, every, unique } from './answers';
import type { InstanceFacts, RegionFacts, SubnetFacts } from './facts';

export const NODE_ACTIONS = ['ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeSubnets'] as const;

/** Values a filter takes (EC2 API reference, `Filter`). Filters, unlike ids, let what has just gone be missing. */
const AT_ONCE = 200;

export type NodeFacts = Pick<RegionFacts, 'instances' | 'subnets' | 'zones'>;

const NO_NODES: NodeFacts = { instances: known(new Map()), subnets: known(new Map()), zones: known(new Map()) };

/** Where the nodes of a region's cells lie: all cells at once. */
export class NodeReader {
  private readonly region: LiveRegion;
  private readonly ec2: EC2Client;

  constructor(region: LiveRegion) {
    this.region = region;
    this.ec2 = new EC2Client(clientConfig(region));
  }

  /** @param taskSubnets of network interfaces that tasks have of their own */
  async read(instanceIds: readonly string[], taskSubnets: readonly string[]): Promise<NodeFacts> {
    if (instanceIds.length === 0 && taskSubnets.length === 0) return NO_NODES;
    const [instances, zones] = await Promise.all([this.instances(unique(instanceIds)), this.zones()]);
    const ofNodes = instances.known ? [...instances.value.values()].flatMap(({ subnets }) => subnets) : [];
    return { instances, zones, subnets: await this.subnets(unique([...ofNodes, ...taskSubnets])) };
  }

  private async instances(ids: readonly string[]): Promise<NodeFacts['instances']> {
    const pages = chunks(ids, AT_ONCE).map((Values) =>
      this.region.ask('ec2:DescribeInstances', async (abortSignal) => {
        const asked = { Filters: [{ Name: 'instance-id', Values: [...Values] }] };
        const found: [string, InstanceFacts][] = [];
        for await (const { Reservations = [] } of paginateDescribeInstances({ client: this.ec2 }, asked, {
          abortSignal,
        }))
          found.push(...Reservations.flatMap(({ Instances = [] }) => Instances.map(instanceOf)));
        return found;
      }),
    );
    return asMap(every(await Promise.all(pages)));
  }

  private async subnets(ids: readonly string[]): Promise<NodeFacts['subnets']> {
    const pages = chunks(ids, AT_ONCE).map((Values) =>
      this.region.ask('ec2:DescribeSubnets', async (abortSignal) => {
        const asked = { Filters: [{ Name: 'subnet-id', Values: [...Values] }] };
        const found: [string, SubnetFacts][] = [];
        for await (const { Subnets = [] } of paginateDescribeSubnets({ client: this.ec2 }, asked, { abortSignal }))
          for (const { SubnetId = '', AvailabilityZoneId: azId, CidrBlock: cidr } of Subnets)
            found.push([SubnetId, { azId, cidr }]);
        return found;
      }),
    );
    return asMap(every(await Promise.all(pages)));
  }

  private zones(): Promise<NodeFacts['zones']> {
    return this.region.ask('ec2:DescribeAvailabilityZones', async (abortSignal) => {
      const { AvailabilityZones = [] } = await this.ec2.send(new DescribeAvailabilityZonesCommand({}), { abortSignal });
      return new Map(
        AvailabilityZones.flatMap(({ ZoneName, ZoneId }) => (ZoneName && ZoneId ? [[ZoneName, ZoneId] as const] : [])),
      );
    });
  }
}

const instanceOf = ({
  InstanceId = '',
  Placement,
  SubnetId,
  NetworkInterfaces = [],
}: Instance): [string, InstanceFacts] => [
  InstanceId,
  {
    azId: Placement?.AvailabilityZoneId,
    azName: Placement?.AvailabilityZone,
    placementGroup: Placement?.GroupName || undefined,
    subnets: unique([SubnetId, ...NetworkInterfaces.map((one) => one.SubnetId)].filter((id) => id !== undefined)),
  },
];

const asMap = <T>(pages: Answer<readonly (readonly [string, T][])[]>): Answer<ReadonlyMap<string, T>> =>
  mapAnswer(pages, (found) => new Map(found.flat()));
