import type { CallEvent, EVENT_VERSION } from '../contract/events';
import type { PlannedObject } from './progress';

// An image is built from its folder alone; the types hold these to the contract.
const VERSION: typeof EVENT_VERSION = 1;

type Happened =
  | Pick<Extract<CallEvent, { event: 'recording.stored' }>, 'event' | 'bytes' | 'seconds' | 'sha256'>
  | Pick<Extract<CallEvent, { event: 'recording.failed' | 'recording.adopted' }>, 'event' | 'reason'>;

export const eventLine = (callId: string, at: Date, happened: Happened): string =>
  JSON.stringify({ v: VERSION, callId, tier: 'recorder', at: at.toISOString(), ...happened });

export const storedEvents = (callId: string, at: Date, objects: readonly PlannedObject[]): string[] =>
  objects
    .filter(({ kind, isOutdated }) => kind === 'recording' && !isOutdated)
    .map(({ bytes, seconds, sha256 }) => eventLine(callId, at, { event: 'recording.stored', bytes, seconds, sha256 }));

/** What is wrong with the recorder or its disks, and with no call of its own. */
export const problemLine = (...problems: readonly string[]): string =>
  JSON.stringify({ tier: 'recorder', level: 'error', problems });

/** A word of the contract from whatever was thrown: the name AWS or the system gives it, and no more. */
export function reasonOf(error: unknown): string {
  const name = error instanceof Error && 'flaws' in error ? error.message : nameOf(error);
  return (
    name
      .replaceAll(/[^A-Za-z0-9 ._:-]/g, ' ')
      .trim()
      .slice(0, 128) || 'unknown'
  );
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string'
    ? error.code
    : error.name === 'Error'
      ? error.message
      : error.name;
}
