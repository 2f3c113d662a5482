import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { createHmac } from 'node:crypto';
import type { CallItem, StoredItem } from '../contract/ledger';
import type { CallFile } from './call-file';
import type { ExpectedLock } from './lock';
import type { PlannedObject, Progress, Stored } from './progress';

type Attributes = Record<string, AttributeValue>;

/** Rows of a call (`media/contract/ledger.ts`). Written again they are the same rows. */
export class Ledger {
  private readonly dynamo: DynamoDBClient;
  private readonly table: string;

  constructor(dynamo: DynamoDBClient, table: string) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Fields that others tell of the call (who the caller is) are left as they are. */
  async noteCall({ callId, item, ...fields }: CallItem): Promise<void> {
    const names = Object.keys(fields);
    await this.dynamo.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: attributesOf({ callId, item }),
        UpdateExpression: `SET ${names.map((_, at) => `#${at} = :${at}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.values(fields).map((value, at) => [`:${at}`, attribute(value)]),
        ),
      }),
    );
  }

  /**
   * @returns false where the ledger has a longer one: the spool was the copy of an earlier moment (a restored snapshot)
   */
  async noteStored(item: StoredItem): Promise<boolean> {
    const put = new PutItemCommand({
      TableName: this.table,
      Item: attributesOf(item),
      ConditionExpression: 'attribute_not_exists(#bytes) OR #bytes <= :bytes',
      ExpressionAttributeNames: { '#bytes': 'bytes' },
      ExpressionAttributeValues: { ':bytes': attribute(item.bytes) },
    });
    try {
      await this.dynamo.send(put);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

export function callRow(progress: Progress, file: CallFile | undefined, { lock, numberKey }: RowSettings): CallItem {
  const { callId, startedAt, endedAt } = progress;
  return {
    callId,
    item: 'call',
    startedAt,
    endedAt,
    day: startedAt.slice(0, 10),
    ...(file?.function === undefined ? {} : { agentId: file.function }),
    ...(file?.carrier === undefined ? {} : { carrier: file.carrier }),
    ...(file?.callerNumber === undefined ? {} : { numberHash: hashOf(numberKey, file.callerNumber) }),
    ...(file?.consent ? { consent: file.consent as CallItem['consent'] } : {}),
    retentionDays: lock.days,
    lockMode: lock.mode,
  };
}

export interface RowSettings {
  /** Of recordings. */
  readonly lock: ExpectedLock;
  readonly numberKey: Uint8Array;
}

export const storedRow = (
  { callId }: Progress,
  { item, key, sha256, bytes, contentType }: PlannedObject,
  { bucket, stored }: { readonly bucket: string; readonly stored: Stored },
): StoredItem => ({ callId, item, bucket, key, sha256, bytes, contentType, ...stored });

/** As `records/number-hash.ts` has it: the ledger's rows are found by it. */
const hashOf = (key: Uint8Array, number: string): string => createHmac('sha256', key).update(number).digest('hex');

const attributesOf = (values: object): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attribute(value)]));

function attribute(value: unknown): AttributeValue {
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'object' && value !== null) return { M: attributesOf(value) };
  return { S: String(value) };
}
