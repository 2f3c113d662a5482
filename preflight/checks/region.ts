import { placesOf } from '../facts/wanted';
import { judge, ok, willFail, type Check } from '../verdict';

/** Regions introduced since 2019 are off until an account turns them on. */
export const regionCheck: Check = {
  name: 'region enabled',
  assess: (plan, { account: { regions } }) =>
    placesOf(plan).map((place) => {
      const needed = `${place} enabled for the account`;
      return judge(regions, needed, (enabled) =>
        enabled.get(place)
          ? ok(`${place} is enabled`, needed)
          : willFail(
              enabled.has(place) ? `${place} is not enabled` : `the account knows no region ${place}`,
              needed,
              `it takes minutes to hours: \`aws account enable-region --region-name ${place}\``,
            ),
      );
    }),
};
