import type { IpPermission } from '@aws-sdk/client-ec2';

/** Rules of a security group, one line each: `<address, group or list> <protocol> <from>-<to>`, in order. */
export const flowsOf = (permissions: readonly IpPermission[] = []): string[] =>
  permissions
    .flatMap(
      ({ IpProtocol, FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [], PrefixListIds = [], Ipv6Ranges = [] }) =>
        [
          ...IpRanges.map(({ CidrIp }) => CidrIp),
          ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
          ...UserIdGroupPairs.map(({ GroupId }) => GroupId),
          ...PrefixListIds.map(({ PrefixListId }) => PrefixListId),
        ].map((peer) => `${peer} ${IpProtocol} ${FromPort}-${ToPort}`),
    )
    .toSorted();
