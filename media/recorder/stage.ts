import type { CallFile } from './call-file';
import type { Server } from './spool';
import { has, type SpooledCall } from './spooled';

/** Where a call stands, as far as the recorder is concerned. */
export type Stage = 'going' | 'ended' | 'orphaned';

export interface Seen {
  /** What the media server wrote. */
  readonly file: CallFile | undefined;
  /** Since when nothing of the call changed, by a clock that never goes back, milliseconds. */
  readonly quietMs: number;
  /** The media server of the spool; nothing where there is none, or where it is dead. */
  readonly server: Server | undefined;
}

/** Asterisk writes what it still has after the call's end, the agent its last line. */
const SETTLE_MS = 3_000;
/** Nothing of a call goes on for so long without a word of the media server about it. */
const STRAY_MS = 600_000;

/** @param call whatever the spool has of it */
export function stageOf(call: SpooledCall, { file, quietMs, server }: Seen): Stage {
  // Begun is done to the end: what is missing now has been stored.
  if (has(call, 'progress')) return 'ended';
  if (quietMs < SETTLE_MS) return 'going';
  if (file?.endedAt !== undefined) return 'ended';
  if (!server || (file && file.boot !== server.boot)) return 'orphaned';
  return !file && quietMs > STRAY_MS ? 'orphaned' : 'going';
}

/** A server that has not been seen for so long is dead. Three of its heartbeats. */
const DEAD_MS = 30_000;

/** Whether the server lives, by how long nothing of its file changed. */
export const isAlive = (quietMs: number): boolean => quietMs < DEAD_MS;
