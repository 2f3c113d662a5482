import { Fn, RemovalPolicy, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { CellPlan } from '../../../regions/plan/cell-types';
import { tag } from '../../tags';

export interface ElasticIpPoolProps {
  readonly cell: CellPlan;
}

/** The public addresses of a cell's edge nodes. They outlive nodes and stack alike, because carriers keep lists of them. */
export class ElasticIpPool extends Construct {
  readonly allocationIds: string[];
  private readonly addresses: string[];

  constructor(scope: Construct, id: string, { cell }: ElasticIpPoolProps) {
    super(scope, id);
    const pool = Array.from({ length: cell.elasticIps }, (_, index) => this.elasticIp(`Address${index + 1}`));
    this.allocationIds = pool.map((address) => address.attrAllocationId);
    this.addresses = pool.map((address) => address.ref);
    tag(this, { cell: cell.azId, tier: 'edge' });
    Tags.of(this).add('voicecell:pool', 'edge');
    Tags.of(this).add('Name', `${cell.name}-edge`);
  }

  /** The pools' addresses, separated by commas. */
  static addressesOf(pools: readonly ElasticIpPool[]): string {
    return Fn.join(
      ',',
      pools.flatMap((pool) => pool.addresses),
    );
  }

  private elasticIp(id: string): ec2.CfnEIP {
    const address = new ec2.CfnEIP(this, id, { domain: 'vpc' });
    address.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return address;
  }
}
