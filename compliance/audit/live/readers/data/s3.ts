import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { answering } from '../../../../../aws/errors';
import { type Found, GONE, type Properties } from './parts';
import { encryptionOf, inventoryOf, lifecycleRuleOf, loggingOf, tieringOf } from './s3-shapes';
import { replicationOf } from './s3-replication';
import { type About, type Question, serviceReader } from './service-reader';
import { documentOf, everyPage, pagesOf, tagsOf, tidy } from './shapes';

type Bucket = { readonly Bucket: string; readonly ExpectedBucketOwner: string };

/**
 * One question on a bucket.
 * @param absent error by which S3 says that it has nothing of the kind
 */
const asked = (
  action: string,
  names: readonly string[],
  read: (client: S3Client, bucket: Bucket, options: Pick<About<S3Client>, 'abortSignal'>) => Promise<Properties>,
  absent = 'none',
): Question<S3Client> => ({
  action,
  names,
  read: ({ client, id, region, abortSignal }) =>
    read(client, { Bucket: id, ExpectedBucketOwner: region.account }, { abortSignal })
      .catch(answering<Properties>({}, absent))
      .catch(answering<Found>(GONE, 'NoSuchBucket')),
});

const QUESTIONS: readonly Question<S3Client>[] = [
  asked('s3:GetAccelerateConfiguration', ['AccelerateConfiguration'], async (client, bucket, options) => {
    const { Status } = await client.send(new GetBucketAccelerateConfigurationCommand(bucket), options);
    return { AccelerateConfiguration: Status && { AccelerationStatus: Status } };
  }),
  asked(
    's3:GetEncryptionConfiguration',
    ['BucketEncryption'],
    async (client, bucket, options) => {
      const answer = await client.send(new GetBucketEncryptionCommand(bucket), options);
      return { BucketEncryption: encryptionOf(answer.ServerSideEncryptionConfiguration) };
    },
    'ServerSideEncryptionConfigurationNotFoundError',
  ),
  asked(
    's3:GetLifecycleConfiguration',
    ['LifecycleConfiguration'],
    async (client, bucket, options) => {
      const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand(bucket), options);
      return { LifecycleConfiguration: { Rules: Rules.map(lifecycleRuleOf) } };
    },
    'NoSuchLifecycleConfiguration',
  ),
  asked('s3:GetBucketLogging', ['LoggingConfiguration'], async (client, bucket, options) => {
    const { LoggingEnabled } = await client.send(new GetBucketLoggingCommand(bucket), options);
    return { LoggingConfiguration: loggingOf(LoggingEnabled) };
  }),
  asked(
    's3:GetBucketOwnershipControls',
    ['OwnershipControls'],
    async (client, bucket, options) => {
      const { OwnershipControls } = await client.send(new GetBucketOwnershipControlsCommand(bucket), options);
      return { OwnershipControls };
    },
    'OwnershipControlsNotFoundError',
  ),
  asked(
    's3:GetBucketPublicAccessBlock',
    ['PublicAccessBlockConfiguration'],
    async (client, bucket, options) => {
      const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand(bucket), options);
      return { PublicAccessBlockConfiguration };
    },
    'NoSuchPublicAccessBlockConfiguration',
  ),
  asked(
    's3:GetReplicationConfiguration',
    ['ReplicationConfiguration'],
    async (client, bucket, options) => {
      const answer = await client.send(new GetBucketReplicationCommand(bucket), options);
      return { ReplicationConfiguration: replicationOf(answer.ReplicationConfiguration) };
    },
    'ReplicationConfigurationNotFoundError',
  ),
  asked(
    's3:GetBucketTagging',
    ['Tags'],
    async (client, bucket, options) => tagsOf((await client.send(new GetBucketTaggingCommand(bucket), options)).TagSet),
    'NoSuchTagSet',
  ),
  asked('s3:GetBucketVersioning', ['BucketName', 'VersioningConfiguration'], async (client, bucket, options) => {
    const { Status } = await client.send(new GetBucketVersioningCommand(bucket), options);
    return { BucketName: bucket.Bucket, VersioningConfiguration: Status && { Status } };
  }),
  asked(
    's3:GetBucketObjectLockConfiguration',
    ['ObjectLockConfiguration', 'ObjectLockEnabled'],
    async (client, bucket, options) => {
      const { ObjectLockConfiguration: lock } = await client.send(
        new GetObjectLockConfigurationCommand(bucket),
        options,
      );
      return { ObjectLockConfiguration: tidy(lock), ObjectLockEnabled: lock?.ObjectLockEnabled === 'Enabled' };
    },
    'ObjectLockConfigurationNotFoundError',
  ),
  asked('s3:GetInventoryConfiguration', ['InventoryConfigurations'], async (client, bucket, options) => {
    const ask = (ContinuationToken: string | undefined) =>
      client.send(new ListBucketInventoryConfigurationsCommand({ ...bucket, ContinuationToken }), options);
    const all = await everyPage(
      pagesOf(ask, ({ NextContinuationToken }) => NextContinuationToken),
      (page) => page.InventoryConfigurationList,
    );
    return { InventoryConfigurations: all.map(inventoryOf) };
  }),
  asked(
    's3:GetIntelligentTieringConfiguration',
    ['IntelligentTieringConfigurations'],
    async (client, bucket, options) => {
      const ask = (ContinuationToken: string | undefined) =>
        client.send(new ListBucketIntelligentTieringConfigurationsCommand({ ...bucket, ContinuationToken }), options);
      const all = await everyPage(
        pagesOf(ask, ({ NextContinuationToken }) => NextContinuationToken),
        (page) => page.IntelligentTieringConfigurationList,
      );
      return { IntelligentTieringConfigurations: all.map(tieringOf) };
    },
  ),
];

/** Every bucket has these since 2023 (S3 user guide, "Default encryption" and "Object ownership" FAQ). */
const OF_EVERY_BUCKET = {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { BucketKeyEnabled: false, ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ],
  },
  ObjectLockEnabled: false,
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};

export const buckets = serviceReader({
  type: 'AWS::S3::Bucket',
  client: S3Client,
  questions: QUESTIONS,
  defaults: ({ physicalId }) => ({ BucketName: physicalId, ...OF_EVERY_BUCKET }),
});

export const bucketPolicies = serviceReader({
  type: 'AWS::S3::BucketPolicy',
  client: S3Client,
  questions: [
    {
      action: 's3:GetBucketPolicy',
      names: ['Bucket', 'PolicyDocument'],
      read: ({ client, id, region, abortSignal }) =>
        client
          .send(new GetBucketPolicyCommand({ Bucket: id, ExpectedBucketOwner: region.account }), { abortSignal })
          .then(({ Policy }) => ({ Bucket: id, PolicyDocument: documentOf(Policy) }))
          .catch(answering(GONE, 'NoSuchBucketPolicy', 'NoSuchBucket')),
    },
  ],
});
