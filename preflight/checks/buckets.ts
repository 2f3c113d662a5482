import type { RegionPlan } from '../../regions/plan/types';
import type { BucketFacts } from '../facts/facts';
import { judge, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

const NEEDED = 'bucket names that are free, or ours';

/** Names of buckets are the whole world's. Buckets that another stack of the account holds are told by `names`. */
export const bucketsCheck: Check = {
  name: 'buckets',
  assess: (plan, { region: { buckets } }) => {
    const findings = buckets.map((bucket) => findingOf(bucket, plan));
    const standing = buckets.filter(({ state }) => state.known && state.value === 'ours').length;
    const fine = ok(`${buckets.length - standing} free, ${standing} ours`, NEEDED);
    return unlessAny(
      findings.filter(({ state }) => state !== 'ok'),
      fine,
    );
  },
};

function findingOf({ name, region, state }: BucketFacts, { deployment }: RegionPlan): Finding {
  return judge(state, NEEDED, (found) => {
    if (found === 'absent') return ok(`${name} is free`, NEEDED);
    if (found === 'ours') return ok(`${name} is ours`, NEEDED);
    return found === 'elsewhere'
      ? willFail(`${name} is in another region than ${region}`, NEEDED, `empty and delete it, or rename ${deployment}`)
      : willFail(`${name} is another account's`, NEEDED, `rename the deployment: deployment: ${deployment} is taken`);
  });
}
