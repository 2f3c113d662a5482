import { z } from 'zod';
import { isoDate } from './forms';

export const DATA_CLASSES = ['recording', 'voicemail', 'transcript', 'prompt', 'cdr', 'log', 'posture'] as const;

const lockMode = z.enum(['GOVERNANCE', 'COMPLIANCE']);

const settlement = z.strictObject({ legalBasis: z.string().min(3), approver: z.string().min(3), expires: isoDate });

const ceiling = z
  .strictObject({
    days: z.int().min(1).max(36500),
    because: z.string().min(3).describe('who asks that data is gone by then: a contract, a policy, a law'),
    settledBy: settlement
      .optional()
      .describe('why a longer legal duty wins, such as GDPR Article 17(3)(b), who decided it, and until when'),
  })
  .describe('kept no longer than this');

export const retentionSchema = z
  .partialRecord(
    z.enum(DATA_CLASSES),
    z.strictObject({
      days: z.int().min(1).max(36500).optional(),
      lockMode: lockMode.optional(),
      ceiling: ceiling.optional(),
    }),
  )
  .optional()
  .describe('longer or stricter than the frameworks ask for; never weaker');

export type DataClass = (typeof DATA_CLASSES)[number];
export type LockMode = z.infer<typeof lockMode>;
/** Who decided, on what legal basis and until which day, that a duty to keep wins over a ceiling below it. */
export type Settlement = z.infer<typeof settlement>;
