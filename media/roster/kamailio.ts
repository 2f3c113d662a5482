const TIMEOUT_MS = 2_000;

/** Asks the proxy of this node to do something; true if it did. */
export async function ask(url: string, method: string, params: readonly unknown[] = []): Promise<boolean> {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return !('error' in ((await response.json()) as object));
  } catch {
    return false;
  }
}
