import { z } from 'zod';
import instanceTypesJson from './data/instance-types.json';
import offeringsJson from './data/offerings.json';
import pricesJson from './data/prices.json';

/** Shapes of `data/*.json`. Parsed once when the catalogue loads, so that a damaged file stops every command at once. */

const asOf = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'a month or day such as 2026-05 or 2026-05-17');
const positive = z.number().positive();

const gpu = z.strictObject({
  manufacturer: z.string(),
  model: z.string(),
  count: z.int().positive(),
  memMiBEach: positive,
  fraction: z.number().gt(0).lt(1).optional(),
});

const instanceType = z.strictObject({
  vcpu: z.int().positive(),
  memMiB: positive,
  arch: z.enum(['x86_64', 'arm64']),
  gpu: gpu.optional(),
  localNvmeGB: positive.optional(),
  baselineGbps: positive,
  encryptionInTransit: z.boolean().optional(),
  placement: z.array(z.string()),
});

const instanceTypesSchema = z.strictObject({
  source: z.string(),
  asOf,
  caveat: z.string(),
  families: z.strictObject({ gpu: z.array(z.string()), media: z.array(z.string()) }),
  types: z.record(z.string(), instanceType),
});

const offeringsSchema = z.strictObject({
  sources: z.record(z.string(), z.string()),
  caveat: z.string(),
  regions: z.record(
    z.string(),
    z.strictObject({
      source: z.string(),
      asOf,
      azs: z.record(z.string(), z.string()).describe('by AZ id, families and types parted by spaces'),
    }),
  ),
});

const pricesSchema = z.strictObject({
  source: z.string(),
  checkedOn: asOf,
  caveat: z.string(),
  usdPerHour: z.record(z.string(), z.record(z.string(), positive)),
});

export type InstanceTypesFile = z.infer<typeof instanceTypesSchema>;
export type OfferingsFile = z.infer<typeof offeringsSchema>;

export const instanceTypesFile: InstanceTypesFile = instanceTypesSchema.parse(instanceTypesJson);
export const offeringsFile: OfferingsFile = offeringsSchema.parse(offeringsJson);
export const pricesFile = pricesSchema.parse(pricesJson);
