import type { SecurityGroupRule } from '@aws-sdk/client-ec2';

/** A rule as a group of a template lists it. */
export const asListed = (rule: SecurityGroupRule): Readonly<Record<string, unknown>> => ({
  IpProtocol: rule.IpProtocol,
  FromPort: rule.FromPort,
  ToPort: rule.ToPort,
  CidrIp: rule.CidrIpv4,
  CidrIpv6: rule.CidrIpv6,
  [rule.IsEgress ? 'DestinationPrefixListId' : 'SourcePrefixListId']: rule.PrefixListId,
  [rule.IsEgress ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId']: rule.ReferencedGroupInfo?.GroupId,
  Description: rule.Description,
});

/** A rule as a resource of its own. */
export const asResource = (rule: SecurityGroupRule): Readonly<Record<string, unknown>> => ({
  GroupId: rule.GroupId,
  ...asListed(rule),
});
