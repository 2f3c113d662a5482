import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { CellPlan } from '../../../regions/plan/cell-types';
import { tag } from '../../tags';
import type { CellNetwork } from './region-network';
import type { RegionVpc } from './region-vpc';

export interface CellSubnetsProps {
  readonly vpc: RegionVpc;
  readonly cell: CellPlan;
  /** Whether media nodes have routes that the cell's other private subnets must not have. */
  readonly mediaHasRoutes: boolean;
}

/**
 * A cell's four subnets, pinned by AZ id. Only edge is routed to the internet; the others share a table without any route out.
 * Where queues are bridged, media has a table of its own with the way to them.
 */
export class CellSubnets extends Construct implements Omit<CellNetwork, 'elasticIpAllocationIds'> {
  readonly edgeSubnetId: string;
  readonly mediaSubnetId: string;
  readonly inferenceSubnetId: string;
  readonly dataSubnetId: string;
  readonly mediaRouteTableId: string;
  /** Every table but that of edge. */
  readonly privateRouteTableIds: string[];
  private readonly props: CellSubnetsProps;

  constructor(scope: Construct, id: string, props: CellSubnetsProps) {
    super(scope, id);
    this.props = props;
    const privateTable = this.table('PrivateRoutes');
    this.mediaRouteTableId = props.mediaHasRoutes ? this.table('MediaRouteTable') : privateTable;
    this.privateRouteTableIds = [...new Set([privateTable, this.mediaRouteTableId])];
    this.edgeSubnetId = this.subnet('Edge', 'edge', props.vpc.edgeRouteTableId);
    this.mediaSubnetId = this.subnet('Media', 'media', this.mediaRouteTableId);
    this.inferenceSubnetId = this.subnet('Inference', 'inference', privateTable);
    this.dataSubnetId = this.subnet('Data', 'data', privateTable);
    tag(this, { cell: props.cell.azId });
  }

  private table(id: string): string {
    return new ec2.CfnRouteTable(this, id, { vpcId: this.props.vpc.vpcId }).ref;
  }

  private subnet(id: string, kind: keyof CellPlan['subnets'], routeTableId: string): string {
    const { vpc, cell } = this.props;
    const subnet = new ec2.CfnSubnet(this, id, {
      vpcId: vpc.vpcId,
      availabilityZoneId: cell.azId,
      cidrBlock: cell.subnets[kind],
      mapPublicIpOnLaunch: false,
    });
    Tags.of(subnet).add('Name', `${cell.name}-${kind}`);
    // Speech and language models of all three tiers share the inference subnet, so it carries none of their tags.
    if (kind !== 'inference') tag(subnet, { tier: kind });
    new ec2.CfnSubnetRouteTableAssociation(this, `${id}Routes`, { subnetId: subnet.ref, routeTableId });
    return subnet.ref;
  }
}
