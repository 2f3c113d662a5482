import type { InternetGateway } from '@aws-sdk/client-ec2';
import type { Deployed } from '../../../reading';
import type { Properties } from '../../data/parts';
import { tagsOf } from '../../data/shapes';
import { foundIn } from '../found';
import type { Section } from './network';

const GATEWAY = 'AWS::EC2::InternetGateway';
const ATTACHMENT = 'AWS::EC2::VPCGatewayAttachment';

export const gateways: Section = {
  types: [GATEWAY, ATTACHMENT],
  actions: ['ec2:DescribeInternetGateways'],
  async read(network) {
    const answer = await network.gateways();
    const own = network.idsOf(GATEWAY);
    return [
      ...network.ofType(GATEWAY).map((deployed) =>
        foundIn(deployed, {
          answer,
          names: ['Tags'],
          of: (all) => {
            const gateway = all.find(({ InternetGatewayId }) => InternetGatewayId === deployed.physicalId);
            return gateway && tagsOf(gateway.Tags);
          },
        }),
      ),
      ...network.ofType(ATTACHMENT).map((deployed) =>
        foundIn(deployed, {
          answer,
          names: ['InternetGatewayId', 'VpcId'],
          of: (all) => attachmentOf(deployed, all, own),
        }),
      ),
    ];
  },
};

/** Its id names the VPC, which can have one gateway only; of several candidates it is the one of the templates. */
function attachmentOf(
  { physicalId }: Deployed,
  all: readonly InternetGateway[],
  own: string[],
): Properties | undefined {
  const vpc = physicalId.split('|').at(-1);
  const attached = all.filter(({ Attachments = [] }) => Attachments.some(({ VpcId }) => VpcId === vpc));
  const gateway = attached.find(({ InternetGatewayId = '' }) => own.includes(InternetGatewayId)) ?? attached[0];
  return gateway && { InternetGatewayId: gateway.InternetGatewayId, VpcId: vpc };
}
