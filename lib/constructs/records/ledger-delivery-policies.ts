import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { RegionPlan } from '../../../regions/plan/types';
import { allow } from './access-policies';
import { viaService } from './arns';

export interface WriterNeeds {
  readonly bucket: s3.IBucket;
  readonly key: kms.IKey;
  /** Where failures are logged. */
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** Data Firehose is handed the role by whoever makes the stream, who must be allowed to pass it. */
export const writerTrust = (): iam.IPrincipal => new iam.ServicePrincipal('firehose.amazonaws.com');

/** Firehose developer guide, "Grant Firehose access to an Amazon S3 destination". It reads no object back. */
export const writerPolicy = (
  plan: RegionPlan,
  { bucket, key, logGroupName, logStreamName }: WriterNeeds,
): iam.PolicyStatement[] => [
  allow('KnowBucket', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]),
  allow('WriteCopy', ['s3:PutObject', 's3:AbortMultipartUpload'], [bucket.arnForObjects('*')]),
  useKey('EncryptCopy', ['kms:GenerateDataKey', 'kms:Decrypt'], key, viaService('s3', plan.region)),
  allow(
    'LogFailures',
    ['logs:PutLogEvents'],
    [`arn:${plan.partition}:logs:${plan.region}:${plan.account}:log-group:${logGroupName}:log-stream:${logStreamName}`],
  ),
];

export interface CarrierNeeds {
  /** ARN of the table's stream. */
  readonly source: string;
  readonly key: kms.IKey;
  /** ARN of the delivery stream. */
  readonly target: string;
}

/** EventBridge user guide, "Cross-service confused deputy prevention in EventBridge Pipes". */
export const carrierTrust = ({ partition, region, account, names }: RegionPlan): iam.IPrincipal =>
  new iam.ServicePrincipal('pipes.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnEquals: { 'aws:SourceArn': `arn:${partition}:pipes:${region}:${account}:pipe/${names.ledgerDelivery}` },
    },
  });

/** EventBridge user guide, "Event source permissions for EventBridge Pipes". */
export const carrierPolicy = (plan: RegionPlan, { source, key, target }: CarrierNeeds): iam.PolicyStatement[] => [
  allow(
    'ReadChanges',
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    [source],
  ),
  useKey('DecryptChanges', ['kms:Decrypt'], key, viaService('dynamodb', plan.region)),
  allow('HandOn', ['firehose:PutRecordBatch'], [target]),
];

const useKey = (sid: string, actions: string[], key: kms.IKey, service: string): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });
