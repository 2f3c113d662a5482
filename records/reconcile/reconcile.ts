import type { ReconciledVault, Reconciliation } from '../../regions/plan/reconciliation';
import { compare, inOrder } from './compare';
import { type AskedLedger, ledgerDay } from './ledger-day';
import type { Finding, Named, Shelf } from './model';
import type { Look, Shelves } from './shelves';

export interface ReconcileProps {
  readonly reconciliation: Reconciliation;
  readonly ledger: AskedLedger;
  /** Of the region itself and of its copies. */
  readonly vaults: Pick<Shelves, 'shelf' | 'requests'>;
  readonly copies: Pick<Shelves, 'shelf' | 'requests'>;
  /** How versions of the vaults are looked at; of the copies only the locks are. */
  readonly look: Look;
  readonly now: Date;
}

export interface ReconciledDay {
  readonly day: string;
  readonly calls: number;
  /** In the vaults. */
  readonly versions: number;
  readonly findings: readonly Finding[];
}

/** Compares what a region's ledger says of the calls that started on a UTC day with its vaults and their copies. Reads only. */
export async function reconcileDay(props: ReconcileProps, day: string): Promise<ReconciledDay> {
  const { calls, named, findings } = await ledgerDay(props.ledger, props.reconciliation, day);
  const compared = [];
  for (const rules of props.reconciliation.vaults)
    compared.push(await reconcileVault(props, { rules, day, named: namedIn(named, rules) }));
  return {
    day,
    calls,
    versions: compared.reduce((sum, { versions }) => sum + versions, 0),
    findings: [...findings, ...compared.flatMap((one) => one.findings)].toSorted(inOrder),
  };
}

const namedIn = (named: readonly Named[], { bucket }: ReconciledVault): Named[] =>
  named.filter(({ stored }) => stored.bucket === bucket);

interface VaultDay {
  readonly rules: ReconciledVault;
  readonly day: string;
  readonly named: readonly Named[];
}

async function reconcileVault({ vaults, copies, look, now }: ReconcileProps, { rules, day, named }: VaultDay) {
  const ids = new Set(named.map(({ stored }) => idOf(stored)));
  const asked = { prefixes: prefixesOf(day, named), isNamed: (version: Id) => ids.has(idOf(version)) };
  const [vault, copy]: readonly [Shelf, Shelf] = await Promise.all([
    vaults.shelf({ ...asked, bucket: rules.bucket, look }),
    copies.shelf({ ...asked, bucket: rules.copy, look: 'lock' }),
  ]);
  return { versions: vault.versions.length, findings: compare({ rules, named, vault, copy, now }) };
}

type Id = Pick<Named['stored'], 'key' | 'versionId'>;

const idOf = ({ key, versionId }: Id): string => `${key}\n${versionId}`;

/** Keys begin with the day on which their call started (`media/recorder/objects.ts`); one that does not is listed by itself. */
function prefixesOf(day: string, named: readonly Named[]): string[] {
  const prefix = `${day.replaceAll('-', '/')}/`;
  const others = named.map(({ stored }) => stored.key).filter((key) => !key.startsWith(prefix));
  return [prefix, ...new Set(others)];
}
