import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Reconciliation } from '../../../regions/plan/reconciliation';
import { clientConfig } from '../../clients';
import { Ledger } from '../../ledger/ledger';
import { Shelves } from '../shelves';
import { reconcileScheduled, type Scheduled } from './scheduled';

/** What the function is given of the plan, by the template that makes it. */
const reconciliation = JSON.parse(process.env['RECONCILIATION'] ?? '') as Reconciliation;
const { region, account, copiesRegion, ledgerTable } = reconciliation;

const shelvesIn = (where: string): Shelves =>
  new Shelves({ region: where, account, client: new S3Client(clientConfig({ region: where, client: {} })) });

const ledger = new Ledger({
  region,
  table: ledgerTable,
  client: new DynamoDBClient(clientConfig({ region, client: {} })),
});

/** Entry of the scheduled function. What it throws is tried again, and then missed by the alarm on silence. */
export async function handler(scheduled: Scheduled): Promise<void> {
  await reconcileScheduled(
    {
      reconciliation,
      ledger,
      vaults: shelvesIn(region),
      copies: shelvesIn(copiesRegion),
      now: () => new Date(),
      // The console would put a prefix before what CloudWatch is to read as JSON.
      write: (line) => process.stdout.write(`${line}\n`),
    },
    scheduled,
  );
}
