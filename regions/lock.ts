import path from 'node:path';
import { z } from 'zod';
import type { Problem } from './config/problem';
import { matching } from './config/forms';
import { findingsOf } from './config/shape';
import { readYamlFile } from './config/yaml-file';

const region = matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1');
const digest = matching(/^sha256:[0-9a-f]{64}$/, 'a digest: sha256: and 64 hexadecimal digits');
const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-11-22');
const prefixList = matching(/^pl-[0-9a-f]{8,17}$/, 'a prefix list id such as pl-63a5400a');

const ami = z.strictObject({
  id: matching(/^ami-[0-9a-f]{8,17}$/, 'an AMI id such as ami-0123456789abcdef0'),
  name: z.string().min(1).describe('carries the date the image was built'),
});

const lockSchema = z.strictObject({
  formatVersion: z.literal(1),
  sources: z.strictObject({ amis: z.string().min(1), prefixLists: z.string().min(1) }),
  images: z
    .record(z.string(), z.strictObject({ digest: digest.nullable(), resolvedOn: day.optional() }))
    .describe('by the reference a deployment uses; null until it is resolved'),
  prefixLists: z.record(region, z.strictObject({ s3: prefixList, dynamodb: prefixList })),
  amis: z.record(region, z.strictObject({ cpu: ami, gpu: ami })),
});

/** Everything outside the repository that a template depends on, pinned: machine images, container images, prefix lists. */
export type Lock = z.infer<typeof lockSchema>;

/** The pins, or every reason why not, located in the file. */
export type LockResult =
  { readonly ok: true; readonly lock: Lock } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The kit's own. */
export const LOCK_FILE = path.join(__dirname, 'lock.yaml');

/**
 * Reads the lock file, or says line by line what is wrong with it.
 * @param file default `regions/lock.yaml`
 */
export function readLock(file = LOCK_FILE): LockResult {
  const yaml = readYamlFile(file);
  if (!yaml.ok) return yaml;
  const parsed = lockSchema.safeParse(yaml.value);
  if (parsed.success) return { ok: true, lock: parsed.data };
  const findings = findingsOf(lockSchema, yaml.value, parsed.error.issues);
  return { ok: false, problems: findings.map(yaml.problem) };
}

/** Digest of an image, undefined while it is unlocked: nobody has resolved it, and deploying commands refuse it. */
export const lockedImage = (lock: Lock, reference: string): string | undefined =>
  own(lock.images, reference)?.digest ?? undefined;

/**
 * AMI id of the ECS-optimised Amazon Linux 2023 image, x86_64; `gpu` carries the NVIDIA driver.
 * @throws {RangeError} when the lock file has none for the region
 */
export function amiFor(lock: Lock, region: string, kind: 'cpu' | 'gpu'): string {
  const amis = own(lock.amis, region);
  if (!amis) throw new RangeError(`lock file: got no AMI for ${region}, allowed ${Object.keys(lock.amis).join(', ')}`);
  return amis[kind].id;
}

/** AWS-managed prefix lists of the gateway endpoints; empty for a region whose ids nobody has established. */
export const prefixListsFor = (lock: Lock, region: string): { readonly s3?: string; readonly dynamodb?: string } =>
  own(lock.prefixLists, region) ?? {};

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
