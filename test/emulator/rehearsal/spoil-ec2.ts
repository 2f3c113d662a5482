import { UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateVersionCommand,
  CreateRouteCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
} from '@aws-sdk/client-ec2';
import type { Region } from '../assertions/aws';
import { groupOf, type Tier } from '../assertions/caller-groups';
import type { Place } from '../assertions/cell';
import { only } from '../assertions/check';
import { subnetIdOf } from '../assertions/subnets';

/** A private subnet gets a way out. */
export async function routeToInternet(subnet: string, region: Region): Promise<void> {
  const Filters = [{ Name: 'association.subnet-id', Values: [await subnetIdOf(subnet, region)] }];
  const { RouteTables } = await region.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const { RouteTableId, VpcId = '' } = only(RouteTables, `route table of ${subnet}`);
  const attached = [{ Name: 'attachment.vpc-id', Values: [VpcId] }];
  const { InternetGateways } = await region.ec2.send(new DescribeInternetGatewaysCommand({ Filters: attached }));
  const { InternetGatewayId } = only(InternetGateways, `internet gateway of ${VpcId}`);
  await region.ec2.send(
    new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId }),
  );
}

/** The next nodes of a group answer metadata requests without a token. */
export async function allowMetadataV1(name: string, { ec2, autoscaling }: Region): Promise<void> {
  const { LaunchTemplateVersion } = await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: name,
      SourceVersion: '1',
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } },
    }),
  );
  await autoscaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateName: name, Version: String(LaunchTemplateVersion?.VersionNumber) },
    }),
  );
}

export async function openToTheWorld(tier: Tier, place: Place): Promise<void> {
  const { GroupId } = await groupOf(tier, place);
  await place.region.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
}
