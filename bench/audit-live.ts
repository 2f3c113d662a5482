import path from 'node:path';
import { timed } from './cold-run';

const CHILD = path.join(__dirname, 'children', 'audit-live.ts');

export interface AuditLiveBench {
  /** Questions that one audit of the sandbox asks, by region. */
  readonly liveCallsPerRegion: Readonly<Record<string, number>>;
  /** Settings that were changed in the emulated account, one after the other. */
  readonly driftsInjected: number;
  /** Those that an audit named on their resource, with nothing else changed. */
  readonly driftsFound: number;
}

/** Audits of an emulated account whose settings somebody changes. */
export function benchAuditLive(): AuditLiveBench {
  const { stdout } = timed(process.execPath, ['--import', 'tsx', CHILD]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as AuditLiveBench;
}
