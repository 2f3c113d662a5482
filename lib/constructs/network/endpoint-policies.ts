import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RegionPlan } from '../../../regions/plan/types';

/**
 * Interface endpoint services whose AWS guide documents an endpoint policy. Any other service is left with the default
 * policy (full access), because a policy on a service that does not take one fails the deployment. Known to take none:
 * `ecs-agent` and `ecs-telemetry` (awsdocs/amazon-ecs-developer-guide issue 55). Without a documented policy:
 * `servicediscovery`, `ssmmessages`, `ec2messages`.
 * Before adding one: `aws ec2 describe-vpc-endpoint-services`, `VpcEndpointPolicySupported`.
 *
 * Sources: AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies" (a service that takes
 * policies shows one in its own guide); VPC guide, "AWS services that you can use with AWS PrivateLink";
 * ECS guide, "Amazon ECS interface VPC endpoints".
 */
const SERVICES_WITH_POLICY: ReadonlySet<string> = new Set([
  'autoscaling',
  'ec2',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'kms',
  'logs',
  'secretsmanager',
  'ssm',
  'sts',
]);

/** Services whose policy names principals only: the agent of Systems Manager reads documents that AWS owns. */
const PRINCIPALS_ONLY: ReadonlySet<string> = new Set(['ssm']);

/** Only this account's principals, and only towards this account's resources; both inside the organization, when there is one. */
export function accountOnlyPolicy(plan: RegionPlan): PolicyDocument {
  return new PolicyDocument({ statements: [accountOnly(plan)] });
}

/** Policy of the interface endpoint of a service (suffix of its name); undefined for one that takes none. */
export function interfacePolicy(service: string, plan: RegionPlan): PolicyDocument | undefined {
  if (!SERVICES_WITH_POLICY.has(service)) return undefined;
  return PRINCIPALS_ONLY.has(service)
    ? new PolicyDocument({ statements: [accountPrincipals(plan)] })
    : accountOnlyPolicy(plan);
}

/** The account's own buckets, and reading of the AWS-owned buckets that nodes boot and pull image layers from. */
export function s3Policy(plan: RegionPlan): PolicyDocument {
  return new PolicyDocument({ statements: [accountOnly(plan), readAwsOwnedBuckets(plan)] });
}

function accountOnly({ account, organizationId }: RegionPlan): PolicyStatement {
  return new PolicyStatement({
    sid: 'AccountToItself',
    principals: [new AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: {
      StringEquals: {
        'aws:PrincipalAccount': account,
        'aws:ResourceAccount': account,
        ...(organizationId && { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId }),
      },
    },
  });
}

const accountPrincipals = ({ account, organizationId }: RegionPlan): PolicyStatement =>
  new PolicyStatement({
    sid: 'AccountOnly',
    principals: [new AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: {
      StringEquals: {
        'aws:PrincipalAccount': account,
        ...(organizationId && { 'aws:PrincipalOrgID': organizationId }),
      },
    },
  });

/** Package repositories are read anonymously and ECR signs its layers' URLs itself, so no principal can be named. */
function readAwsOwnedBuckets({ partition, network }: RegionPlan): PolicyStatement {
  return new PolicyStatement({
    sid: 'ReadAwsOwnedBuckets',
    principals: [new AnyPrincipal()],
    actions: ['s3:GetObject'],
    resources: network.awsOwnedBuckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
  });
}
