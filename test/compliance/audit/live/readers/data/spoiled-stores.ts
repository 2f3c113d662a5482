import { UpdateContinuousBackupsCommand, UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutImageScanningConfigurationCommand, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { DescribeDeliveryStreamCommand, UpdateDestinationCommand } from '@aws-sdk/client-firehose';
import { DecreaseStreamRetentionPeriodCommand, StopStreamEncryptionCommand } from '@aws-sdk/client-kinesis';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DeployedKit } from '../../../../../support/deployed';
import type { Spoiled } from './spoiled';
import { clientsOf, idOf } from './victim';

const BUCKET = 'AWS::S3::Bucket';
const TABLE = 'AWS::DynamoDB::Table';
const REPOSITORY = 'AWS::ECR::Repository';
const STREAM = 'AWS::Kinesis::Stream';
const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';

const bucket = (what: string, changed: string, spoil: (s3: S3Client, Bucket: string) => Promise<unknown>): Spoiled => ({
  type: BUCKET,
  what,
  spoil: (kit) => spoil(clientsOf(kit).s3, idOf(kit, BUCKET, /^Recordings/)),
  changed: [changed],
});

const BUCKETS: readonly Spoiled[] = [
  bucket('a key of S3’s own', 'BucketEncryption', (s3, Bucket) =>
    s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      }),
    ),
  ),
  bucket('no block of public access', 'PublicAccessBlockConfiguration', (s3, Bucket) =>
    s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
  ),
  bucket('no lifecycle', 'LifecycleConfiguration', (s3, Bucket) =>
    s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
  ),
  bucket('no access log', 'LoggingConfiguration', (s3, Bucket) =>
    s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  ),
  bucket('objects of their writers', 'OwnershipControls', (s3, Bucket) =>
    s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      }),
    ),
  ),
  bucket('another mode of lock', 'ObjectLockConfiguration', (s3, Bucket) =>
    s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } },
        },
      }),
    ),
  ),
  bucket('versions suspended', 'VersioningConfiguration', (s3, Bucket) =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
  ),
  bucket('edges around the world', 'AccelerateConfiguration', (s3, Bucket) =>
    s3.send(new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Enabled' } })),
  ),
  bucket('no tags', 'Tags', (s3, Bucket) => s3.send(new DeleteBucketTaggingCommand({ Bucket }))),
];

const table = (what: string, changed: string, command: (kit: DeployedKit, TableName: string) => Promise<unknown>) => ({
  type: TABLE,
  what,
  spoil: (kit: DeployedKit) => command(kit, idOf(kit, TABLE)),
  changed: [changed],
});

const OTHERS: readonly Spoiled[] = [
  {
    type: 'AWS::S3::BucketPolicy',
    what: 'a policy without a word of TLS',
    spoil: (kit) => {
      const Bucket = idOf(kit, 'AWS::S3::BucketPolicy');
      return clientsOf(kit).s3.send(
        new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) }),
      );
    },
    changed: ['PolicyDocument'],
  },
  table('no recovery to a point in time', 'PointInTimeRecoverySpecification', (kit, TableName) =>
    clientsOf(kit).dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      }),
    ),
  ),
  table('open to deletion', 'DeletionProtectionEnabled', (kit, TableName) =>
    clientsOf(kit).dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false })),
  ),
  table('items that expire', 'TimeToLiveSpecification', (kit, TableName) =>
    clientsOf(kit).dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' } }),
    ),
  ),
  {
    type: REPOSITORY,
    what: 'tags that move',
    spoil: (kit) =>
      clientsOf(kit).ecr.send(
        new PutImageTagMutabilityCommand({ repositoryName: idOf(kit, REPOSITORY), imageTagMutability: 'MUTABLE' }),
      ),
    changed: ['ImageTagMutability'],
  },
  {
    type: REPOSITORY,
    what: 'no scan',
    spoil: (kit) =>
      clientsOf(kit).ecr.send(
        new PutImageScanningConfigurationCommand({
          repositoryName: idOf(kit, REPOSITORY),
          imageScanningConfiguration: { scanOnPush: false },
        }),
      ),
    changed: ['ImageScanningConfiguration'],
  },
  {
    type: STREAM,
    what: 'a day instead of a week',
    spoil: (kit) =>
      clientsOf(kit).kinesis.send(
        new DecreaseStreamRetentionPeriodCommand({ StreamName: idOf(kit, STREAM), RetentionPeriodHours: 24 }),
      ),
    changed: ['RetentionPeriodHours'],
  },
  {
    type: STREAM,
    what: 'no encryption',
    spoil: (kit) =>
      clientsOf(kit).kinesis.send(
        new StopStreamEncryptionCommand({ StreamName: idOf(kit, STREAM), EncryptionType: 'KMS', KeyId: 'any' }),
      ),
    changed: ['StreamEncryption'],
  },
  {
    type: DELIVERY,
    what: 'another place in the bucket',
    spoil: async (kit) => {
      const { firehose } = clientsOf(kit);
      const DeliveryStreamName = idOf(kit, DELIVERY);
      const { DeliveryStreamDescription: stream } = await firehose.send(
        new DescribeDeliveryStreamCommand({ DeliveryStreamName }),
      );
      return firehose.send(
        new UpdateDestinationCommand({
          DeliveryStreamName,
          CurrentDeliveryStreamVersionId: stream?.VersionId,
          DestinationId: stream?.Destinations?.[0]?.DestinationId,
          ExtendedS3DestinationUpdate: { Prefix: 'elsewhere/' },
        }),
      );
    },
    changed: ['ExtendedS3DestinationConfiguration'],
  },
];

export const SPOILED_STORES: readonly Spoiled[] = [...BUCKETS, ...OTHERS];
