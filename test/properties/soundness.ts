import type { SynthEvidence } from '../../compliance/audit/evidence';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

type Rule = (resource: Resource) => boolean;

/** What would give a node another way in or out than the edge's Elastic IPs. */
const DOORS = /^AWS::(?:EC2::(?:NatGateway|EgressOnlyInternetGateway|KeyPair)|ElasticLoadBalancing)/;

const STATEFUL = new Set([
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::ECR::Repository',
  'AWS::EC2::EIP',
]);

interface LaunchTemplateData {
  readonly MetadataOptions?: { readonly HttpTokens?: string; readonly HttpPutResponseHopLimit?: number };
  readonly KeyName?: unknown;
  readonly ImageId?: unknown;
  readonly NetworkInterfaces?: readonly { readonly AssociatePublicIpAddress?: boolean }[];
  readonly BlockDeviceMappings?: readonly { readonly Ebs?: { readonly Encrypted?: boolean } }[];
}

const launched =
  (holds: (data: LaunchTemplateData) => boolean): Rule =>
  ({ Type, Properties = {} }) =>
    Type !== 'AWS::EC2::LaunchTemplate' || holds(Properties['LaunchTemplateData'] ?? {});

/** Invariants of the design that can be seen on a single resource of any template. */
const RULES: Readonly<Record<string, Rule>> = {
  'no door but the edge': ({ Type }) => !DOORS.test(Type),
  'no address by subnet': ({ Type, Properties }) =>
    Type !== 'AWS::EC2::Subnet' || Properties?.['MapPublicIpOnLaunch'] === false,
  'no address by launch': launched(
    ({ NetworkInterfaces: cards = [] }) =>
      cards.length > 0 && cards.every(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress === false),
  ),
  'metadata by token, one hop': launched(
    ({ MetadataOptions: options }) => options?.HttpTokens === 'required' && options.HttpPutResponseHopLimit === 1,
  ),
  'no SSH key': launched(({ KeyName }) => KeyName === undefined),
  'a pinned machine image': launched(({ ImageId }) => /^ami-[0-9a-f]+$/.test(String(ImageId))),
  'encrypted disks': launched(
    ({ BlockDeviceMappings: disks = [] }) => disks.length > 0 && disks.every(({ Ebs }) => Ebs?.Encrypted === true),
  ),
  'state outlives its stack': ({ Type, DeletionPolicy = '' }) =>
    !STATEFUL.has(Type) || DeletionPolicy.startsWith('Retain'),
};

/** Resources of the templates that break an invariant, with its name. */
export const unsoundIn = ({ stacks }: SynthEvidence): string[] =>
  stacks.flatMap(({ path, template }) =>
    Object.entries((template.Resources ?? {}) as Readonly<Record<string, Resource>>).flatMap(([id, resource]) =>
      Object.keys(RULES)
        .filter((name) => !RULES[name]?.(resource))
        .map((name) => `${path}/${id}: ${name}`),
    ),
  );
