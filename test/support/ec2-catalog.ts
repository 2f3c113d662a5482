import {
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
  EC2ServiceException,
  type InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { Ec2Source } from '../../regions/catalog/refresh/ec2';
import type { InstanceType } from '../../regions/catalog/types';

/** EC2 as a refresh of the catalogue sees it; a test resets it before use. */
export const ec2 = mockClient(EC2Client);

const FAMILIES = { gpu: ['g6', 'g6f'], media: ['c7i'] };

export const source = () => new Ec2Source(FAMILIES, 'us-east-1');
const offering = (type: string, azId: string) => ({ InstanceType: type as 'g6.xlarge', Location: azId });
export const info = (type: string, more: InstanceTypeInfo = {}): InstanceTypeInfo => ({
  InstanceType: type as 'g6.xlarge',
  VCpuInfo: { DefaultVCpus: 4 },
  MemoryInfo: { SizeInMiB: 16384 },
  ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
  NetworkInfo: { NetworkCards: [{ BaselineBandwidthInGbps: 2.5 }], EncryptionInTransitSupported: true },
  PlacementGroupInfo: { SupportedStrategies: ['spread', 'cluster'] },
  ...more,
});
/** What `info` says, in the catalogue's words. */
export const spec: InstanceType = {
  vcpu: 4,
  memMiB: 16384,
  arch: 'x86_64',
  baselineGbps: 2.5,
  encryptionInTransit: true,
  placement: ['cluster', 'spread'],
};
export const refused = new EC2ServiceException({
  name: 'UnauthorizedOperation',
  message: 'You are not authorized to perform this operation.',
  $fault: 'client',
  $metadata: {},
});

/** us-east-1 with two AZs and a Local Zone, in two pages of offerings and of types. */
export function givenUsEast1(): void {
  ec2.on(DescribeAvailabilityZonesCommand).resolves({
    AvailabilityZones: [
      { ZoneId: 'use1-az2', ZoneType: 'availability-zone' },
      { ZoneId: 'use1-az1', ZoneType: 'availability-zone' },
      { ZoneId: 'use1-atl2-az1', ZoneType: 'local-zone' },
    ],
  });
  ec2
    .on(DescribeInstanceTypeOfferingsCommand)
    .resolves({
      InstanceTypeOfferings: [offering('g6.xlarge', 'use1-az1'), offering('g6.xlarge', 'use1-atl2-az1')],
      NextToken: 'more',
    })
    .on(DescribeInstanceTypeOfferingsCommand, { NextToken: 'more' })
    .resolves({
      InstanceTypeOfferings: [
        offering('c7i.large', 'use1-az2'),
        offering('c7i.metal-24xl', 'use1-az2'),
        offering('t3.micro', 'use1-az2'),
      ],
    });
  ec2
    .on(DescribeInstanceTypesCommand)
    .resolves({ InstanceTypes: [info('g6.xlarge')], NextToken: 'more' })
    .on(DescribeInstanceTypesCommand, { NextToken: 'more' })
    .resolves({ InstanceTypes: [info('c7i.large'), info('t3.micro')] });
}
