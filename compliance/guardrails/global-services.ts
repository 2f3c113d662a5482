/** Actions a region denial lets through, and why. */
export interface Exemption {
  readonly actions: readonly [string, ...string[]];
  readonly why: string;
}

/**
 * Services with one endpoint for the whole partition: what they hold is where AWS puts it, in every account. The list of
 * AWS's own sample (aws-samples/service-control-policy-examples, Region-controls) without what takes data elsewhere or has
 * regional endpoints (`kms`, `chime`, `globalaccelerator`, `cloudfront`, `config`, `sts`, `acm`, `bedrock`), and without
 * what a voice account has no use for. ADR 8.
 */
export const GLOBAL_SERVICES: readonly Exemption[] = [
  { actions: ['account:*'], why: 'contacts of the account; enabling a region is denied by name' },
  { actions: ['artifact:*'], why: 'the agreements, the BAA among them, and reports of auditors' },
  {
    actions: [
      'billing:*',
      'budgets:*',
      'ce:*',
      'cur:*',
      'freetier:*',
      'invoicing:*',
      'payments:*',
      'pricing:*',
      'tax:*',
    ],
    why: 'bills; the kit makes a budget',
  },
  { actions: ['health:*', 'support:*', 'trustedadvisor:*'], why: 'what AWS says of the account, and asking AWS' },
  { actions: ['iam:*', 'organizations:*'], why: 'who may act' },
  { actions: ['route53:*', 'route53domains:*'], why: 'DNS; carriers dial the names that the kit makes' },
];

/** Regional services that answer some questions in one region only. They stay denied elsewhere. */
export const HOME_ACTIONS: readonly Exemption[] = [
  { actions: ['cloudtrail:LookupEvents'], why: 'events of global services are recorded there' },
  { actions: ['ec2:DescribeRegions'], why: 'consoles and tools ask there first' },
  { actions: ['s3:ListAllMyBuckets'], why: 'the global endpoint of S3 is there' },
  {
    actions: ['servicequotas:Get*', 'servicequotas:List*', 'servicequotas:RequestServiceQuotaIncrease'],
    why: 'quotas of IAM, Organizations and Route 53 are kept there',
  },
];

/** That one region. The other partitions are so small that a jurisdiction has theirs. */
export const HOME_REGION: Readonly<Record<string, string>> = { aws: 'us-east-1' };

export const actionsOf = (exemptions: readonly Exemption[]): readonly string[] =>
  exemptions.flatMap(({ actions }) => actions);
