import type { RegionPlan } from '../regions/plan/types';
import { bucketsOf, stacksOf } from '../regions/plan/stacks';
import { BOOTSTRAP_PARAMETER, SERVICE_LINKED_ROLES, placesOf, secretsOf, unique } from './facts/wanted';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[] | '*';
    readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
  }[];
}

/** Actions that IAM ties to no resource, or that ask about names nobody has yet. */
const ON_EVERYTHING = [
  'cloudformation:DescribeStackResources',
  'cloudformation:ListStackResources',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeCapacityReservations',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypeOfferings',
  'ec2:DescribeInstances',
  'ec2:DescribeRegions',
  'ec2:DescribeVpcEndpointServices',
  'ec2:DescribeVpcs',
  'route53:ListHostedZonesByName',
  's3:ListAllMyBuckets',
  'servicequotas:GetAWSDefaultServiceQuota',
  'servicequotas:GetServiceQuota',
  'sts:GetCallerIdentity',
] as const;

/**
 * Everything a preflight calls, and nothing that changes anything. `ReadCertificate` reads a private key with its
 * certificate: without it the certificate is a thing nobody can tell about.
 */
export const policyFor = (plans: readonly RegionPlan[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Look', Effect: 'Allow', Action: ON_EVERYTHING, Resource: '*' },
    allow('Bootstrap', ['ssm:GetParameter'], plans.flatMap(parameters)),
    allow('Stacks', ['cloudformation:DescribeStacks'], plans.flatMap(stacks)),
    allow('Roles', ['iam:GetRole'], plans.flatMap(roles)),
    allow('Buckets', ['s3:ListBucket'], plans.flatMap(buckets)),
    allow('Images', ['ecr:DescribeImages', 'ecr:DescribeRepositories'], plans.flatMap(repositories)),
    allow(
      'Zones',
      ['route53:GetHostedZone'],
      plans.map(({ partition }) => `arn:${partition}:route53:::hostedzone/*`),
    ),
    allow('Secrets', ['secretsmanager:DescribeSecret'], plans.flatMap(secretsOf)),
    allow(
      'ReadCertificate',
      ['secretsmanager:GetSecretValue'],
      plans.map(({ sip }) => sip.certificateSecretArn),
    ),
    ...decrypting(plans),
  ],
});

/** Keys of the account's own that certificates are under, for these secrets only. */
function decrypting(plans: readonly RegionPlan[]): PolicyDocument['Statement'] {
  const keys = plans.flatMap(({ sip }) => sip.certificateKeyArn ?? []);
  const secrets = plans.flatMap(({ sip }) => (sip.certificateKeyArn === undefined ? [] : sip.certificateSecretArn));
  if (keys.length === 0) return [];
  const Condition = { StringEquals: { 'kms:EncryptionContext:SecretARN': secrets } };
  return [{ ...allow('DecryptCertificate', ['kms:Decrypt'], keys), Condition }];
}

const allow = (
  Sid: string,
  Action: readonly string[],
  resources: readonly string[],
): PolicyDocument['Statement'][number] => ({ Sid, Effect: 'Allow', Action, Resource: unique(resources) });

const parameters = (plan: RegionPlan): readonly string[] =>
  placesOf(plan).map((region) => `arn:${plan.partition}:ssm:${region}:${plan.account}:parameter${BOOTSTRAP_PARAMETER}`);

const stacks = (plan: RegionPlan): readonly string[] =>
  stacksOf(plan).map(
    ({ name, region }) => `arn:${plan.partition}:cloudformation:${region}:${plan.account}:stack/${name}/*`,
  );

const roles = ({ partition, account }: RegionPlan): readonly string[] =>
  Object.entries(SERVICE_LINKED_ROLES).map(
    ([service, name]) => `arn:${partition}:iam::${account}:role/aws-service-role/${service}/${name}`,
  );

const buckets = (plan: RegionPlan): readonly string[] =>
  bucketsOf(plan).map(({ name }) => `arn:${plan.partition}:s3:::${name}`);

const repositories = ({ partition, account, region, names }: RegionPlan): readonly string[] =>
  Object.values(names.repositories).map((name) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`);
