import { isRefused } from './refused';

const TIMEOUT_MS = 2_000;

/** Asks the proxy of this node to do something; true if it did. */
export async function ask(url: string, method: string, params: readonly unknown[] = []): Promise<boolean> {
  const answer = await answerOf(url, method, params);
  return answer !== undefined && !('error' in answer);
}

/** What the proxy says to a question; undefined if it says nothing. */
export async function answerOf(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<{ readonly result?: unknown; readonly error?: unknown } | undefined> {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return (await response.json()) as object;
  } catch {
    return undefined;
  }
}

/** Whether no proxy is there any more. */
export async function isGone(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return false;
  } catch (error) {
    return isRefused(error);
  }
}

/** A page of the proxy, whatever its status; undefined if it does not answer. */
export async function pageOf(url: string, page: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL(page, url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await response.text();
  } catch {
    return undefined;
  }
}
