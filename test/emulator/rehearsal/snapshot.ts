import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { stacksOf } from '../../../regions/plan/stacks';
import type { RegionPlan } from '../../../regions/plan/types';
import { GROUPS } from '../assertions';
import type { Aws } from '../assertions/aws';
import { judge } from '../assertions/check';
import { describeStack } from '../assertions/stacks';

/** One stack as CloudFormation tells it. */
export interface StackState {
  readonly status: string | undefined;
  /** ISO time of the last update, absent before the first. */
  readonly updated: string | undefined;
  /** Logical id → type and physical id. */
  readonly resources: Readonly<Record<string, string>>;
}

/** A whole region, as far as it can be asked. */
export interface Snapshot {
  readonly stacks: Readonly<Record<string, StackState>>;
  /** What every assertion found, by its words. */
  readonly found: Readonly<Record<string, unknown>>;
}

/** Stacks, their resources, and every answer that the assertions look at. */
export async function snapshotOf(plan: RegionPlan, aws: Aws): Promise<Snapshot> {
  const stacks = await Promise.all(
    stacksOf(plan).map(async (stack) => [stack.name, await stateOf(stack, aws)] as const),
  );
  const assertions = await judge(Object.values(GROUPS).flatMap((checks) => checks(plan, aws)));
  return {
    stacks: Object.fromEntries(stacks),
    found: Object.fromEntries(assertions.map(({ what, found }) => [what, found])),
  };
}

/** Names of the stacks that are not as they were. */
export const changedStacks = (before: Snapshot, after: Snapshot): string[] =>
  changed(before.stacks, after.stacks).toSorted();

/** Words of the assertions that now find something else. */
export const changedAnswers = (before: Snapshot, after: Snapshot): string[] => changed(before.found, after.found);

async function stateOf(stack: { readonly name: string; readonly region: string }, aws: Aws): Promise<StackState> {
  const { StackStatus, LastUpdatedTime } = await describeStack(aws, stack);
  const pages = paginateListStackResources({ client: aws.in(stack.region).cloudformation }, { StackName: stack.name });
  const resources: Record<string, string> = {};
  for await (const { StackResourceSummaries = [] } of pages)
    for (const { LogicalResourceId = '', ResourceType, PhysicalResourceId } of StackResourceSummaries)
      resources[LogicalResourceId] = `${ResourceType} ${PhysicalResourceId}`;
  return { status: StackStatus, updated: LastUpdatedTime?.toISOString(), resources };
}

function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
