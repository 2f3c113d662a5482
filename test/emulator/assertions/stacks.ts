import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { type Placed, stackName, stacksOf } from '../../../regions/plan/stacks';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws } from './aws';
import { type Check, check, once, only } from './check';

/** Stacks whose deletion would cost records or the addresses that carriers know. */
const KEPT = ['copies', 'records', 'network'];

export async function describeStack(aws: Aws, { name, region }: Placed): Promise<Stack> {
  const answer = await aws.in(region).cloudformation.send(new DescribeStacksCommand({ StackName: name }));
  return only(answer.Stacks, `stack ${name}`);
}

/** Complete, and the kept ones protected from deletion. */
export function stackChecks(plan: RegionPlan, aws: Aws): Check[] {
  const kept = new Set(KEPT.map((id) => stackName(plan.names.prefix, id)));
  return stacksOf(plan).flatMap((stack) => {
    const described = once(() => describeStack(aws, stack));
    return [
      check(`stack ${stack.name}: status`, 'CREATE_COMPLETE', async () => (await described()).StackStatus),
      check(
        `stack ${stack.name}: protected from deletion`,
        kept.has(stack.name),
        async () => (await described()).EnableTerminationProtection ?? false,
      ),
    ];
  });
}
