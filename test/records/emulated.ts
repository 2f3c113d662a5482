import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectLegalHoldCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { RecordsDoor } from '../../bin/commands/records/door';
import { run } from '../../bin/commands/records/index';
import { readInputs } from '../../bin/inputs';
import { rowOf, type Row } from '../../records/ledger/attributes';
import { INDEXES, type StoredItem } from '../../media/contract/ledger';
import { numberHash } from '../../records/number-hash';
import type { RegionPlan } from '../../regions/plan/types';
import { type Ran, ran } from '../support/command';
import { type Moto, startMoto } from '../support/moto';
import { stored } from './ledger-rows';
import { Replicas } from './replicas';

export const DEPLOYMENT = 'brokerage-us';

const NUMBER_KEY = 'k'.repeat(32);

export const NOW = new Date('2026-11-22T10:00:00.000Z');

export function plansOfTest(): readonly RegionPlan[] {
  const read = readInputs([DEPLOYMENT]);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.inputs.plans;
}

/** The ledger and the vaults of a deployment in the emulator, with what a test puts into them. */
export class Emulated {
  readonly plans = plansOfTest();
  readonly moto: Moto;

  readonly replicas: Replicas;

  private constructor(moto: Moto, replicas: Replicas) {
    this.moto = moto;
    this.replicas = replicas;
  }

  static async start(): Promise<Emulated> {
    const moto = await startMoto();
    return new Emulated(moto, await Replicas.before(moto.url));
  }

  async stop(): Promise<void> {
    await this.replicas.stop();
    await this.moto.stop();
  }

  async prepare(): Promise<void> {
    this.replicas.reset();
    await fetch(`${this.moto.url}/moto-api/reset`, { method: 'POST' });
    for (const plan of this.plans) await this.makeRegion(plan);
  }

  plan(region = 'us-east-1'): RegionPlan {
    const plan = this.plans.find((one) => one.region === region);
    if (!plan) throw new Error(`no plan of ${region}`);
    return plan;
  }

  voicecell(verb: string, ...args: string[]): Promise<Ran> {
    return this.asked({}, verb, ...args);
  }

  asked(door: Partial<RecordsDoor>, verb: string, ...args: string[]): Promise<Ran> {
    const given: RecordsDoor = {
      client: { ...this.moto.client, endpoint: this.replicas.url },
      now: () => NOW,
      ...door,
    };
    return ran((all, io) => run(all, io, given), verb, DEPLOYMENT, ...args);
  }

  async note(row: Row, region = 'us-east-1'): Promise<void> {
    const Item = mapOf(row);
    await this.dynamodb(region).send(new PutItemCommand({ TableName: this.plan(region).names.ledgerTable, Item }));
  }

  /** A secret with the number key, in every region. */
  async secret(Name: string): Promise<void> {
    for (const { region } of this.plans)
      await new SecretsManagerClient({ ...this.moto.client, region }).send(
        new CreateSecretCommand({ Name, SecretString: NUMBER_KEY }),
      );
  }

  readonly hashOf = (number: string): string => numberHash(Buffer.from(NUMBER_KEY), number);

  /** What is stored from now on has no lock. */
  async unlock(Bucket: string, region = 'us-east-1'): Promise<void> {
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' } as const;
    await this.s3(region).send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }

  /** What is stored from now on is locked for so many days. */
  async lock(Bucket: string, region: string, Days: number): Promise<void> {
    const Rule = { DefaultRetention: { Mode: 'COMPLIANCE', Days } } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await this.s3(region).send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }

  async rowsOf(callId: string, region = 'us-east-1'): Promise<Row[]> {
    const { Items = [] } = await this.dynamodb(region).send(
      new QueryCommand({
        TableName: this.plan(region).names.ledgerTable,
        KeyConditionExpression: 'callId = :callId',
        ExpressionAttributeValues: { ':callId': { S: callId } },
      }),
    );
    return Items.map(rowOf);
  }

  /** Puts an object and its copy, and the ledger's row of it. */
  async store(callId: string, item: string, content: string, overrides: Partial<StoredItem> = {}): Promise<StoredItem> {
    const row = stored(callId, item, content, overrides);
    const versionId = await this.put('us-east-1', row.bucket, row.key, content);
    const copies = row.bucket.replace(/s-(?=\d+$)/, 's-copy-');
    this.replicas.copied(copies, versionId, await this.put('us-east-2', copies, row.key, content));
    const whole = { ...row, versionId: overrides.versionId ?? versionId };
    await this.note({ ...whole });
    return whole;
  }

  /** Gives the version id. */
  async put(region: string, Bucket: string, Key: string, Body: string): Promise<string> {
    const command = new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm: 'SHA256' });
    return (await this.s3(region).send(command)).VersionId ?? '';
  }

  async versions(
    bucket: string,
    region = 'us-east-1',
  ): Promise<{ readonly key: string; readonly versionId: string }[]> {
    const { Versions = [] } = await this.s3(region).send(new ListObjectVersionsCommand({ Bucket: bucket }));
    return Versions.map(({ Key = '', VersionId = '' }) => ({ key: Key, versionId: VersionId }));
  }

  /** Of every version in a bucket. */
  async holdsIn(bucket: string, region = 'us-east-1'): Promise<string[]> {
    const versions = await this.versions(bucket, region);
    return Promise.all(
      versions.map(({ key, versionId }) =>
        this.s3(region)
          .send(new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId }))
          .then(
            ({ LegalHold }) => LegalHold?.Status ?? 'none',
            () => 'none',
          ),
      ),
    );
  }

  s3(region: string): S3Client {
    return new S3Client({ ...this.moto.client, region });
  }

  private dynamodb(region: string): DynamoDBClient {
    return new DynamoDBClient({ ...this.moto.client, region });
  }

  private async makeRegion({ region, names, copies }: RegionPlan): Promise<void> {
    const fields = ['callId', 'item', 'startedAt', ...Object.values(INDEXES)];
    await this.dynamodb(region).send(
      new CreateTableCommand({
        TableName: names.ledgerTable,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: fields.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keySchema('callId', 'item'),
        GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, partition]) => ({
          IndexName,
          KeySchema: keySchema(partition, 'startedAt'),
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
    );
    for (const bucket of [names.buckets.recordings, names.buckets.transcripts]) await this.makeVault(bucket, region);
    for (const bucket of [names.buckets.recordingsCopy, names.buckets.transcriptsCopy])
      await this.makeVault(bucket, copies.region);
  }

  private async makeVault(Bucket: string, region: string): Promise<void> {
    const place =
      region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'us-east-2' } };
    await this.s3(region).send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true, ...place }));
    await this.lock(Bucket, region, 2192);
  }
}

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

const mapOf = (row: Row): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [[name, attributeOf(value)]])),
  );

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return { M: mapOf(value as Row) };
}
