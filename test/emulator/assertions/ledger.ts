import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { LEDGER_INDEXES } from '../../../lib/constructs/records/ledger';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, once, present } from './check';
import { keyArn } from './key-arn';

/** The table of calls: encrypted with its own key, recoverable to any second, not to be deleted. */
export function ledgerChecks({ names }: RegionPlan, region: Region): Check[] {
  const TableName = names.ledgerTable;
  const table = once(async () =>
    present((await region.dynamodb.send(new DescribeTableCommand({ TableName }))).Table, `table ${TableName}`),
  );
  return [
    check(`table ${TableName}: encryption`, { type: 'KMS', plannedKey: true }, async () => {
      const { SSEDescription } = await table();
      const key = await keyArn(region, names.keyAliases.cdr);
      return { type: SSEDescription?.SSEType, plannedKey: SSEDescription?.KMSMasterKeyArn === key };
    }),
    check(`table ${TableName}: protected from deletion`, true, async () => (await table()).DeletionProtectionEnabled),
    check(`table ${TableName}: keys`, { key: ['callId', 'item'], indexes: INDEXES }, async () => {
      const { KeySchema, GlobalSecondaryIndexes = [] } = await table();
      const keyOf = (schema: typeof KeySchema) => schema?.map(({ AttributeName }) => AttributeName);
      const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys }) => [IndexName, keyOf(keys)]);
      return { key: keyOf(KeySchema), indexes: Object.fromEntries(indexes) };
    }),
    check(`table ${TableName}: point-in-time recovery`, 'ENABLED', async () => {
      const answer = await region.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
      return answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    }),
  ];
}

const INDEXES = Object.fromEntries(
  Object.entries(LEDGER_INDEXES).map(([name, { partition, sort }]) => [name, [partition, sort]]),
);
