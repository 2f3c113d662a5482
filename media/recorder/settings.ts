import { z } from 'zod';

const days = z.coerce.number().int().min(1);
const mode = z.enum(['GOVERNANCE', 'COMPLIANCE']);
const clock = z.enum(['creation', 'event']);

/** What the media node's contract hands the container (`media/contract/media.ts`). */
const envSchema = z.object({
  AWS_REGION: z.string().min(1),
  VOICECELL_DEPLOYMENT: z.string().min(1),
  VOICECELL_CELL: z.string().min(1),
  SPOOL_DIRECTORY: z.string().startsWith('/'),
  /** Volumes of nodes that are gone are mounted below it, one folder each. */
  ADOPTED_DIRECTORY: z.string().startsWith('/'),
  /** Is there while this node has no room for another recording. */
  NO_NEW_CALLS_FILE: z.string().startsWith('/'),
  RECORDINGS_BUCKET: z.string().min(3),
  RECORDINGS_KEY_ARN: z.string().startsWith('arn:'),
  RECORDINGS_DAYS: days,
  RECORDINGS_LOCK: mode,
  RECORDINGS_CLOCK: clock,
  TRANSCRIPTS_BUCKET: z.string().min(3),
  TRANSCRIPTS_KEY_ARN: z.string().startsWith('arn:'),
  TRANSCRIPTS_DAYS: days,
  TRANSCRIPTS_LOCK: mode,
  TRANSCRIPTS_CLOCK: clock,
  LEDGER_TABLE: z.string().min(3),
  NUMBER_KEY_NAME: z.string().min(1),
  /** @default whoever the container is */
  WRITER_ROLE_ARN: z.string().startsWith('arn:').optional(),
  METRICS_NAMESPACE: z.string().min(1),
  STATUS_PORT: z.coerce.number().int().min(1).max(65_535),
  /** @default what AWS has in the region */
  AWS_ENDPOINT_URL: z.url().optional(),
});

export type Settings = z.infer<typeof envSchema>;

/** The settings, or every problem with the environment at once. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings | { problems: string[] } {
  const { data, error } = envSchema.safeParse(env);
  if (data) return data;
  return {
    problems: error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${name} is ${JSON.stringify(env[name]) ?? 'not set'}: ${message}`;
    }),
  };
}
