import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { readFileSync } from 'node:fs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws } from '../assertions/aws';
import { type Check, check } from '../assertions/check';
import type { SynthesisedStack } from './assembly';

export interface Example {
  readonly plan: RegionPlan;
  readonly stacks: readonly SynthesisedStack[];
  /** Account whose bootstrap buckets take the templates. */
  readonly account: string;
  /** Where CloudFormation finds those buckets. */
  readonly bucketsAt: string;
}

/** The example as it ships: CloudFormation itself stops each of its templates, in the words of the plan's refusals. */
export function refusedChecks({ plan, stacks, ...where }: Example, aws: Aws): Check[] {
  const [says] = plan.refusals;
  return stacks.map((stack) =>
    check(`${stack.name} as shipped`, { says, exists: false }, async () => {
      const said = (await createdOrRefused(stack, where, aws)) ?? 'nothing: the stack is being made';
      return { says: says !== undefined && said.includes(says) ? says : said, exists: await stands(stack, aws) };
    }),
  );
}

/** What CloudFormation says against it; undefined when it begins. */
async function createdOrRefused(
  { name, region, templateFile }: SynthesisedStack,
  { account, bucketsAt }: Pick<Example, 'account' | 'bucketsAt'>,
  aws: Aws,
): Promise<string | undefined> {
  const { s3, cloudformation } = aws.in(region);
  const place = { Bucket: `cdk-hnb659fds-assets-${account}-${region}`, Key: `as-shipped/${name}.json` };
  await s3.send(new PutObjectCommand({ ...place, Body: readFileSync(templateFile) }));
  const TemplateURL = `${bucketsAt}/${place.Bucket}/${place.Key}`;
  try {
    await cloudformation.send(
      new CreateStackCommand({ StackName: name, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** A stack that failed before it made anything does not stand. */
async function stands({ name, region }: SynthesisedStack, aws: Aws): Promise<boolean> {
  try {
    await aws.in(region).cloudformation.send(new DescribeStacksCommand({ StackName: name }));
    return true;
  } catch (error) {
    if (/does not exist/.test(String(error))) return false;
    throw error;
  }
}
