import { existsSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Media server and agent look at the file themselves. True at the next look only: a call that the media server took just before
 * is counted by then.
 */
export function tellLeaving(file: string, leaving: boolean): boolean {
  if (!leaving) rmSync(file, { force: true });
  else if (!existsSync(file)) {
    writeFileSync(file, '', { mode: 0o640 });
    return false;
  }
  return true;
}
