import type { DeclaredTool } from '../functions/schema';

export interface ToolResult {
  readonly outcome: 'ok' | 'failed' | 'timeout' | 'refused';
  /** For the model. */
  readonly text: string;
}

/** What a model is told at most of an answer. */
const LONGEST_ANSWER = 4_000;

export interface ToolRequest {
  readonly callId: string;
  readonly tool: DeclaredTool;
  /** As the model wrote them. */
  readonly arguments: string;
  readonly digits?: string;
  readonly signal: AbortSignal;
}

/** Asks a declared HTTPS address and nothing else: no redirect is followed, and the model names no host. */
export async function callTool(request: ToolRequest, post: typeof fetch): Promise<ToolResult> {
  const input = parsed(request.arguments);
  if (!input) return { outcome: 'refused', text: 'The arguments were not a JSON object.' };
  const late = AbortSignal.timeout(request.tool.timeoutMs);
  try {
    const response = await post(request.tool.url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callId: request.callId, ...(request.digits ? { digits: request.digits } : {}), input }),
      signal: AbortSignal.any([late, request.signal]),
    });
    const text = (await response.text()).slice(0, LONGEST_ANSWER);
    return response.ok
      ? { outcome: 'ok', text }
      : { outcome: 'failed', text: `The service answered ${response.status}.` };
  } catch {
    return late.aborted
      ? { outcome: 'timeout', text: 'The service did not answer in time.' }
      : { outcome: 'failed', text: 'The service cannot be reached.' };
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
