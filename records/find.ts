import { atOnce } from './at-once';
import { callRecordOf, type CallRecord } from './ledger/call-record';
import { callSchema } from '../media/contract/ledger';
import type { Ledger } from './ledger/ledger';
import { isMeant, queriesFor, type Selection } from './selection';

/** Queries open at once in a region. */
const QUERIES = 16;

/** What finding needs of a ledger. */
export type Asked = Pick<Ledger, 'query' | 'rowsOf'>;

export interface Found {
  /** In the order of their starts. */
  readonly calls: readonly CallRecord[];
  /** Ids that were asked for and are not there. */
  readonly missing: readonly string[];
  /** Rows that are not as they should be, a line each. */
  readonly problems: readonly string[];
}

/** The calls of a region that are meant, each with its objects and holds. Throws Refused with one line. */
export async function findCalls(ledger: Asked, selection: Selection): Promise<Found> {
  const ids = selection.callIds.length > 0 ? selection.callIds : await idsIn(ledger, selection);
  const read = await atOnce(QUERIES, [...new Set(ids)], async (callId) => ({
    callId,
    rows: await ledger.rowsOf(callId),
  }));
  const there = read.filter(({ rows }) => rows.length > 0).map(({ callId, rows }) => callRecordOf(callId, rows));
  return {
    calls: there.flatMap(({ record }) => (record ? [record] : [])).toSorted(byStart),
    missing: read.filter(({ rows }) => rows.length === 0).map(({ callId }) => callId),
    problems: there.flatMap(({ problems }) => problems),
  };
}

/** A row of the index that cannot be read is taken along, so that reading the call says what is wrong with it. */
async function idsIn(ledger: Asked, selection: Selection): Promise<string[]> {
  const rows = (await atOnce(QUERIES, queriesFor(selection), (query) => ledger.query(query))).flat();
  return rows
    .filter((row) => {
      const { success, data } = callSchema.safeParse(row);
      return !success || isMeant(data, selection);
    })
    .map(({ callId }) => String(callId));
}

const byStart = ({ call: a }: CallRecord, { call: b }: CallRecord): number =>
  a.startedAt.localeCompare(b.startedAt) || a.callId.localeCompare(b.callId);
