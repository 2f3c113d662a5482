import type { Instance } from '@aws-sdk/client-ec2';
import { UNKNOWN } from '../../../../../templates/evaluate';
import type { Beside, LiveRegion } from '../../../reading';
import { picked, tagsOf } from '../../data/shapes';

export type { Instance } from '@aws-sdk/client-ec2';

/** An instance with a public address that no group of the deployment launched. */
export function publicInstance(vpc: string, instance: Instance, { made }: LiveRegion): Beside | undefined {
  const { VpcId, PublicIpAddress, InstanceId: id = '' } = instance;
  if (VpcId !== vpc || PublicIpAddress === undefined || isOfGroup(instance, made)) return undefined;
  return { type: 'AWS::EC2::Instance', id, properties: propertiesOf(instance) };
}

/** Where it is not known what the stacks made, any group may be theirs. */
function isOfGroup({ Tags = [] }: Instance, made: LiveRegion['made']): boolean {
  const group = Tags.find(({ Key }) => Key === 'aws:autoscaling:groupName')?.Value;
  return group !== undefined && (made?.has(group) ?? true);
}

/** Its volumes would have to be asked for one by one; its address is public, whoever gave it. */
const propertiesOf = (instance: Instance): Beside['properties'] => ({
  ...picked(instance, ['ImageId', 'InstanceType']),
  BlockDeviceMappings: UNKNOWN,
  MetadataOptions: picked(instance.MetadataOptions, ['HttpEndpoint', 'HttpPutResponseHopLimit', 'HttpTokens']),
  NetworkInterfaces: [
    {
      AssociatePublicIpAddress: true,
      DeviceIndex: '0',
      GroupSet: (instance.SecurityGroups ?? []).map(({ GroupId }) => GroupId),
      SubnetId: instance.SubnetId,
    },
  ],
  ...tagsOf(instance.Tags),
});
