import { judge, ok, willFail, type Check } from '../verdict';

/** An AZ id means the same place in every account, but not every account sees every place. */
export const zonesCheck: Check = {
  name: 'Availability Zones',
  assess: ({ cells, region }, { region: { zones } }) => {
    const planned = cells.map(({ azId }) => azId);
    const needed = planned.join(', ');
    return [
      judge(zones, needed, (seen) => {
        const ids = seen.map(({ azId }) => azId);
        const absent = planned.filter((azId) => !ids.includes(azId));
        return absent.length === 0
          ? ok(needed, needed)
          : willFail(
              `no ${absent.join(', ')} in this account`,
              needed,
              `plan cells in ${region} on: ${ids.toSorted().join(', ')}`,
            );
      }),
    ];
  },
};
