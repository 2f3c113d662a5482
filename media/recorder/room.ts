import { rm, statfs, writeFile } from 'node:fs/promises';
import type { Settings } from './settings';

type RoomSettings = Pick<Settings, 'SPOOL_DIRECTORY' | 'NO_NEW_CALLS_FILE'>;

/** Of the spool's disk, from which no new calls are taken, and under which they are again. */
const FULL_PERCENT = 80;
const ROOM_PERCENT = 70;

/** How much room the spool has for another call, told to whoever takes calls before there is none. */
export class Room {
  full = false;
  usedPercent = 0;
  private readonly settings: RoomSettings;

  constructor(settings: RoomSettings) {
    this.settings = settings;
  }

  async measure(): Promise<void> {
    this.usedPercent = await usedPercentOf(this.settings.SPOOL_DIRECTORY);
    this.full = isFull(this.full, this.usedPercent);
    await tell(this.settings.NO_NEW_CALLS_FILE, this.full);
  }
}

/** Whether new calls are kept away. Between the limits it stays as it was, so that a node does not come and go. */
export const isFull = (wasFull: boolean, usedPercent: number): boolean =>
  usedPercent >= (wasFull ? ROOM_PERCENT : FULL_PERCENT);

/** Of what others than the system may use of the disk of a folder. */
async function usedPercentOf(folder: string): Promise<number> {
  const { blocks, bfree, bavail } = await statfs(folder);
  const used = blocks - bfree;
  return used + bavail === 0 ? 100 : (used / (used + bavail)) * 100;
}

/** The media server refuses calls while the file is there, the agent tells the roster of no capacity. */
async function tell(file: string, full: boolean): Promise<void> {
  if (full) await writeFile(file, 'spool\n');
  else await rm(file, { force: true });
}
