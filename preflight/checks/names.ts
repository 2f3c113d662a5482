import type { RegionPlan } from '../../regions/plan/types';
import { stacksOf } from '../../regions/plan/stacks';
import type { OwnerFacts } from '../facts/facts';
import { judge, ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

const NEEDED = 'no other stack that holds our names';

/**
 * Buckets, table and repositories that exist are adopted by the deploy command (`--import-existing-resources`), unless
 * another stack holds them.
 */
export const namesCheck: Check = {
  name: 'names',
  assess: (plan, { region: { owners } }) => {
    const stacks = new Set(stacksOf(plan).map(({ name }) => name));
    const findings = owners.map((owner) => findingOf(owner, stacks, plan));
    return unlessAny(
      findings.filter(({ state }) => state !== 'ok'),
      ok('no other stack holds one', NEEDED),
    );
  },
};

const findingOf = ({ what, name, stack }: OwnerFacts, ours: ReadonlySet<string>, { deployment }: RegionPlan): Finding =>
  judge(stack, NEEDED, (owner) =>
    owner === undefined || ours.has(owner)
      ? ok(`${what} ${name}`, NEEDED)
      : willFail(
          `${what} ${name} belongs to stack ${owner}`,
          NEEDED,
          `rename ${deployment}, or take it out of ${owner}`,
        ),
  );
