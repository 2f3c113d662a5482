import { hang } from '../../regions/wrap';
import type { Found } from '../find';
import { type CallRecord, isActive } from '../ledger/call-record';
import { matterOf } from '../../media/contract/ledger';
import { counted } from './words';

/** What was found in a region. */
export interface FoundIn {
  readonly region: string;
  readonly found: Found;
}

/** Two lines a call and more where they are needed, at 80 columns. */
export function renderFound(regions: readonly FoundIn[]): string {
  const some = regions.filter(({ found }) => found.calls.length > 0);
  if (some.length === 0) return `no calls match in ${regions.map(({ region }) => region).join(', ')}`;
  const count = some.reduce((sum, { found }) => sum + found.calls.length, 0);
  return [
    ...some.flatMap(({ region, found }) => [region, ...found.calls.flatMap(callLines)]),
    counted(count, 'call'),
  ].join('\n');
}

function callLines({ call, objects, holds }: CallRecord): string[] {
  const countOf = (kind: string): string => counted(objects.filter(({ item }) => item.startsWith(kind)).length, kind);
  const held = holds.filter(isActive).map(matterOf);
  const parts = [
    ...(call.agentId ? [`agent ${call.agentId}`] : []),
    ...(call.personId ? [`person ${call.personId}`] : []),
    durationOf(call),
    countOf('recording'),
    countOf('transcript'),
    `consent ${consentOf(call)}`,
    `${call.retentionDays} days${call.lockMode ? ` ${call.lockMode}` : ''}`,
    ...(held.length > 0 ? [`held by ${held.join(', ')}`] : []),
  ];
  return [`  ${call.startedAt.replace('T', ' ').slice(0, 19)}Z  ${call.callId}`, ...hang('    ', parts.join(', '))];
}

function durationOf({ startedAt, endedAt }: CallRecord['call']): string {
  if (!endedAt) return 'not ended';
  return `${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)} s`;
}

function consentOf({ consent }: CallRecord['call']): string {
  if (!consent) return 'not asked';
  return `${consent.granted ? 'granted' : 'refused'} (${consent.promptId ?? consent.mode})`;
}
