import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws } from '../assertions/aws';
import { type Check, check } from '../assertions/check';
import { ownImagesIn } from './assembly';
import type { Naming } from './copy';
import { isThere, madeUpImage, push } from './image';

/** Puts an image for each that the kit would build under its tag, so that nothing is built. */
export async function seedOwnImages(templates: string, aws: Aws): Promise<number> {
  const images = ownImagesIn(templates);
  for (const { region, repository, tag } of images)
    await push(madeUpImage(tag), { region: aws.in(region), repository, tag });
  return images.length;
}

/** Puts the locked third-party images where `records` made a place for them. */
export async function seedMirrors(plan: RegionPlan, naming: Naming, aws: Aws): Promise<void> {
  for (const { tier, image } of servicesOf(plan)) {
    const made = madeUpImage(naming(image.reference));
    const place = { region: aws.in(plan.region), repository: plan.names.repositories[tier] };
    // A tag never moves there, so another image needs another one.
    if (!(await isThere(made.digest, place))) await push(made, { ...place, tag: made.digest.replace(':', '-') });
  }
}

/** The registry names a manifest by its own bytes, so what it has must be what the lock says. */
export const mirrorChecks = (plan: RegionPlan, aws: Aws): Check[] =>
  servicesOf(plan).map(({ tier, image }) =>
    check(`mirror of ${image.reference} under the locked digest`, true, () =>
      isThere(image.digest ?? 'unlocked', {
        region: aws.in(plan.region),
        repository: plan.names.repositories[tier],
      }),
    ),
  );

const servicesOf = ({ cells }: RegionPlan) => cells.flatMap(({ inference }) => inference);
