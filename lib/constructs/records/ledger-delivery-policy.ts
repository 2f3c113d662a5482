import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { RegionPlan } from '../../../regions/plan/types';
import { allow } from './access-policies';
import { viaService } from './arns';

/** From where to where, under which key. */
export interface DeliveryWay {
  readonly plan: RegionPlan;
  readonly stream: kinesis.IStream;
  readonly bucket: s3.IBucket;
  readonly key: kms.IKey;
}

/** Where failures are logged. */
export interface FailureLog {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** Firehose developer guide, "Grant Firehose access to an Amazon S3 destination". It reads no object back. */
export const deliveryPolicy = (
  { plan, stream, bucket, key }: DeliveryWay,
  { logGroupName, logStreamName }: FailureLog,
): iam.PolicyStatement[] => [
  allow(
    'ReadChanges',
    ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
    [stream.streamArn],
  ),
  useKey('DecryptChanges', ['kms:Decrypt'], key, viaService('kinesis', plan.region)),
  allow('KnowBucket', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]),
  allow('WriteCopy', ['s3:PutObject', 's3:AbortMultipartUpload'], [bucket.arnForObjects('*')]),
  useKey('EncryptCopy', ['kms:GenerateDataKey', 'kms:Decrypt'], key, viaService('s3', plan.region)),
  allow(
    'LogFailures',
    ['logs:PutLogEvents'],
    [`arn:${plan.partition}:logs:${plan.region}:${plan.account}:log-group:${logGroupName}:log-stream:${logStreamName}`],
  ),
];

const useKey = (sid: string, actions: string[], key: kms.IKey, service: string): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });
