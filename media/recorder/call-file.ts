import { z } from 'zod';
import type * as contract from '../contract/spool';

const instant = z.iso.datetime({ precision: 3 });

/** `CallFile` of the contract. */
export const callFile: z.ZodType<contract.CallFile> = z.object({
  v: z.literal(1),
  callId: z.string().min(1),
  boot: z.string().min(1),
  startedAt: instant,
  endedAt: instant.optional(),
  function: z.string().min(1).optional(),
  carrier: z.string().min(1).optional(),
  callerNumber: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
  consent: z
    .object({
      mode: z.enum(['none', 'notice', 'beep', 'explicit-dtmf', 'explicit-voice']),
      granted: z.boolean(),
      ts: instant,
      promptId: z.string().min(1).optional(),
    })
    .optional(),
});

export const serverFile: z.ZodType<contract.ServerFile> = z.object({ boot: z.string().min(1) });

export type CallFile = contract.CallFile;
