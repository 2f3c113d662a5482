import {
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { PutImageScanningConfigurationCommand, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { DescribeDeliveryStreamCommand, UpdateDestinationCommand } from '@aws-sdk/client-firehose';
import {
  DecreaseStreamRetentionPeriodCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import type { DeployedKit } from '../deployed';
import { done, toggled, type Drift } from './drift';

const table = (
  what: string,
  found: string,
  set: (dynamodb: DynamoDBClient, TableName: string, isOn: boolean) => Promise<unknown>,
  change: { readonly to: boolean },
  ...minded: readonly string[]
): Drift => ({
  what,
  inject: (kit) => {
    const TableName = kit.idOf('AWS::DynamoDB::Table');
    return toggled((isOn: boolean) => set(kit.here.dynamodb, TableName, isOn), change.to, !change.to);
  },
  found: [`LedgerTable.${found}`],
  minded,
});

const TABLES: readonly Drift[] = [
  table(
    'no recovery to a point in time',
    'PointInTimeRecoverySpecification',
    (dynamodb, TableName, PointInTimeRecoveryEnabled) =>
      dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
        }),
      ),
    { to: false },
    'AVL-05 unmet LedgerTable',
  ),
  table(
    'a table open to deletion',
    'DeletionProtectionEnabled',
    (dynamodb, TableName, DeletionProtectionEnabled) =>
      dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled })),
    { to: false },
  ),
  table(
    'items that expire',
    'TimeToLiveSpecification',
    (dynamodb, TableName, Enabled) =>
      dynamodb.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: 'until' } }),
      ),
    { to: true },
    'PRV-02 unmet LedgerTable',
  ),
];

const REPOSITORY = 'AWS::ECR::Repository';

const IMAGES: readonly Drift[] = [
  {
    what: 'tags of images that move',
    inject: (kit) =>
      toggled(
        (imageTagMutability: 'IMMUTABLE' | 'MUTABLE') =>
          kit.here.ecr.send(
            new PutImageTagMutabilityCommand({ repositoryName: kit.idOf(REPOSITORY, /Stt/), imageTagMutability }),
          ),
        'MUTABLE',
        'IMMUTABLE',
      ),
    found: ['ImagesStt.ImageTagMutability'],
    minded: ['INF-02 unmet ImagesStt'],
  },
  {
    what: 'images that nobody scans',
    inject: (kit) =>
      toggled(
        (scanOnPush: boolean) =>
          kit.here.ecr.send(
            new PutImageScanningConfigurationCommand({
              repositoryName: kit.idOf(REPOSITORY, /Stt/),
              imageScanningConfiguration: { scanOnPush },
            }),
          ),
        false,
        true,
      ),
    found: ['ImagesStt.ImageScanningConfiguration'],
    minded: ['INF-02 unmet ImagesStt'],
  },
];

const A_DAY = 24;

async function describeStream(kit: DeployedKit) {
  const StreamName = kit.idOf('AWS::Kinesis::Stream');
  const { StreamDescriptionSummary: stream } = await kit.here.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  return { StreamName, RetentionPeriodHours: stream?.RetentionPeriodHours, KeyId: stream?.KeyId };
}

const STREAMS: readonly Drift[] = [
  {
    what: 'a stream that forgets after a day',
    inject: async (kit) => {
      const { kinesis } = kit.here;
      const { StreamName, RetentionPeriodHours } = await describeStream(kit);
      return done(
        kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: A_DAY })),
        () => kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours })),
      );
    },
    found: ['LedgerStream.RetentionPeriodHours'],
    minded: [],
  },
  {
    what: 'a stream in clear',
    inject: async (kit) => {
      const { kinesis } = kit.here;
      const { StreamName, KeyId } = await describeStream(kit);
      const encryption = { StreamName, EncryptionType: 'KMS' as const, KeyId };
      return done(kinesis.send(new StopStreamEncryptionCommand(encryption)), () =>
        kinesis.send(new StartStreamEncryptionCommand(encryption)),
      );
    },
    found: ['LedgerStream.StreamEncryption'],
    minded: ['ENC-03 unmet LedgerStream'],
  },
  {
    what: 'a delivery to another place',
    inject: async (kit) => {
      const before = await destinationOf(kit);
      const Prefix = before?.ExtendedS3DestinationDescription?.Prefix;
      return toggled((prefix: string | undefined) => delivering(kit, prefix), 'elsewhere/', Prefix);
    },
    found: ['LedgerDelivery.ExtendedS3DestinationConfiguration'],
    minded: [],
  },
];

async function describeDelivery(kit: DeployedKit) {
  const DeliveryStreamName = kit.idOf('AWS::KinesisFirehose::DeliveryStream');
  const { DeliveryStreamDescription: stream } = await kit.here.firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName }),
  );
  return stream;
}

const destinationOf = async (kit: DeployedKit) => (await describeDelivery(kit))?.Destinations?.[0];

async function delivering(kit: DeployedKit, Prefix: string | undefined) {
  const stream = await describeDelivery(kit);
  return kit.here.firehose.send(
    new UpdateDestinationCommand({
      DeliveryStreamName: stream?.DeliveryStreamName,
      CurrentDeliveryStreamVersionId: stream?.VersionId,
      DestinationId: stream?.Destinations?.[0]?.DestinationId,
      ExtendedS3DestinationUpdate: { Prefix },
    }),
  );
}

export const DRIFTS_OF_STORES: readonly Drift[] = [...TABLES, ...STREAMS, ...IMAGES];
