import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { types } from 'node:util';
import type { Answer } from '../../aws/answer';
import type { StackState } from '../facts/facts';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** A stack no longer answers for what it left behind. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(['DELETE_SKIPPED', 'DELETE_COMPLETE']);

/** How many resources of a stack are described, all of one stack; the rest has to be listed (API reference). */
const MOST_DESCRIBED = 100;

type Held = Pick<StackResource, 'PhysicalResourceId' | 'ResourceType' | 'ResourceStatus'>;

export class CloudFormationReader {
  private readonly props: ReaderProps;
  private readonly cloudFormation: CloudFormationClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.cloudFormation = new CloudFormationClient(clientConfig(props));
  }

  stack(StackName: string): Promise<Answer<StackState | undefined>> {
    return this.props.ask('cloudformation:DescribeStacks', async (abortSignal) => {
      const { Stacks = [] } = await this.cloudFormation
        .send(new DescribeStacksCommand({ StackName }), { abortSignal })
        .catch(noneOfThatName({ Stacks: [] }));
      const [stack] = Stacks;
      if (!stack?.StackStatus || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
      return { status: stack.StackStatus, terminationProtected: stack.EnableTerminationProtection ?? false };
    });
  }

  /** Name of the stack a resource of this physical name belongs to; undefined for none. */
  ownerOf(name: string, resourceType: string): Promise<Answer<string | undefined>> {
    return this.props.ask('cloudformation:DescribeStackResources', async (abortSignal) => {
      const { StackResources: some = [] } = await this.cloudFormation
        .send(new DescribeStackResourcesCommand({ PhysicalResourceId: name }), { abortSignal })
        .catch(noneOfThatName({ StackResources: [] }));
      const all = some.length < MOST_DESCRIBED ? some : await this.resourcesOf(some[0]?.StackId, abortSignal);
      const held = all.some(
        (resource) =>
          resource.PhysicalResourceId === name &&
          resource.ResourceType === resourceType &&
          !LEFT_BEHIND.has(resource.ResourceStatus ?? ''),
      );
      return held ? some[0]?.StackName : undefined;
    });
  }

  /** By id: a name would not find a stack that has been deleted. */
  private async resourcesOf(StackName: string | undefined, abortSignal: AbortSignal): Promise<readonly Held[]> {
    const held: Held[] = [];
    const pages = paginateListStackResources({ client: this.cloudFormation }, { StackName }, { abortSignal });
    for await (const { StackResourceSummaries = [] } of pages) held.push(...StackResourceSummaries);
    return held;
  }
}

/** CloudFormation has no error of its own for it: `Stack with id … does not exist`, `Stack for … does not exist`. */
const noneOfThatName =
  <T>(none: T) =>
  (error: unknown): T => {
    if (types.isNativeError(error) && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return none;
    throw error;
  };
