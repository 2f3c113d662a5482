import { judge, later, ok, willFail, type Check } from '../verdict';

/** GPU nodes read models from the region's own bucket; a model is complete when its manifest is there. */
export const weightsCheck: Check = {
  name: 'model weights',
  assess: ({ deployment, names }, { region: { missingWeights } }) => {
    const needed = `a manifest of each model in ${names.buckets.weights}`;
    const stage = `\`voicecell weights stage ${deployment}\``;
    return [
      judge(missingWeights, needed, (missing) => {
        if (missing === undefined) return later('no bucket yet', needed, `after the foundations: ${stage}`);
        return missing.length === 0 ? ok('all staged', needed) : willFail(`no ${missing.join(', ')}`, needed, stage);
      }),
    ];
  },
};
