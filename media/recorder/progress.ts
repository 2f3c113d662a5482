import { z } from 'zod';
import type { Kind } from './objects';
import type { SpoolFile } from './spooled';

const instant = z.iso.datetime({ precision: 3 });

const stored = z.object({
  versionId: z.string().min(1),
  storedAt: instant,
  lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
  retainUntil: instant.optional(),
  eventHoldDays: z.int().optional(),
});

const plannedObject = z.object({
  kind: z.enum(['recording', 'transcript']) satisfies z.ZodType<Kind>,
  item: z.string(),
  key: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  seconds: z.number(),
  contentType: z.string(),
  /** Once it is in the vault and its lock has been looked at. */
  stored: stored.optional(),
  /** Whether the ledger has a longer one already, and keeps that. */
  isOutdated: z.boolean().optional(),
});

/** How far the recorder is with a call, as it is kept beside the call: whatever ends the recorder, the next one goes on. */
export const progressSchema = z.object({
  v: z.literal(1),
  callId: z.string(),
  startedAt: instant,
  endedAt: instant,
  /** Bytes of its files when it was begun. */
  sizes: z.record(z.string(), z.int()),
  objects: z.array(plannedObject),
  /** Whether the ledger has it all. What is on the disk then is only waiting to be removed. */
  isNoted: z.boolean(),
});

export type Stored = z.infer<typeof stored>;
export type PlannedObject = z.infer<typeof plannedObject>;
export type Progress = z.infer<typeof progressSchema>;

export type Step = { readonly do: 'store'; readonly object: PlannedObject } | { readonly do: 'note' | 'remove' };

/** What is to be done next. Every step may be done twice. */
export function nextStep({ objects, isNoted }: Progress): Step {
  if (isNoted) return { do: 'remove' };
  const object = objects.find((one) => !one.stored);
  return object ? { do: 'store', object } : { do: 'note' };
}

/** Whether something was written after the call had ended and been hashed. What is missing has been removed. */
export const hasGrown = ({ sizes }: Progress, files: readonly SpoolFile[]): boolean =>
  files.some(({ part, bytes }) => isContent(part) && sizes[part] !== bytes);

export const sizesOf = (files: readonly SpoolFile[]): Progress['sizes'] =>
  Object.fromEntries(files.filter(({ part }) => isContent(part)).map(({ part, bytes }) => [part, bytes]));

const isContent = (part: SpoolFile['part']): boolean => part !== 'call' && part !== 'progress';

export const withStored = (progress: Progress, object: PlannedObject, as: Stored): Progress => ({
  ...progress,
  objects: progress.objects.map((one) => (one.item === object.item ? { ...one, stored: as } : one)),
});
