import { setTimeout as wait } from 'node:timers/promises';
import type { CallControl } from '../call/control';

const POLL_MS = 400;
/** After the last key without a `#`. */
const QUIET_MS = 5_000;
const LONGEST_MS = 60_000;

/** Keys of the caller up to `#`, a pause or a minute, while recording and tap are closed. Goes to the declared tool only. */
export async function collectDigits(control: CallControl, signal: AbortSignal, onKey: () => void): Promise<string> {
  let digits = '';
  let quiet = 0;
  for (let waited = 0; waited < LONGEST_MS && !signal.aborted; waited += POLL_MS) {
    const more = await control.takeDigits();
    digits += more;
    quiet = more === '' ? quiet + POLL_MS : 0;
    onKey();
    if (digits.includes('#') || (digits !== '' && quiet >= QUIET_MS)) break;
    await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return digits.split('#')[0] ?? '';
}
