import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { RegionPlan } from '../../../regions/plan/types';
import { bucketArn, viaService } from './arns';
import type { BuiltVault } from './built-vault';
import { type Ledger, LEDGER_INDEXES } from './ledger';
import type { DataKeys } from './region-records';

/** What the roles of this region may reach. */
export interface RecordStores {
  readonly plan: RegionPlan;
  readonly keys: DataKeys;
  readonly vaults: readonly BuiltVault[];
  readonly ledger: Ledger;
}

export type Policy = (stores: RecordStores) => iam.PolicyStatement[];

/** Writes calls to the vault and the ledger, and looks at their locks; reads no content back and deletes nothing. */
export const writerPolicy: Policy = (stores) => [
  allow('WriteVault', ['s3:PutObject', 's3:GetObjectRetention'], objects(callsIn(stores))),
  // Which version a key has that was written before its writer died.
  allow('ListVersions', ['s3:ListBucketVersions'], buckets(callsIn(stores))),
  useKeys('EncryptVault', ['kms:GenerateDataKey'], keysOf(callsIn(stores)), viaS3(stores)),
  ...writeLedger(stores, ['dynamodb:PutItem', 'dynamodb:UpdateItem']),
  ...readNumberKey(stores),
];

/** Finds and listens. */
export const playbackPolicy: Policy = (stores) => [
  allow('ReadVault', ['s3:GetObject', 's3:GetObjectVersion'], objects(callsIn(stores))),
  useKeys('DecryptVault', ['kms:Decrypt'], keysOf(callsIn(stores)), viaS3(stores)),
  ...readLedger(stores),
];

/** Holds, extends and exports records, and notes holds in the ledger. */
export const recordsOfficerPolicy: Policy = (stores) => [
  allow('HoldAndExtend', ['s3:PutObjectLegalHold', 's3:PutObjectRetention'], objects(stores.vaults)),
  allow(
    'ReadVaultForExport',
    ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectLegalHold', 's3:GetObjectRetention'],
    objects(stores.vaults),
  ),
  allow(
    'ListVault',
    ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketObjectLockConfiguration'],
    buckets(stores.vaults),
  ),
  useKeys('DecryptVault', ['kms:Decrypt'], keysOf(stores.vaults), viaS3(stores)),
  ...holdCopies(stores),
  ...readLedger(stores),
  ...writeLedger(stores, ['dynamodb:UpdateItem']),
  ...readNumberKey(stores),
];

export const allow = (sid: string, actions: string[], resources: string[]): iam.PolicyStatement =>
  new iam.PolicyStatement({ sid, actions, resources });

export const useKeys = (sid: string, actions: string[], keys: kms.IKey[], service: string): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    resources: keys.map((key) => key.keyArn),
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });

/** The copies lie in another region, so their buckets are named. */
function holdCopies({ plan, vaults }: RecordStores): iam.PolicyStatement[] {
  const copies = vaults.map(({ vault }) => bucketArn(plan, plan.names.buckets[vault.copy]));
  return [
    allow(
      'HoldCopies',
      ['s3:PutObjectLegalHold', 's3:GetObjectRetention'],
      copies.map((arn) => `${arn}/*`),
    ),
    allow('ListCopies', ['s3:ListBucket', 's3:ListBucketVersions'], copies),
  ];
}

const readNumberKey = (stores: RecordStores): iam.PolicyStatement[] => [
  allow('ReadNumberKey', ['secretsmanager:GetSecretValue'], [numberKeyArn(stores)]),
  useKeys('DecryptNumberKey', ['kms:Decrypt'], [stores.keys.cdr], viaService('secretsmanager', stores.plan.region)),
];

/** Secrets Manager ends each ARN with six characters of its own. */
const numberKeyArn = ({ plan: { partition, region, account, names } }: RecordStores): string =>
  `arn:${partition}:secretsmanager:${region}:${account}:secret:${names.numberKeySecret}-??????`;

/** DynamoDB uses the table's key in the name of whoever reads or writes. */
const readLedger = (stores: RecordStores): iam.PolicyStatement[] => [
  allow('ReadLedger', ['dynamodb:GetItem', 'dynamodb:Query'], tableAndIndexes(stores.ledger)),
  useKeys('DecryptLedger', ['kms:Decrypt', 'kms:DescribeKey'], [stores.keys.cdr], viaDynamoDb(stores)),
];

const writeLedger = (stores: RecordStores, actions: string[]): iam.PolicyStatement[] => [
  allow('WriteLedger', actions, [stores.ledger.table.tableArn]),
  useKeys(
    'EncryptLedger',
    ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    [stores.keys.cdr],
    viaDynamoDb(stores),
  ),
];

const tableAndIndexes = ({ table }: Ledger): string[] => [
  table.tableArn,
  ...Object.keys(LEDGER_INDEXES).map((name) => `${table.tableArn}/index/${name}`),
];

/** What was said; not what was noted of it, nor how the deployment stands. */
const callsIn = ({ vaults }: RecordStores): BuiltVault[] =>
  vaults.filter(({ vault }) => vault.dataClass === 'recording' || vault.dataClass === 'transcript');

export const buckets = (vaults: readonly BuiltVault[]): string[] => vaults.map(({ bucket }) => bucket.bucketArn);

export const objects = (vaults: readonly BuiltVault[]): string[] =>
  vaults.map(({ bucket }) => bucket.arnForObjects('*'));

const keysOf = (vaults: readonly BuiltVault[]): kms.IKey[] => vaults.map(({ key }) => key);

const viaS3 = ({ plan }: RecordStores): string => viaService('s3', plan.region);

const viaDynamoDb = ({ plan }: RecordStores): string => viaService('dynamodb', plan.region);
