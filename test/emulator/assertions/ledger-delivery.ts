import { DescribeDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribePipeCommand } from '@aws-sdk/client-pipes';
import { bucketArn } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';

/** The way from the ledger to its locked copy: the table's stream, a pipe, a delivery stream, the bucket. */
export const ledgerDeliveryChecks = (plan: RegionPlan, region: Region): Check[] => {
  const { ledgerDelivery, ledgerTable: TableName, buckets, keyAliases } = plan.names;
  return [
    check(`pipe ${ledgerDelivery}: carries the ledger to its delivery`, { state: true, target: true }, async () => {
      const [pipe, { Table }] = await Promise.all([
        region.pipes.send(new DescribePipeCommand({ Name: ledgerDelivery })),
        region.dynamodb.send(new DescribeTableCommand({ TableName })),
      ]);
      return {
        state: pipe.DesiredState !== 'STOPPED' && pipe.Source === Table?.LatestStreamArn,
        target: pipe.Target === (await deliveryStream(region, ledgerDelivery))?.DeliveryStreamARN,
      };
    }),
    check(
      `delivery stream ${ledgerDelivery}: destination`,
      { bucket: bucketArn(plan, buckets.cdr), plannedKey: true },
      async () => {
        const [destination] = (await deliveryStream(region, ledgerDelivery))?.Destinations ?? [];
        const { BucketARN, EncryptionConfiguration } = destination?.ExtendedS3DestinationDescription ?? {};
        const key = EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN;
        return { bucket: BucketARN, plannedKey: key === (await keyArn(region, keyAliases.cdr)) };
      },
    ),
  ];
};

const deliveryStream = async ({ firehose }: Region, DeliveryStreamName: string) =>
  (await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }))).DeliveryStreamDescription;
