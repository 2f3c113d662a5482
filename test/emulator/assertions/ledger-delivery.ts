import { DescribeDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { DescribeStreamCommand } from '@aws-sdk/client-kinesis';
import { bucketArn } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';

/** The way from the ledger to its locked copy: a stream that keeps a week, a delivery stream, the bucket. */
export const ledgerDeliveryChecks = (plan: RegionPlan, region: Region): Check[] => {
  const { ledgerDelivery, ledgerStream, buckets, keyAliases } = plan.names;
  return [
    check(`stream ${ledgerStream}: keeps changes`, { hours: 168, encryption: 'KMS', plannedKey: true }, async () => {
      const { StreamDescription: stream } = await region.kinesis.send(
        new DescribeStreamCommand({ StreamName: ledgerStream }),
      );
      const key = await keyArn(region, keyAliases.cdr);
      return {
        hours: stream?.RetentionPeriodHours,
        encryption: stream?.EncryptionType,
        plannedKey: stream?.KeyId === key,
      };
    }),
    check(
      `delivery stream ${ledgerDelivery}: from the stream to the locked bucket`,
      { from: ledgerStream, bucket: bucketArn(plan, buckets.cdr), plannedKey: true },
      async () => {
        const { DeliveryStreamDescription: delivery } = await region.firehose.send(
          new DescribeDeliveryStreamCommand({ DeliveryStreamName: ledgerDelivery }),
        );
        const [destination] = delivery?.Destinations ?? [];
        const { BucketARN, EncryptionConfiguration } = destination?.ExtendedS3DestinationDescription ?? {};
        const key = EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN;
        return {
          from: delivery?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN?.split('/').at(-1),
          bucket: BucketARN,
          plannedKey: key === (await keyArn(region, keyAliases.cdr)),
        };
      },
    ),
  ];
};
