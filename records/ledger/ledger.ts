import { type DynamoDBClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { told } from '../outside';
import { rowOf, type Row } from './attributes';
import { INDEXES, type Index } from '../../media/contract/ledger';

/** Calls of one partition of an index, in a span of `startedAt`. */
export interface IndexQuery {
  readonly index: Index;
  readonly value: string;
  /** First instant, inclusive. */
  readonly from?: string;
  /** Last instant, inclusive. */
  readonly to?: string;
}

export interface LedgerProps {
  readonly region: string;
  readonly table: string;
  readonly client: DynamoDBClient;
}

/** The ledger of a region, asked through its keys and indexes only. Methods throw Refused with one line. */
export class Ledger {
  /** How often DynamoDB was asked. */
  readonly requests = { queries: 0 };
  private readonly props: LedgerProps;

  constructor(props: LedgerProps) {
    this.props = props;
  }

  query({ index, value, from, to }: IndexQuery): Promise<Row[]> {
    const span = { ...(from ? { ':from': { S: from } } : {}), ...(to ? { ':to': { S: to } } : {}) };
    return this.rows({
      IndexName: index,
      KeyConditionExpression: `#name = :value${spanOf(from, to)}`,
      ExpressionAttributeNames: { '#name': INDEXES[index], ...(from || to ? { '#at': 'startedAt' } : {}) },
      ExpressionAttributeValues: { ':value': { S: value }, ...span },
    });
  }

  /** All that is known of a call, as it is now: holds are counted on it. */
  rowsOf(callId: string): Promise<Row[]> {
    return this.rows({
      ConsistentRead: true,
      KeyConditionExpression: 'callId = :callId',
      ExpressionAttributeValues: { ':callId': { S: callId } },
    });
  }

  private rows(input: Omit<QueryCommandInput, 'TableName'>): Promise<Row[]> {
    const { client, region, table } = this.props;
    return told(region, 'dynamodb:Query', async () => {
      const rows: Row[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, { ...input, TableName: table })) {
        this.requests.queries += 1;
        rows.push(...Items.map(rowOf));
      }
      return rows;
    });
  }
}

function spanOf(from: string | undefined, to: string | undefined): string {
  if (from && to) return ' AND #at BETWEEN :from AND :to';
  return from ? ' AND #at >= :from' : to ? ' AND #at <= :to' : '';
}
