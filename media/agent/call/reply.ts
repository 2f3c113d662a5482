import { END_CALL, TRANSFER, toolShapes } from '../functions/prompt';
import type { Message, StageContext, ToolCall } from '../stages/types';
import { ClauseSplitter } from '../turn/clauses';
import type { Playout } from './playout';
import type { CallSetup } from './setup';
import { Speaker, type SpeakerEvents } from './speaker';
import type { Utterance } from './utterance';

/** Rounds of tool calls in one reply, after which the model has to speak. */
const ROUNDS = 4;

export interface ReplyParts {
  readonly setup: Pick<CallSetup, 'business' | 'callId' | 'voice' | 'llm' | 'tts'>;
  readonly one: Utterance;
  readonly playout: Playout;
  /** Everything said and called so far; tool calls and their answers are added. */
  readonly messages: Message[];
  readonly context: (stage: 'llm' | 'tts') => StageContext;
  readonly progress: () => void;
  /** Says that something is being done, unless the model has said so. */
  readonly filler: () => void;
  readonly tool: (call: ToolCall) => Promise<string>;
}

/** What happens when the reply has been heard. */
export type After =
  { readonly next: 'listen' } | { readonly next: 'hangup' } | { readonly next: 'transfer'; readonly summary: string };

/** One reply of the agent: the model's words spoken while they come, its tool calls made, until it has nothing to add. */
export async function reply(parts: ReplyParts): Promise<After> {
  for (let round = 0; round < ROUNDS && !parts.one.signal.aborted; round += 1) {
    const { calls, hasSpoken } = await speakRound(parts, round < ROUNDS - 1);
    const after = calls.map(ending).find((one) => one !== undefined);
    if (after) return after;
    if (calls.length === 0) break;
    if (!hasSpoken) parts.filler();
    parts.messages.push({ role: 'assistant', content: '', calls });
    const answers = await Promise.all(calls.map((call) => parts.tool(call)));
    for (const [at, content] of answers.entries())
      parts.messages.push({ role: 'tool', content, callId: calls[at]?.id ?? '' });
  }
  return { next: 'listen' };
}

async function speakRound(parts: ReplyParts, mayCall: boolean) {
  const { setup, one, playout, messages } = parts;
  const { business, callId: key } = setup;
  const speaker = new Speaker(setup.tts, setup.voice, playout, parts.context('tts'), moments(parts));
  const splitter = new ClauseSplitter();
  const calls: ToolCall[] = [];
  const { model } = business;
  const request = { messages, tools: mayCall ? toolShapes(business) : [], key, ...(model ? { model } : {}) };
  for await (const part of setup.llm.reply(request, parts.context('llm'))) {
    one.note('llm-first-token');
    if ('call' in part) calls.push(part.call);
    else for (const clause of splitter.push(part.text)) speaker.say(clause);
  }
  for (const clause of splitter.rest()) speaker.say(clause);
  await speaker.done();
  return { calls, hasSpoken: speaker.hasSpoken };
}

const moments = ({ one, progress }: ReplyParts): SpeakerEvents => ({
  firstClause: () => {
    one.stage = 'tts';
    one.note('first-clause');
  },
  firstByte: () => one.note('tts-first-byte'),
  progress,
});

function ending(call: ToolCall): After | undefined {
  if (call.name === END_CALL) return { next: 'hangup' };
  return call.name === TRANSFER ? { next: 'transfer', summary: summaryOf(call.arguments) } : undefined;
}

function summaryOf(text: string): string {
  try {
    const { summary } = JSON.parse(text) as { summary?: unknown };
    return typeof summary === 'string' ? summary : '';
  } catch {
    return '';
  }
}
