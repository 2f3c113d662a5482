import { foundIn, unlessChosen } from '../found';
import { ENDPOINT_NAMES, endpointProperties, isOpen } from './endpoint';
import type { Section } from './network';

const TYPE = 'AWS::EC2::VPCEndpoint';

export const endpoints: Section = {
  types: [TYPE],
  actions: ['ec2:DescribeVpcEndpoints'],
  async read(network) {
    const answer = await network.endpoints();
    return network.ofType(TYPE).map((deployed) =>
      foundIn(deployed, {
        answer,
        names: ENDPOINT_NAMES,
        of: (all) => {
          const endpoint = all.find(({ VpcEndpointId }) => VpcEndpointId === deployed.physicalId);
          if (!endpoint) return undefined;
          const properties = endpointProperties(endpoint);
          return isOpen(properties['PolicyDocument'])
            ? unlessChosen(deployed, properties, 'PolicyDocument')
            : properties;
        },
        defaults: { PrivateDnsEnabled: false, ServiceRegion: network.region.region },
      }),
    );
  },
};
