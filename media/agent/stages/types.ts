/** Rate of the samples between the parts of the agent, Hz. */
export const RATE = 16_000;

export interface StageContext {
  readonly signal: AbortSignal;
  readonly onRetry: (reason: string, attempt: number) => void;
}

/** Transcribes one turn. Audio goes in as it comes; nothing is sent before somebody speaks. */
export interface Transcription {
  push(samples: Int16Array): void;
  /** The words of all audio so far. May be asked again after more audio. */
  text(context: StageContext): Promise<string>;
  close(): void;
}

export interface Stt {
  begin(language: string): Transcription;
}

export type Message =
  | { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly content: string; readonly callId: string };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface ToolShape {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type LlmPart = { readonly text: string } | { readonly call: ToolCall };

export interface LlmRequest {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolShape[];
  /** Calls of one key go to one replica, which has their prefix cached. */
  readonly key: string;
  readonly model?: string;
}

export interface Llm {
  reply(request: LlmRequest, context: StageContext): AsyncIterable<LlmPart>;
}

export interface Tts {
  speak(text: string, voice: string, context: StageContext): AsyncIterable<Int16Array>;
}
