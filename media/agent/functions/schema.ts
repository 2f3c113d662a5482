import { z } from 'zod';

const toolSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/, 'lower-case letters, digits and underscores'),
  description: z.string().min(1),
  /** JSON schema of the arguments. */
  parameters: z.record(z.string(), z.unknown()).default({ type: 'object', properties: {} }),
  /** Arguments go there as JSON, by POST. */
  url: z.url({ protocol: /^https$/ }),
  timeoutMs: z.int().min(100).max(15_000).default(4_000),
  /** Gets the keys that were pressed while recording was paused; the model never sees them. */
  takesDigits: z.boolean().default(false),
});

/** A business function of a number: what the agent is there for, as data. */
export const functionSchema = z.object({
  number: z.string(),
  function: z.string().min(1),
  persona: z.string().min(1),
  language: z.string().min(2),
  queue: z.string().min(1),
  voice: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  /** Said first; by default the greeting of the language. */
  greeting: z.string().min(1).optional(),
  tools: z.array(toolSchema).default([]),
});

export type BusinessFunction = z.infer<typeof functionSchema>;
export type DeclaredTool = z.infer<typeof toolSchema>;
