import type {
  ChatCompletionChunk,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions';
import { attempt, leased, opened } from '../pool/attempt';
import type { Service } from '../pool/service';
import { clientFor } from './openai-client';
import type { Llm, LlmPart, LlmRequest, Message, StageContext, ToolShape } from './types';

export interface LlmOptions {
  readonly model: string;
  /** Until the first token, and between two. */
  readonly timeoutMs: number;
}

const ATTEMPTS = 2;
/** Spoken replies are short; a model that does not end is cut. */
const MOST_TOKENS = 400;

/** `POST /v1/chat/completions`, streamed. */
export const openAiLlm = (service: Service, options: LlmOptions): Llm => ({
  reply: (request, context) => reply(service, options, request, context),
});

async function* reply(
  service: Service,
  { model, timeoutMs }: LlmOptions,
  request: LlmRequest,
  { signal, onRetry }: StageContext,
): AsyncGenerator<LlmPart> {
  const asked = { timeoutMs, attempts: ATTEMPTS, signal, onRetry, key: request.key };
  const answer = await attempt(service, asked, async (lease) => {
    const stream = await clientFor(lease.baseUrl).chat.completions.create(body(request, model), {
      signal: lease.signal,
    });
    return await opened(stream, timeoutMs);
  });
  yield* leased(answer, parts(answer.value), signal);
}

const body = (request: LlmRequest, model: string) => ({
  model: request.model ?? model,
  stream: true as const,
  max_tokens: MOST_TOKENS,
  messages: request.messages.map(message),
  ...(request.tools.length > 0 ? { tools: request.tools.map(tool) } : {}),
});

/** Text as it comes; a tool call is whole when the stream has ended. */
async function* parts(stream: AsyncIterable<ChatCompletionChunk>): AsyncGenerator<LlmPart> {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for await (const { choices } of stream) {
    const delta = choices[0]?.delta;
    if (delta?.content) yield { text: delta.content };
    for (const piece of delta?.tool_calls ?? []) {
      const call = calls.get(piece.index) ?? { id: '', name: '', arguments: '' };
      call.id ||= piece.id ?? '';
      call.name += piece.function?.name ?? '';
      call.arguments += piece.function?.arguments ?? '';
      calls.set(piece.index, call);
    }
  }
  for (const call of calls.values()) yield { call };
}

function message(one: Message): ChatCompletionMessageParam {
  if (one.role === 'tool') return { role: 'tool', content: one.content, tool_call_id: one.callId };
  if (!('calls' in one)) return { role: one.role, content: one.content };
  return {
    role: 'assistant',
    content: one.content,
    tool_calls: one.calls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}

const tool = ({ name, description, parameters }: ToolShape): ChatCompletionTool => ({
  type: 'function',
  function: { name, description, parameters },
});
