import { rmSync, writeFileSync } from 'node:fs';
import { opendir, statfs } from 'node:fs/promises';
import { within } from './patience';
import type { Settings } from './settings';

type RoomSettings = Pick<Settings, 'SPOOL_DIRECTORY' | 'NO_NEW_CALLS_FILE'>;

/** Of the spool's disk, from which no new calls are taken, and under which they are again. */
const FULL_PERCENT = 80;
const ROOM_PERCENT = 70;
/** A disk that does not answer for so long takes no recording either. */
const PATIENCE_MS = 10_000;

/** How much room the spool has for another call, told to whoever takes calls before there is none. */
export class Room {
  full = false;
  usedPercent = 0;
  private readonly settings: RoomSettings;
  private going?: Promise<number>;

  constructor(settings: RoomSettings) {
    this.settings = settings;
  }

  /** @throws whatever the spool cannot be read for: there is no room in it then */
  async measure(): Promise<void> {
    try {
      this.usedPercent = await within(PATIENCE_MS, this.ask());
    } catch (error) {
      this.usedPercent = 100;
      throw error;
    } finally {
      this.full = isFull(this.full, this.usedPercent);
      tell(this.settings.NO_NEW_CALLS_FILE, this.full);
    }
  }

  /** A question that hangs is the only one. */
  private ask(): Promise<number> {
    this.going ??= usedPercentOf(this.settings.SPOOL_DIRECTORY).finally(() => {
      this.going = undefined;
    });
    return this.going;
  }
}

/** Whether new calls are kept away. Between the limits it stays as it was, so that a node does not come and go. */
export const isFull = (wasFull: boolean, usedPercent: number): boolean =>
  usedPercent >= (wasFull ? ROOM_PERCENT : FULL_PERCENT);

/** Of what others than the system may use of the disk of a folder. A file system that has shut down still tells that. */
async function usedPercentOf(folder: string): Promise<number> {
  const entries = await opendir(folder);
  await entries.read().finally(() => entries.close());
  const { blocks, bfree, bavail } = await statfs(folder);
  const used = blocks - bfree;
  return used + bavail === 0 ? 100 : (used / (used + bavail)) * 100;
}

/**
 * The media server refuses calls while the file is there, the agent tells the roster of no capacity. It lies in memory, and is
 * not left to the threads that a disk which hangs may hold.
 */
function tell(file: string, full: boolean): void {
  if (full) writeFileSync(file, 'spool\n');
  else rmSync(file, { force: true });
}
