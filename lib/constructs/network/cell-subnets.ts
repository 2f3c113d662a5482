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
}

/** A cell's four subnets, pinned by AZ id. Only edge is routed to the internet; the others share a table without any route out. */
export class CellSubnets extends Construct implements Omit<CellNetwork, 'elasticIpAllocationIds'> {
  readonly edgeSubnetId: string;
  readonly mediaSubnetId: string;
  readonly inferenceSubnetId: string;
  readonly dataSubnetId: string;
  readonly privateRouteTableId: string;
  private readonly props: CellSubnetsProps;

  constructor(scope: Construct, id: string, props: CellSubnetsProps) {
    super(scope, id);
    this.props = props;
    this.privateRouteTableId = new ec2.CfnRouteTable(this, 'PrivateRoutes', { vpcId: props.vpc.vpcId }).ref;
    this.edgeSubnetId = this.subnet('Edge', 'edge', props.vpc.edgeRouteTableId);
    this.mediaSubnetId = this.subnet('Media', 'media', this.privateRouteTableId);
    this.inferenceSubnetId = this.subnet('Inference', 'inference', this.privateRouteTableId);
    this.dataSubnetId = this.subnet('Data', 'data', this.privateRouteTableId);
    tag(this, { cell: props.cell.azId });
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
