import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeCapacityReservations,
  paginateDescribeInstances,
  paginateDescribeVpcs,
  type Instance,
  type Tag,
} from '@aws-sdk/client-ec2';
import { both, mapAnswer, type Answer } from '../../aws/answer';
import type { Capacity, Counted } from '../facts/facts';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** What an account already uses of a region's quotas, ours told from others' by the tag all our stacks carry. */
export class Ec2UsageReader {
  private readonly props: ReaderProps;
  private readonly ec2: EC2Client;
  private readonly deployment: string;

  constructor(props: ReaderProps, deployment: string) {
    this.props = props;
    this.ec2 = new EC2Client(clientConfig(props));
    this.deployment = deployment;
  }

  async capacity(): Promise<Answer<readonly Capacity[]>> {
    const [instances, reserved] = await Promise.all([this.instances(), this.reserved()]);
    return mapAnswer(both(instances, reserved), ([running, unused]) => [...running, ...unused]);
  }

  elasticIps(): Promise<Answer<Counted>> {
    return this.props.ask('ec2:DescribeAddresses', async (abortSignal) => {
      const { Addresses = [] } = await this.ec2.send(new DescribeAddressesCommand({}), { abortSignal });
      return this.count(Addresses);
    });
  }

  vpcs(): Promise<Answer<Counted>> {
    return this.props.ask('ec2:DescribeVpcs', async (abortSignal) => {
      const vpcs: { Tags?: Tag[] }[] = [];
      for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: this.ec2 }, {}, { abortSignal }))
        vpcs.push(...Vpcs);
      return this.count(vpcs);
    });
  }

  private instances(): Promise<Answer<readonly Capacity[]>> {
    const Filters = [{ Name: 'instance-state-name', Values: ['pending', 'running'] }];
    return this.props.ask('ec2:DescribeInstances', async (abortSignal) => {
      const capacity: Capacity[] = [];
      for await (const page of paginateDescribeInstances({ client: this.ec2 }, { Filters }, { abortSignal }))
        for (const { Instances = [] } of page.Reservations ?? [])
          capacity.push(...Instances.filter(isOnDemand).map((instance) => this.capacityOf(instance)));
      return capacity;
    });
  }

  /** What is reserved and not running counts against the same quota (EC2 user guide, Capacity Reservation limits). */
  private reserved(): Promise<Answer<readonly Capacity[]>> {
    const Filters = [{ Name: 'state', Values: ['active', 'pending'] }];
    return this.props.ask('ec2:DescribeCapacityReservations', async (abortSignal) => {
      const capacity: Capacity[] = [];
      for await (const page of paginateDescribeCapacityReservations({ client: this.ec2 }, { Filters }, { abortSignal }))
        for (const { InstanceType, AvailableInstanceCount: count = 0, Tags } of page.CapacityReservations ?? [])
          if (count > 0) capacity.push({ instanceType: InstanceType ?? '', count, ours: this.isOurs(Tags) });
      return capacity;
    });
  }

  private capacityOf({ InstanceType, CpuOptions, Tags }: Instance): Capacity {
    const vcpus = (CpuOptions?.CoreCount ?? 0) * (CpuOptions?.ThreadsPerCore ?? 0);
    return { instanceType: InstanceType ?? '', count: 1, ours: this.isOurs(Tags), ...(vcpus > 0 ? { vcpus } : {}) };
  }

  private count(things: readonly { readonly Tags?: Tag[] | undefined }[]): Counted {
    const ours = things.filter(({ Tags }) => this.isOurs(Tags)).length;
    return { ours, others: things.length - ours };
  }

  private isOurs(tags: readonly Tag[] = []): boolean {
    return tags.some(({ Key, Value }) => Key === 'voicecell:deployment' && Value === this.deployment);
  }
}

/** Spot instances and those on hosts of one's own have quotas of their own. */
const isOnDemand = ({ InstanceLifecycle, Placement }: Instance): boolean =>
  InstanceLifecycle !== 'spot' && Placement?.Tenancy !== 'host';
