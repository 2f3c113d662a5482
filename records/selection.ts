import type { IndexQuery } from './ledger/ledger';
import type { CallItem } from '../media/contract/ledger';

/** Which calls are meant: by their ids, or by all of the rest that is there. */
export interface Selection {
  readonly callIds: readonly string[];
  readonly personId?: string;
  readonly agentId?: string;
  /** Of the caller's number, in the region that is asked. */
  readonly numberHash?: string;
  /** First and last UTC day. */
  readonly from?: string;
  readonly to?: string;
}

/** How the index is asked, by the narrowest name there is; what it gives is still to be filtered. */
export function queriesFor(selection: Selection): IndexQuery[] {
  const { personId, numberHash, agentId, from, to } = selection;
  const span = { ...(from ? { from: startOf(from) } : {}), ...(to ? { to: endOf(to) } : {}) };
  if (personId) return [{ index: 'byPersonDate', value: personId, ...span }];
  if (numberHash) return [{ index: 'byNumberHash', value: numberHash, ...span }];
  if (agentId) return [{ index: 'byAgentDate', value: agentId, ...span }];
  return from && to ? daysOf(from, to).map((day) => ({ index: 'byDay', value: day })) : [];
}

/** Whether a call is one of those meant. */
export const isMeant = (
  { callId, personId, agentId, numberHash, startedAt }: CallItem,
  selection: Selection,
): boolean =>
  (selection.callIds.length === 0 || selection.callIds.includes(callId)) &&
  (selection.personId === undefined || selection.personId === personId) &&
  (selection.agentId === undefined || selection.agentId === agentId) &&
  (selection.numberHash === undefined || selection.numberHash === numberHash) &&
  (selection.from === undefined || startedAt >= startOf(selection.from)) &&
  (selection.to === undefined || startedAt <= endOf(selection.to));

const DAY_MS = 86_400_000;

/** UTC days from one to another, both included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );

const startOf = (day: string): string => `${day}T00:00:00.000Z`;
const endOf = (day: string): string => `${day}T23:59:59.999Z`;
