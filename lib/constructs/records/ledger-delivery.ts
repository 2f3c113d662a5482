import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import { deliveryPolicy, type FailureLog } from './ledger-delivery-policy';
import { ServiceRole } from './service-role';

export interface LedgerDeliveryProps {
  readonly plan: RegionPlan;
  /** Changes of the ledger. */
  readonly stream: kinesis.IStream;
  /** Locks what is delivered. */
  readonly bucket: s3.IBucket;
  /** Encrypts the stream and the bucket. */
  readonly key: kms.IKey;
  /** Encrypts what is logged of failed deliveries. */
  readonly logKey: kms.IKey;
}

/**
 * Every change of the ledger, as a line of JSON in a locked object within five minutes: a table is not WORM, whatever its
 * policies say (17 CFR 240.17a-4(f)(2)(i)(B)). What cannot be delivered is tried again for as long as the stream keeps it
 * (Firehose developer guide, "Handle data delivery failures"); alarms tell of it long before.
 */
export class LedgerDelivery extends Construct {
  private readonly props: LedgerDeliveryProps;

  constructor(scope: Construct, id: string, props: LedgerDeliveryProps) {
    super(scope, id);
    this.props = props;
    this.delivery(this.failures());
    tag(this, { dataClass: 'cdr' });
  }

  private failures(): FailureLog {
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

  private delivery(failures: FailureLog): void {
    const { plan, stream, bucket, key } = this.props;
    const role = new ServiceRole(this, 'Role', {
      trusts: new ServicePrincipal('firehose.amazonaws.com'),
      description: `Writes the ledger of ${plan.names.prefix} to its locked copy`,
      statements: deliveryPolicy(this.props, failures),
    });
    const delivery = new CfnDeliveryStream(this, 'Delivery', {
      deliveryStreamName: plan.names.ledgerDelivery,
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: stream.streamArn, roleArn: role.arn },
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
    delivery.node.addDependency(role.policy);
  }
}

const ONE_LINE_EACH: CfnDeliveryStream.ProcessorProperty = {
  type: 'AppendDelimiterToRecord',
  parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }],
};
