import { judge, later, ok, willFail, type Check } from '../verdict';

/** GPU nodes read models from the region's own bucket; a model is whole when what is written last of it is there. */
export const weightsCheck: Check = {
  name: 'model weights',
  assess: ({ names }, { named, region: { missingWeights } }) => {
    const needed = `each model, whole, in ${names.buckets.weights}`;
    const stage = `\`voicecell weights stage ${named}\``;
    return [
      judge(missingWeights, needed, (missing) => {
        if (missing === undefined) return later('no bucket yet', needed, `after the foundations: ${stage}`);
        return missing.length === 0 ? ok('all staged', needed) : willFail(`no ${missing.join(', ')}`, needed, stage);
      }),
    ];
  },
};
