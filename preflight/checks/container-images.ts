import type { RegionPlan } from '../../regions/plan/types';
import type { ContainerImageFacts } from '../facts/facts';
import { judge, later, ok, willFail, type Check, type Finding } from '../verdict';

/** Nodes pull from the region's own repositories, by digest; the foundations make them and `images mirror` fills them. */
export const containerImagesCheck: Check = {
  name: 'container images',
  assess: (plan, { region: { containerImages } }) => containerImages.map((facts) => findingOf(facts, plan)),
};

function findingOf({ repository, image, state }: ContainerImageFacts, { deployment }: RegionPlan): Finding {
  const needed = `${image.reference} in ${repository}, by digest`;
  return judge(state, needed, (found) => {
    if (found === 'no repository')
      return later('no repository yet', needed, `after the foundations: \`voicecell images mirror ${deployment}\``);
    if (image.digest === undefined)
      return willFail(`${image.reference} is not locked`, needed, `\`voicecell images lock ${deployment}\``);
    return found === 'present'
      ? ok(`${image.reference} is there`, needed)
      : willFail(`${repository} does not hold it`, needed, `\`voicecell images mirror ${deployment}\``);
  });
}
