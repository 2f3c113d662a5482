import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tag } from '../../tags';

export interface LedgerStreamProps {
  readonly streamName: string;
  /** The ledger's own. */
  readonly key: kms.IKey;
}

/**
 * Every change of the ledger, kept for a week, so that a delivery may be out over a weekend. One shard takes a thousand
 * changes a second (Kinesis developer guide, "Quotas and limits"), far more than calls make.
 */
export class LedgerStream extends Construct {
  readonly stream: Stream;

  constructor(scope: Construct, id: string, { streamName, key }: LedgerStreamProps) {
    super(scope, id);
    this.stream = new Stream(this, 'Stream', {
      streamName,
      streamMode: StreamMode.PROVISIONED,
      shardCount: 1,
      retentionPeriod: Duration.days(7),
      encryption: StreamEncryption.KMS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    tag(this, { dataClass: 'cdr' });
  }
}
