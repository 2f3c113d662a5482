import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tag } from '../../tags';

export interface LedgerProps {
  readonly tableName: string;
  readonly key: kms.IKey;
  /** Gets every change of an item. */
  readonly stream: kinesis.IStream;
}

/** Ways to find calls beside their id: index name → partition and sort key. */
export const LEDGER_INDEXES = {
  byAgentDate: { partition: 'agentId', sort: 'startedAt' },
  byPersonDate: { partition: 'personId', sort: 'startedAt' },
  byNumberHash: { partition: 'numberHash', sort: 'startedAt' },
  byDay: { partition: 'day', sort: 'startedAt' },
} as const;

/** The table of calls (`callId`) and of what happened in each (`item`), searchable by who, when and number (FINRA 3170). */
export class Ledger extends Construct {
  readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, { tableName, key, stream }: LedgerProps) {
    super(scope, id);
    this.table = new dynamodb.Table(this, 'Table', {
      tableName,
      partitionKey: text('callId'),
      sortKey: text('item'),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      deletionProtection: true,
      kinesisStream: stream,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [indexName, { partition, sort }] of Object.entries(LEDGER_INDEXES))
      this.table.addGlobalSecondaryIndex({ indexName, partitionKey: text(partition), sortKey: text(sort) });
    tag(this, { dataClass: 'cdr' });
  }
}

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });
