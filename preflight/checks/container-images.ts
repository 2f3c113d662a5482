import type { ContainerImageFacts } from '../facts/facts';
import { judge, later, ok, willFail, type Check, type Finding } from '../verdict';

/** Nodes pull from the region's own repositories, by digest; the foundations make them and `images mirror` fills them. */
export const containerImagesCheck: Check = {
  name: 'container images',
  assess: (_, { named, region: { containerImages } }) => containerImages.map((facts) => findingOf(facts, named)),
};

function findingOf({ repository, image, state }: ContainerImageFacts, named: string): Finding {
  const needed = `${image.reference} in ${repository}, by digest`;
  return judge(state, needed, (found) => {
    if (found === 'no repository')
      return later('no repository yet', needed, `after the foundations: \`voicecell images mirror ${named}\``);
    if (image.digest === undefined)
      return willFail(`${image.reference} is not locked`, needed, `\`voicecell images lock ${named}\``);
    return found === 'present'
      ? ok(`${image.reference} is there`, needed)
      : willFail(`${repository} does not hold it`, needed, `\`voicecell images mirror ${named}\``);
  });
}
