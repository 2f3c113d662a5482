import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { readVoices } from './call/voices';
import { functionSchema } from './functions/schema';

const port = z.coerce.number().int().min(1).max(65535);
const count = z.coerce.number().int().min(1);
const inCell = z.url({ protocol: /^http$/ });

/** What the media node's contract hands the container (docs/agent-contract.md). */
const envSchema = z.object({
  STT_URL: inCell,
  LLM_URL: inCell,
  TTS_URL: inCell,
  STT_MODEL: z.string().min(1),
  LLM_MODEL: z.string().min(1),
  TTS_MODEL: z.string().min(1),
  AUDIO_PORT: port,
  STATUS_PORT: port,
  MAX_CALLS: count,
  NUMBERS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(z.array(functionSchema).min(1)),
  SERVER_URL: inCell,
  SERVER_SECRET_FILE: z.string().min(1),
  /** Where proxies are listed; without it tools are asked directly. */
  TOOL_PROXY: z.string().min(1).optional(),
  STT_TRANSPORT: z.enum(['http', 'websocket']).default('http'),
  TTS_SAMPLE_RATE: z.coerce.number().int().min(8000).max(48_000).default(24_000),
  TTS_VOICE: z.string().default('').transform(readVoices),
  VAD: z.enum(['silero', 'energy']).default('silero'),
  STT_TIMEOUT_MS: count.default(1_500),
  LLM_TIMEOUT_MS: count.default(2_000),
  TTS_TIMEOUT_MS: count.default(1_500),
  /** One a vCPU. */
  PROCESSES: count.default(availableParallelism()),
  /** @default no transcript is kept */
  SPOOL_DIRECTORY: z.string().startsWith('/').optional(),
  /** While it is there, the node takes no calls. @default none */
  NO_NEW_CALLS_FILE: z.string().startsWith('/').optional(),
  /** While it is there, the node is to go: calls that the media server has are taken still, and it sends no others. @default none */
  LEAVING_FILE: z.string().startsWith('/').optional(),
  METRICS_NAMESPACE: z.string().min(1).default('Voicecell'),
  VOICECELL_DEPLOYMENT: z.string().default('local'),
  AWS_REGION: z.string().default('local'),
  VOICECELL_CELL: z.string().default('local'),
});

export type Config = z.infer<typeof envSchema>;

/** The configuration, or every problem with the environment at once. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): Config | { readonly problems: string[] } {
  const { data, error } = envSchema.safeParse(env);
  if (data) return data;
  return { problems: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** A process takes its share of the node's calls, rounded up, and refuses the rest. */
export const callsPerProcess = ({ MAX_CALLS, PROCESSES }: Pick<Config, 'MAX_CALLS' | 'PROCESSES'>): number =>
  Math.ceil(MAX_CALLS / PROCESSES);
