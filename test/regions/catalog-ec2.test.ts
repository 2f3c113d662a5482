import { DescribeAvailabilityZonesCommand, DescribeInstanceTypeOfferingsCommand } from '@aws-sdk/client-ec2';
import { specOf } from '../../regions/catalog/refresh/spec';
import { ec2, givenUsEast1, info, source, spec } from '../support/ec2-catalog';

beforeEach(() => {
  ec2.reset();
});

describe('reading a region from EC2', () => {
  test('collects every page, tracked types and Availability Zones only', async () => {
    givenUsEast1();
    const { azIds, instanceTypes } = await source().survey('us-east-1');
    expect([...azIds]).toEqual([
      ['use1-az1', new Set(['g6.xlarge'])],
      ['use1-az2', new Set(['c7i.large'])],
    ]);
    expect([...instanceTypes]).toEqual([
      ['g6.xlarge', spec],
      ['c7i.large', spec],
    ]);
  });

  test('asks for offerings by AZ id', async () => {
    givenUsEast1();
    await source().survey('us-east-1');
    expect(ec2.commandCalls(DescribeInstanceTypeOfferingsCommand)[0]?.args[0].input).toMatchObject({
      LocationType: 'availability-zone-id',
    });
  });

  test('a fraction of a GPU is counted by its logical count', () => {
    const gpu = { Count: 0, LogicalGpuCount: 1, GpuPartitionSize: 0.5, Manufacturer: 'NVIDIA', Name: 'L4' };
    expect(
      specOf(info('g6f.4xlarge', { GpuInfo: { Gpus: [{ ...gpu, MemoryInfo: { SizeInMiB: 11444 } }] } }))?.gpu,
    ).toEqual({ manufacturer: 'NVIDIA', model: 'L4', count: 1, memMiBEach: 11444, fraction: 0.5 });
  });

  test('a type EC2 describes only in part stays unknown', () => {
    expect(specOf(info('g6.xlarge', { GpuInfo: { Gpus: [{ Name: 'L4' }] } }))).toBeUndefined();
    expect(specOf(info('g6.xlarge', { VCpuInfo: {} }))).toBeUndefined();
  });

  test('a defect of ours is not passed off as an unreadable region', async () => {
    ec2.on(DescribeAvailabilityZonesCommand).rejects(new TypeError('x is not a function'));
    await expect(source().survey('us-east-1')).rejects.toThrow(TypeError);
  });
});
