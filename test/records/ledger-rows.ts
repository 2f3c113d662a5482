import { createHash } from 'node:crypto';
import type { CallItem, HoldItem, StoredItem } from '../../media/contract/ledger';

const STARTED = '2026-11-20T09:30:00.000Z';

/** The row of a call as the recorder writes it; a test says what it is about. */
export function call(callId: string, overrides: Partial<CallItem> = {}): CallItem {
  const startedAt = overrides.startedAt ?? STARTED;
  return {
    callId,
    item: 'call',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 183_000).toISOString(),
    agentId: 'account-service',
    personId: 'P-1001',
    day: startedAt.slice(0, 10),
    carrier: 'example-carrier',
    consent: { mode: 'notice', promptId: 'us-notice-v3', ts: startedAt, granted: true },
    retentionDays: 2192,
    lockMode: 'COMPLIANCE',
    ...overrides,
  };
}

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** An object as the recorder notes it, of a content that a test also puts where it says. */
export function stored(callId: string, item: string, content: string, overrides: Partial<StoredItem> = {}): StoredItem {
  const [kind = '', n = ''] = item.split('#');
  return {
    callId,
    item,
    bucket: `brokerage-us-us-east-1-${kind}s-123456789012`,
    key: `2026/11/20/${callId}/${n}.${kind === 'recording' ? 'wav' : 'json'}`,
    versionId: 'v1',
    sha256: sha256Of(content),
    bytes: Buffer.byteLength(content),
    contentType: kind === 'recording' ? 'audio/wav' : 'application/json',
    storedAt: '2026-11-20T09:33:30.000Z',
    ...overrides,
  };
}

export const held = (callId: string, matter: string, overrides: Partial<HoldItem> = {}): HoldItem => ({
  callId,
  item: `hold#${matter}`,
  reason: 'subpoena',
  by: 'arn:aws:sts::123456789012:assumed-role/officer/somebody',
  placedAt: '2026-11-21T08:00:00.000Z',
  ...overrides,
});
