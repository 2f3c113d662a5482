import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { ClientOptions } from '../aws/reader';
import type { RegionPlan } from '../regions/plan/types';
import { clientConfig } from './clients';
import { HoldNotes } from './hold/notes';
import { Ledger } from './ledger/ledger';
import { numberKey } from './number-key';
import type { Officer } from './officer/officer';
import { Shelves } from './reconcile/shelves';
import { Vault } from './vault/vault';

/** What an officer works with in a region: its ledger, its vaults and the copies of them. */
export class Desk {
  readonly plan: RegionPlan;
  readonly officer: Officer;
  readonly ledger: Ledger;
  readonly notes: HoldNotes;
  private readonly client: ClientOptions;
  private readonly vaults = new Map<string, Vault>();

  constructor(plan: RegionPlan, officer: Officer, client: ClientOptions) {
    this.plan = plan;
    this.officer = officer;
    this.client = client;
    const dynamodb = new DynamoDBClient(clientConfig(this.reach(plan.region)));
    const table = { region: plan.region, table: plan.names.ledgerTable, client: dynamodb };
    this.ledger = new Ledger(table);
    this.notes = new HoldNotes(table);
  }

  /** The vaults of the region itself or of its copies. */
  readonly vaultIn = (region: string): Vault => {
    const vault = this.vaults.get(region) ?? new Vault({ region, account: this.plan.account, client: this.s3(region) });
    this.vaults.set(region, vault);
    return vault;
  };

  /** What lies in the vaults of the region itself or of its copies. */
  readonly shelvesIn = (region: string): Shelves =>
    new Shelves({ region, account: this.plan.account, client: this.s3(region) });

  /** @param secret its name or ARN; default that of the plan */
  numberKey(secret: string = this.plan.names.numberKeySecret): Promise<Uint8Array> {
    return numberKey(this.reach(this.plan.region), secret);
  }

  /** The SDK would end a body whose checksum differs with an error of its own; an export compares checksums itself. */
  private s3(region: string): S3Client {
    return new S3Client({ ...clientConfig(this.reach(region)), responseChecksumValidation: 'WHEN_REQUIRED' });
  }

  private reach(region: string) {
    const { credentials } = this.officer;
    return { region, client: this.client, ...(credentials ? { credentials } : {}) };
  }
}
