import type { z } from 'zod';
import type { Row } from './attributes';
import {
  callSchema,
  holdSchema,
  storedSchema,
  type CallItem,
  type HoldItem,
  type StoredItem,
} from '../../media/contract/ledger';

/** A call with everything the ledger says of it. */
export interface CallRecord {
  readonly call: CallItem;
  /** Recordings, then transcripts, each in order. */
  readonly objects: readonly StoredItem[];
  readonly holds: readonly HoldItem[];
  /** As they are in the ledger, rows of other items included. */
  readonly rows: readonly Row[];
}

export interface Read {
  readonly record?: CallRecord;
  /** What of the rows is not as the contract says, a line each. */
  readonly problems: readonly string[];
}

/** One call from all its rows. A row that cannot be read is named and keeps no other from being read. */
export function callRecordOf(callId: string, rows: readonly Row[]): Read {
  const of = (prefix: string): Row[] => rows.filter(({ item }) => String(item).startsWith(prefix));
  const [calls, objects, holds] = [
    readAll(
      callSchema,
      rows.filter(({ item }) => item === 'call'),
    ),
    readAll(storedSchema, [...of('recording#'), ...of('transcript#')]),
    readAll(holdSchema, of('hold#')),
  ];
  const problems = [...calls.problems, ...objects.problems, ...holds.problems];
  const [call] = calls.values;
  if (!call)
    return {
      problems: problems.length > 0 ? problems : [`call ${callId}: got no item call, allowed one, see who wrote it`],
    };
  return { record: { call, objects: objects.values.toSorted(byNumber), holds: holds.values, rows }, problems };
}

/** Whether a matter holds the call now. */
export const isActive = ({ releasedAt }: HoldItem): boolean => releasedAt === undefined;

interface Values<T> {
  readonly values: readonly T[];
  readonly problems: readonly string[];
}

function readAll<T>(schema: z.ZodType<T>, rows: readonly Row[]): Values<T> {
  const read = rows.map((row) => ({ row, result: schema.safeParse(row) }));
  return {
    values: read.flatMap(({ result }) => (result.success ? [result.data] : [])),
    problems: read.flatMap(({ row, result }) =>
      result.success ? [] : result.error.issues.map((issue) => problem(row, issue)),
    ),
  };
}

function problem(
  row: Row,
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
): string {
  const place = `call ${String(row['callId'])}, item ${String(row['item'])}, ${path.map(String).join('.')}`;
  return `${place}: ${message}; see who wrote the row`;
}

const byNumber = (a: StoredItem, b: StoredItem): number => {
  const [[kind = '', n], [other = '', m]] = [a.item.split('#'), b.item.split('#')];
  return kind.localeCompare(other) || Number(n) - Number(m);
};
