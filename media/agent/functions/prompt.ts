import type { ToolShape } from '../stages/types';
import type { BusinessFunction } from './schema';

/** Tools that every function has. Where a call goes is the deployment's decision: neither takes a target. */
export const TRANSFER = 'transfer_to_person';
export const END_CALL = 'end_call';

const BUILT_IN: readonly ToolShape[] = [
  {
    name: TRANSFER,
    description: 'Hand the caller over to a person, when they ask for one or you cannot help.',
    parameters: {
      type: 'object',
      properties: { summary: { type: 'string', description: 'What the caller wants, in at most ten words.' } },
    },
  },
  {
    name: END_CALL,
    description: 'Hang up, after the caller has said goodbye.',
    parameters: { type: 'object', properties: {} },
  },
];

/** The same for every call of a number, so that a replica computes it once. */
export const systemPrompt = ({ function: name, persona, language }: BusinessFunction): string =>
  [
    `You answer the telephone for: ${name}. You are: ${persona}.`,
    `Speak ${language}. Your words are spoken aloud: one to three short sentences, no lists, no symbols, no markup.`,
    'You are an AI assistant; say so when asked. If you do not know, say so or offer a person.',
  ].join('\n');

export const toolShapes = ({ tools }: BusinessFunction): ToolShape[] => [
  ...BUILT_IN,
  ...tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
];
