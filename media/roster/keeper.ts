import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Roster } from './nodes/decide';
import { listText, readList } from './nodes/list';

/** Kamailio refuses a reload within five seconds of the last; it would keep the old list and say so once. */
export const RELOAD_GAP_MS = 6_000;

export interface KeeperOptions {
  readonly file: string;
  /** Makes Kamailio read the file; true if it did. */
  readonly reload: () => Promise<boolean>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Keeps Kamailio's list: writes on change only, reloads no more often than is allowed, and again until it was taken. */
export class Keeper {
  last: Roster;
  private readonly options: KeeperOptions;
  private taken: string | undefined;
  private askedAt = -Infinity;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.last = readList(textOf(options.file));
  }

  async keep(roster: Roster): Promise<void> {
    this.last = roster;
    const text = listText(roster);
    const { file, reload, now } = this.options;
    if (text === this.taken || now() - this.askedAt < RELOAD_GAP_MS) return;
    if (text !== textOf(file)) replace(file, text);
    this.askedAt = now();
    if (await reload()) this.taken = text;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whole or not at all: Kamailio may read at any time. */
export function replace(file: string, text: string, mode = 0o640): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
