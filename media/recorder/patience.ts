import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What something comes to, waited for no longer than this. It goes on all the same: nothing takes back what was asked of a disk.
 * @throws whatever it fails with, or Error
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  try {
    return await Promise.race([work, silence(ms, over.signal)]);
  } finally {
    over.abort();
  }
}

async function silence(ms: number, signal: AbortSignal): Promise<never> {
  await sleep(ms, undefined, { ref: false, signal });
  throw new Error('no answer');
}
