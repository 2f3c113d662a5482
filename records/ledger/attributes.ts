import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A row of the ledger as plain values, JSON-printable. */
export type Row = Readonly<Record<string, unknown>>;

export const rowOf = (attributes: Readonly<Record<string, AttributeValue>>): Row =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)]));

function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return rowOf(value.M);
  if (value.B !== undefined) return Buffer.from(value.B).toString('base64');
  return value.SS ?? value.NS?.map(Number) ?? null;
}
