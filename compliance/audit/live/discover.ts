import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { mapAnswer, type Answer } from '../../../aws/answer';
import { clientConfig } from '../../../aws/reader';
import type { LiveRegion } from './reading';

/** Permissions that looking for stacks needs. */
export const DISCOVERY_ACTIONS = ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'] as const;

/** A stack as CloudFormation keeps it. */
export interface LiveStack {
  readonly name: string;
  /** `UPDATE_COMPLETE`. */
  readonly status: string;
  /** Of `voicecell:deployment`. */
  readonly deployment?: string;
}

/** Every stack of a region, deleted ones apart. One paged question. */
export function stacksIn(region: LiveRegion): Promise<Answer<readonly LiveStack[]>> {
  const cloudformation = new CloudFormationClient(clientConfig(region));
  return region.ask('cloudformation:DescribeStacks', async (abortSignal) => {
    const found: LiveStack[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {}, { abortSignal }))
      found.push(...Stacks.map(asLive));
    return found;
  });
}

function asLive({ StackName, StackStatus, Tags = [] }: Stack): LiveStack {
  const deployment = Tags.find(({ Key }) => Key === 'voicecell:deployment')?.Value;
  return { name: StackName ?? '', status: StackStatus ?? '', ...(deployment ? { deployment } : {}) };
}

/** Physical ids by logical id. One paged question a stack. */
export function resourcesOfStack(region: LiveRegion, name: string): Promise<Answer<ReadonlyMap<string, string>>> {
  const cloudformation = new CloudFormationClient(clientConfig(region));
  const listed = region.ask('cloudformation:ListStackResources', async (abortSignal) => {
    const ids: (readonly [string, string])[] = [];
    const pages = paginateListStackResources({ client: cloudformation }, { StackName: name }, { abortSignal });
    for await (const { StackResourceSummaries = [] } of pages)
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus = '' } of StackResourceSummaries)
        if (LogicalResourceId && PhysicalResourceId && !ResourceStatus.startsWith('DELETE_COMPLETE'))
          ids.push([LogicalResourceId, PhysicalResourceId]);
    return ids;
  });
  return listed.then((answer) => mapAnswer(answer, (ids) => new Map(ids)));
}
