import { paginateDescribeTransitGatewayVpcAttachments, type TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import type { Answer } from '../../../../../../aws/answer';
import type { Properties } from '../../data/parts';
import { everyPage, tagsOf } from '../../data/shapes';
import { foundIn, primaryId } from '../found';
import type { Network, Section } from './network';

const ATTACHMENT = 'AWS::EC2::TransitGatewayVpcAttachment';
const ACTION = 'ec2:DescribeTransitGatewayVpcAttachments';

/** The way of VPCs to a transit gateway. */
export const transits: Section = {
  types: [ATTACHMENT],
  actions: [ACTION],
  async read(network) {
    const answer = await attachmentsOf(network);
    return network.ofType(ATTACHMENT).map((deployed) =>
      foundIn(deployed, {
        answer,
        names: ['SubnetIds', 'Tags', 'TransitGatewayId', 'VpcId'],
        of: (all) => propertiesOf(all.find((one) => one.TransitGatewayAttachmentId === primaryId(deployed))),
      }),
    );
  },
};

const attachmentsOf = (network: Network): Promise<Answer<readonly TransitGatewayVpcAttachment[]>> =>
  network.region.ask(ACTION, (abortSignal) =>
    everyPage(
      paginateDescribeTransitGatewayVpcAttachments(
        { client: network.ec2 },
        { Filters: network.within('transit-gateway-attachment-id', ATTACHMENT) },
        { abortSignal },
      ),
      ({ TransitGatewayVpcAttachments }) => TransitGatewayVpcAttachments,
    ),
  );

/** One that was deleted is listed for a while. */
const propertiesOf = (found: TransitGatewayVpcAttachment | undefined): Properties | undefined =>
  found && found.State !== 'deleted'
    ? {
        ...tagsOf(found.Tags),
        SubnetIds: found.SubnetIds,
        TransitGatewayId: found.TransitGatewayId,
        VpcId: found.VpcId,
      }
    : undefined;
