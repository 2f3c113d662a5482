import { parseReference, type Reference } from '../../../regions/image-reference';
import type { ImagePlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';

/** One image that a region's own registry must hold. */
export interface Mirrored {
  /** As the deployment names it. */
  readonly reference: string;
  readonly source: Reference;
  readonly digest: string;
  /** Repository of the region's registry, without the host. */
  readonly repository: string;
  /** Says for people what the digest is; another digest of the same tag gets another, for tags here never move. */
  readonly tag: string;
}

/** Images of a region, each repository and digest once; an unlocked one is a problem. */
export function mirroredIn(plan: RegionPlan): { readonly images: Mirrored[]; readonly problems: string[] } {
  const wanted = new Map<string, Mirrored>();
  const problems = new Set<string>();
  for (const { tier, image } of plan.cells.flatMap(({ inference }) => inference)) {
    const mirrored = mirror(image, plan.names.repositories[tier]);
    if (typeof mirrored === 'string') problems.add(mirrored);
    else wanted.set(`${mirrored.repository}@${mirrored.digest}`, mirrored);
  }
  return { images: [...wanted.values()], problems: [...problems] };
}

function mirror({ reference, digest }: ImagePlan, repository: string): Mirrored | string {
  const source = parseReference(reference);
  if (!digest || !source)
    return `image ${reference}: got no digest, allowed a locked one, change it: voicecell images lock <deployment>`;
  return { reference, source, digest, repository, tag: tagOf(source.tag, digest) };
}

const TAG_CHARACTERS = 128;
const DIGEST_CHARACTERS = 12;

const tagOf = (tag: string, digest: string): string =>
  `${tag.slice(0, TAG_CHARACTERS - DIGEST_CHARACTERS - 1)}-${digest.slice('sha256:'.length).slice(0, DIGEST_CHARACTERS)}`;
