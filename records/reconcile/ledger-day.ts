import type { Reconciliation } from '../../regions/plan/reconciliation';
import { atOnce } from '../at-once';
import { callRecordOf, isActive } from '../ledger/call-record';
import type { Ledger } from '../ledger/ledger';
import type { Finding, Named } from './model';

/** Calls that are read at once. */
const CALLS = 32;

/** What is asked of a ledger. */
export type AskedLedger = Pick<Ledger, 'query' | 'rowsOf'>;

/** What the ledger says of the objects of a day. */
export interface LedgerDay {
  readonly calls: number;
  readonly named: readonly Named[];
  /** Rows that cannot be read or name a bucket that is no vault of calls. */
  readonly findings: readonly Finding[];
}

export async function ledgerDay(
  ledger: AskedLedger,
  { vaults }: Pick<Reconciliation, 'vaults'>,
  day: string,
): Promise<LedgerDay> {
  const rows = await ledger.query({ index: 'byDay', value: day });
  const ids = [...new Set(rows.map(({ callId }) => String(callId)))];
  const read = await atOnce(CALLS, ids, async (callId) => ({
    callId,
    ...callRecordOf(callId, await ledger.rowsOf(callId)),
  }));
  const named = read.flatMap(({ record }) => {
    const isHeld = record?.holds.some(isActive) ?? false;
    return (record?.objects ?? []).map((stored) => ({ stored, isHeld }));
  });
  const isOurs = ({ stored: { item, bucket } }: Named): boolean =>
    vaults.some((vault) => item.startsWith(vault.dataClass) && bucket === vault.bucket);
  return {
    calls: ids.length,
    named: named.filter(isOurs),
    findings: [
      ...read.flatMap(({ callId, problems }) => problems.map((why) => misnoted({ callId, why }))),
      ...named
        .filter((one) => !isOurs(one))
        .map(({ stored: { callId, item, bucket } }) =>
          misnoted({ callId, item, bucket, why: `is in the bucket ${bucket}, which is no vault of it here` }),
        ),
    ],
  };
}

const misnoted = (said: Pick<Finding, 'callId' | 'item' | 'bucket' | 'why'>): Finding => ({
  kind: 'misnoted',
  place: 'ledger',
  ...said,
});
