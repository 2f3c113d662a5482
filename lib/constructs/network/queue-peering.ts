import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { QueueNetwork } from '../../../regions/plan/types';

export interface QueuePeeringProps {
  readonly vpcId: string;
  readonly queueNetwork: QueueNetwork;
  readonly cells: readonly PeeredCell[];
}

/** Where the media nodes of a cell are. */
export interface PeeredCell {
  /** PascalCase, part of construct ids. */
  readonly id: string;
  readonly mediaSubnetId: string;
  readonly mediaRouteTableId: string;
}

/** The way of media nodes, and of nothing else, to bridged queues: an attachment in each cell and a route for each block. */
export class QueuePeering extends Construct {
  constructor(scope: Construct, id: string, { vpcId, queueNetwork, cells }: QueuePeeringProps) {
    super(scope, id);
    const { transitGatewayId, signallingCidrs, mediaCidrs } = queueNetwork;
    const attachment = new ec2.CfnTransitGatewayVpcAttachment(this, 'Attachment', {
      vpcId,
      transitGatewayId,
      subnetIds: cells.map(({ mediaSubnetId }) => mediaSubnetId),
    });
    for (const { id: cell, mediaRouteTableId } of cells)
      for (const destinationCidrBlock of new Set([...signallingCidrs, ...mediaCidrs]))
        // EC2 refuses a route to a gateway that the VPC is not attached to.
        new ec2.CfnRoute(this, `${cell}To${destinationCidrBlock.replaceAll(/[./]/g, 'x')}`, {
          routeTableId: mediaRouteTableId,
          destinationCidrBlock,
          transitGatewayId,
        }).addResourceDependency(attachment);
  }
}
