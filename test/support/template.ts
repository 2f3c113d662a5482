import type { Template } from 'aws-cdk-lib/assertions';

export interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: { readonly AWS?: string };
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Resources of a type by logical id. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** Properties of the bucket with this physical name. */
export const bucketNamed = (template: Template, name: string): Resource['Properties'] =>
  found(
    name,
    Object.values(resourcesOf(template, 'AWS::S3::Bucket')).find((bucket) => bucket.Properties['BucketName'] === name),
  ).Properties;

/** Default retention of the bucket with this physical name, in whatever unit it is given. */
export const lockOf = (template: Template, name: string): unknown =>
  (bucketNamed(template, name)['ObjectLockConfiguration'] as { Rule: { DefaultRetention: unknown } }).Rule
    .DefaultRetention;

const DOCUMENTS = {
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
} as const;

/** Statements of the policy of the only resource of a type whose logical id starts so. */
export function statementsOf(template: Template, type: keyof typeof DOCUMENTS, id: string): readonly Statement[] {
  const resource = Object.entries(resourcesOf(template, type)).find(([key]) => key.startsWith(id))?.[1];
  return (found(id, resource).Properties[DOCUMENTS[type]] as { Statement: Statement[] }).Statement;
}

function found<T>(what: string, value: T | undefined): T {
  if (value === undefined) throw new Error(`the template has no ${what}`);
  return value;
}
