/**
 * Regions whose CloudFormation has `AWS::Budgets::Budget`. Elsewhere a template with a budget is refused, so a
 * deployment keeps its one budget in one of these.
 *
 * Source: resource types by region in cfn-lint 1.51.0, restricted to the regions of the jurisdiction table;
 * checked 2026-11-22.
 */
export const BUDGETS_REGIONS: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eusc-de-east-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

export const supportsBudgets = (region: string): boolean => BUDGETS_REGIONS.has(region);
