import { z } from 'zod';

/** Port 443 and a name: what the proxy of the edge lets through. */
const HTTPS_URL = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})(?:\/[^\s#]*)?$/;

/** What an agent may ask outside, as a deployment states it; `media/agent/functions/schema.ts` reads the same. */
export const toolSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, 'lower-case letters, digits and underscores')
    .meta({ title: 'lower-case letters, digits and underscores such as book_visit' }),
  description: z.string().min(1).describe('for the model: what it does and when to use it'),
  parameters: z.record(z.string(), z.unknown()).optional().describe('JSON schema of the arguments (default: none)'),
  url: z
    .string()
    .regex(HTTPS_URL, 'an https URL of a host name')
    .meta({ title: 'an https URL with a host name and no port such as https://crm.example.com/visits' }),
  timeoutMs: z.int().min(100).max(15_000).optional().describe('until its answer (default 4000)'),
  takesDigits: z
    .boolean()
    .optional()
    .describe('gets the keys that are pressed while recording and transcription pause; the model never sees them'),
});

export type Tool = z.infer<typeof toolSchema>;

/** Host of a tool's URL; empty where it is none. */
export const hostOfTool = ({ url }: Pick<Tool, 'url'>): string => HTTPS_URL.exec(url)?.[1] ?? '';
