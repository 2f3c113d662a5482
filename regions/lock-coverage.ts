import { BASES } from '../media/contract';
import type { Finding } from './config/finding';
import type { DeploymentConfig } from './config/schema';
import type { Lock } from './lock';

const TIERS = ['stt', 'llm', 'tts'] as const;

/** Images that a deployment names and the lock file has never heard of: templates use nothing else. */
export const missingFromLock = ({ regions }: DeploymentConfig, lock: Pick<Lock, 'images'>): Finding[] =>
  Object.entries(regions).flatMap(([region, { inference }]) =>
    TIERS.filter((tier) => !Object.hasOwn(lock.images, inference[tier].image)).map((tier) => ({
      path: ['regions', region, 'inference', tier, 'image'],
      allowed: `an image of the lock file${otherTags(inference[tier].image, lock)}`,
      change: 'the lock file: run voicecell images lock <deployment>',
    })),
  );

/** A new tag in the deployment and the old one in the lock file is what happens. */
function otherTags(reference: string, { images }: Pick<Lock, 'images'>): string {
  const repository = withoutTag(reference);
  const stale = Object.keys(images).filter((one) => withoutTag(one) === repository);
  return stale.length > 0 ? `, which has ${stale.join(', ')}` : '';
}

const withoutTag = (reference: string): string => reference.replace(/:[^:/]*$/, '');

/** Bases of the kit's own images that a lock file of one's own, made for an older kit, does not have. */
export const missingBases = (lock: Pick<Lock, 'images'>): string[] =>
  [...new Set(Object.values(BASES))].filter((base) => !Object.hasOwn(lock.images, base));
