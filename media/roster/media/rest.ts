import { readFileSync } from 'node:fs';
import type { Rest } from '../lifecycle/life';
import { isRefused } from '../refused';

const TIMEOUT_MS = 2_000;

export interface Doors {
  /** The media server's: knows the calls in progress, and tells who shows the secret of its boot. */
  readonly server: string;
  readonly serverSecretFile: string;
  /** The recorder's: knows what is not in the vault yet. */
  readonly recorder: string;
}

/** Calls in progress and calls in the spool. One that ends is in the spool before it is in progress no more: so in this order. */
export async function restOf({ server, serverSecretFile, recorder }: Doors): Promise<Rest> {
  const authorization = `Bearer ${textOf(serverSecretFile)}`;
  const calls = await countAt(`${server}/calls`, 'calls', { authorization });
  return sumOf(calls, await countAt(`${recorder}/status`, 'waiting'));
}

/** Nobody is there only where nothing is left either. */
function sumOf(calls: Rest, waiting: Rest): Rest {
  if (calls === undefined || waiting === undefined) return undefined;
  const sum = numberOf(calls) + numberOf(waiting);
  return sum === 0 && (calls === 'gone' || waiting === 'gone') ? 'gone' : sum;
}

const numberOf = (rest: number | 'gone'): number => (rest === 'gone' ? 0 : rest);

async function countAt(url: string, field: string, headers: Record<string, string> = {}): Promise<Rest> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { [field]: count } = (await response.json()) as Record<string, unknown>;
    return response.ok && typeof count === 'number' ? count : undefined;
  } catch (error) {
    return isRefused(error) ? 'gone' : undefined;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
