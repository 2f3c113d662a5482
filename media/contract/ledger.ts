import { z } from 'zod';

/**
 * The contract of the ledger: what the recorder writes and `voicecell records` reads. A row is named by `callId` and `item`,
 * and every row of a call has its `callId`. Instants are UTC with milliseconds, so that they sort as text. Rows of other items
 * are left alone, and so are fields that are not named here.
 */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const instant = z.string().regex(INSTANT, 'an instant such as 2026-11-22T09:30:00.000Z');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

/** Also a folder of an export, so it may not lead out of one. */
export const CALL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
export const MATTER_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const callId = z.string().regex(CALL_ID, 'letters, digits, dots, dashes and underscores');

/** One call, `item` `call`. The indexes hold this row only, under each of its four names that it has. */
export const callSchema = z.object({
  callId,
  item: z.literal('call'),
  startedAt: instant,
  /** Missing while the call lasts. */
  endedAt: instant.optional(),
  /** Who answered: an agent of the deployment or a person of a queue. */
  agentId: z.string().min(1).optional(),
  /** The caller as the business knows them; missing until somebody has told. */
  personId: z.string().min(1).optional(),
  /** HMAC-SHA-256 of the caller's E.164 number (`records/number-hash.ts`); missing for a withheld number. */
  numberHash: sha256.optional(),
  /** UTC day of `startedAt`, `2026-11-22`. */
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a day such as 2026-11-22'),
  /** Name of the carrier in the deployment's file. */
  carrier: z.string().min(1).optional(),
  /** Missing where the deployment asks for none. */
  consent: z
    .object({
      mode: z.enum(['none', 'notice', 'beep', 'explicit-dtmf', 'explicit-voice']),
      /** Which prompt was played, with its version. */
      promptId: z.string().min(1).optional(),
      ts: instant,
      granted: z.boolean(),
    })
    .optional(),
  /** Days from the storing for which the call's objects are locked. */
  retentionDays: z.int().min(1),
  lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
});

/** An object of a vault, `item` `recording#<n>` or `transcript#<n>`, n counting from 1. */
export const storedSchema = z.object({
  callId,
  item: z.string().regex(/^(recording|transcript)#[1-9]\d{0,5}$/, 'recording#<n> or transcript#<n>'),
  bucket: z.string().min(3),
  key: z.string().min(1),
  versionId: z.string().min(1),
  /** Of the content, hexadecimal. */
  sha256,
  bytes: z.int().min(0),
  contentType: z.string().min(1),
  storedAt: instant,
  /** Lock of this very version, as S3 told it after the upload. */
  lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
  /** Missing while an event hold is on. */
  retainUntil: instant.optional(),
  /** Days for which it is locked once its event hold is released. */
  eventHoldDays: z.int().min(1).optional(),
});

/**
 * A legal hold, `item` `hold#<matter>`: active until `releasedAt`. Placed again after its release it starts anew; what it was
 * before stays in the ledger's locked copy.
 */
export const holdSchema = z.object({
  callId,
  item: z.string().regex(/^hold#[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'hold#<matter>'),
  reason: z.string().min(1),
  /** ARN of the role session that placed it. */
  by: z.string().min(1),
  placedAt: instant,
  releasedAt: instant.optional(),
  releasedBy: z.string().min(1).optional(),
  releaseReason: z.string().min(1).optional(),
});

export type CallItem = z.infer<typeof callSchema>;
export type StoredItem = z.infer<typeof storedSchema>;
export type HoldItem = z.infer<typeof holdSchema>;

export const holdItemOf = (matter: string): string => `hold#${matter}`;

export const matterOf = ({ item }: Pick<HoldItem, 'item'>): string => item.slice('hold#'.length);

/** Indexes of the table: name → the name a call is found by. Each is sorted by `startedAt`. */
export const INDEXES = {
  byAgentDate: 'agentId',
  byPersonDate: 'personId',
  byNumberHash: 'numberHash',
  byDay: 'day',
} as const;

export type Index = keyof typeof INDEXES;
