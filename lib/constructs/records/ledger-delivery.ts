import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import { carrierPolicy, carrierTrust, type WriterNeeds, writerPolicy, writerTrust } from './ledger-delivery-policies';
import { ServiceRole } from './service-role';

export interface LedgerDeliveryProps {
  readonly plan: RegionPlan;
  /** Its changes are delivered; it must have a stream. */
  readonly table: dynamodb.Table;
  /** Locks what is delivered. */
  readonly bucket: s3.IBucket;
  /** Encrypts the table, the way and the bucket. */
  readonly key: kms.IKey;
  /** Encrypts what is logged of failed deliveries. */
  readonly logKey: kms.IKey;
}

/**
 * Every change of the ledger, as a line of JSON in a locked object within five minutes: a table is not WORM, whatever its
 * policies say (17 CFR 240.17a-4(f)(2)(i)(B)). What cannot be delivered is tried again for the 24 hours that the stream
 * and Data Firehose keep it (Firehose developer guide, "Handle data delivery failures"); alarms tell of it long before.
 */
export class LedgerDelivery extends Construct {
  private readonly props: LedgerDeliveryProps;

  constructor(scope: Construct, id: string, props: LedgerDeliveryProps) {
    super(scope, id);
    this.props = props;
    this.carry(props.table, this.deliveryStream());
    tag(this, { dataClass: 'cdr' });
  }

  private failures(): Pick<WriterNeeds, 'logGroupName' | 'logStreamName'> {
    const { plan, logKey } = this.props;
    const group = new logs.CfnLogGroup(this, 'LogGroup', {
      logGroupName: `${plan.names.logGroupPrefix}/ledger-delivery`,
      kmsKeyId: logKey.keyArn,
      retentionInDays: plan.retention.log.logGroupDays,
      deletionProtectionEnabled: true,
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    tag(group, { dataClass: 'log' });
    const logStreamName = 'failures';
    new logs.CfnLogStream(this, 'LogStream', { logGroupName: group.ref, logStreamName });
    return { logGroupName: group.ref, logStreamName };
  }

  private deliveryStream(): CfnDeliveryStream {
    const { plan, bucket, key } = this.props;
    const failures = this.failures();
    const description = `Writes the ledger of ${plan.names.prefix} to its locked copy`;
    const statements = writerPolicy(plan, { bucket, key, ...failures });
    const role = new ServiceRole(this, 'WriterRole', { trusts: writerTrust(), description, statements });
    const stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: plan.names.ledgerDelivery,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.arn,
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 5 },
        compressionFormat: 'GZIP',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: key.keyArn } },
        prefix: 'ledger/!{timestamp:yyyy/MM/dd}/',
        errorOutputPrefix: 'undelivered/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
        fileExtension: '.jsonl.gz',
        processingConfiguration: { enabled: true, processors: [ONE_LINE_EACH] },
        cloudWatchLoggingOptions: { enabled: true, ...failures },
      },
    });
    stream.node.addDependency(role.policy);
    return stream;
  }

  private carry(table: dynamodb.Table, stream: CfnDeliveryStream): void {
    const { plan, key } = this.props;
    const source = streamOf(table);
    const description = `Carries changes of the ledger of ${plan.names.prefix} to ${plan.names.ledgerDelivery}`;
    const statements = carrierPolicy(plan, { source, key, target: stream.attrArn });
    const role = new ServiceRole(this, 'CarrierRole', { trusts: carrierTrust(plan), description, statements });
    const pipe = new CfnPipe(this, 'Pipe', {
      name: plan.names.ledgerDelivery,
      description,
      roleArn: role.arn,
      source,
      sourceParameters: { dynamoDbStreamParameters: FROM_THE_FIRST_CHANGE },
      target: stream.attrArn,
    });
    pipe.node.addDependency(role.policy);
  }
}

const ONE_LINE_EACH: CfnDeliveryStream.ProcessorProperty = {
  type: 'AppendDelimiterToRecord',
  parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }],
};

/** A change that is refused is halved and tried until the stream drops it: one bad change may not hold back the others. */
const FROM_THE_FIRST_CHANGE: CfnPipe.PipeSourceDynamoDBStreamParametersProperty = {
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  maximumBatchingWindowInSeconds: 5,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
};

function streamOf({ tableStreamArn, node }: dynamodb.Table): string {
  if (tableStreamArn === undefined) throw new Error(`${node.path} has no stream to deliver from`);
  return tableStreamArn;
}
