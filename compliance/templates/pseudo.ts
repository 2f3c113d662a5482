import type { StackTemplate } from './template-set';
import { stackToken, UNKNOWN } from './tokens';

/** What a pseudo parameter is in a stack; undefined for `AWS::NoValue`. */
export function pseudo(name: string, stack: StackTemplate): unknown {
  const { region, account } = stack;
  const values: Readonly<Record<string, string | undefined>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': region && partitionOfName(region),
    'AWS::StackName': stackToken(stack, 'AWS::StackName'),
    'AWS::StackId': stackToken(stack, 'AWS::StackId'),
    'AWS::URLSuffix': region && (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'),
  };
  return name === 'AWS::NoValue' ? undefined : (values[name] ?? UNKNOWN);
}

/** AWS General Reference, "Amazon Resource Names": the partition follows from the region's name. */
function partitionOfName(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
