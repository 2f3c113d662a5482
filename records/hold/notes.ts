import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { told } from '../outside';
import { holdItemOf } from '../../media/contract/ledger';

/** Why a matter holds a call or lets it go, who says so, and when. */
export interface Reasoned {
  readonly matter: string;
  readonly reason: string;
  /** ARN of the role session. */
  readonly by: string;
  /** An instant. */
  readonly at: string;
}

export interface NotesProps {
  readonly region: string;
  readonly table: string;
  readonly client: DynamoDBClient;
}

/** What the ledger says of holds. Asked again it changes nothing: the first reason stands. Methods throw Refused with one line. */
export class HoldNotes {
  private readonly props: NotesProps;

  constructor(props: NotesProps) {
    this.props = props;
  }

  async place(callId: string, { matter, reason, by, at }: Reasoned): Promise<'placed' | 'held already'> {
    const done = await this.update(callId, matter, {
      UpdateExpression: 'SET reason = :reason, #by = :by, placedAt = :at REMOVE releasedAt, releasedBy, releaseReason',
      ConditionExpression: 'attribute_not_exists(placedAt) OR attribute_exists(releasedAt)',
      ExpressionAttributeNames: { '#by': 'by' },
      ExpressionAttributeValues: { ':reason': { S: reason }, ':by': { S: by }, ':at': { S: at } },
    });
    return done ? 'placed' : 'held already';
  }

  /** False where the matter does not hold the call: it never did, or was released before. */
  release(callId: string, { matter, reason, by, at }: Reasoned): Promise<boolean> {
    return this.update(callId, matter, {
      UpdateExpression: 'SET releasedAt = :at, releasedBy = :by, releaseReason = :reason',
      ConditionExpression: 'attribute_exists(placedAt) AND attribute_not_exists(releasedAt)',
      ExpressionAttributeValues: { ':reason': { S: reason }, ':by': { S: by }, ':at': { S: at } },
    });
  }

  private update(
    callId: string,
    matter: string,
    change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
  ): Promise<boolean> {
    const { client, region, table } = this.props;
    const Key = { callId: { S: callId }, item: { S: holdItemOf(matter) } };
    return told(region, 'dynamodb:UpdateItem', () =>
      client.send(new UpdateItemCommand({ ...change, TableName: table, Key })).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
          throw error;
        },
      ),
    );
  }
}
