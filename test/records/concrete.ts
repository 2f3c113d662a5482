import type { Template } from 'aws-cdk-lib/assertions';
import { createHash } from 'node:crypto';
import { resourcesOf } from '../support/template';

/** The policies of a template with names in place of references, as IAM gets them. */
export interface Concrete {
  /** Of a managed policy with this name. */
  managedPolicy(name: string): object;
  bucketPolicy(bucket: string): object | undefined;
  /** A key by the beginning of its logical id. */
  key(id: string): { readonly arn: string; readonly policy: object };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

export function concrete(template: Template, region: string, account: string): Concrete {
  const { Resources } = template.toJSON() as { readonly Resources: Readonly<Record<string, Resource>> };
  const nameOf = (id: string): string => {
    const { BucketName, TableName } = Resources[id]?.Properties ?? {};
    return [BucketName, TableName].find((name) => typeof name === 'string') ?? id;
  };
  const arnOf = (id: string): string => {
    const type = Resources[id]?.Type;
    if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${nameOf(id)}`;
    if (type === 'AWS::DynamoDB::Table') return `arn:aws:dynamodb:${region}:${account}:table/${nameOf(id)}`;
    return `arn:aws:kms:${region}:${account}:key/${keyId(id)}`;
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
    if (typeof Ref === 'string') return Ref === 'AWS::Partition' ? 'aws' : nameOf(Ref);
    if (Array.isArray(attribute)) return arnOf(String(attribute[0]));
    if (Array.isArray(join)) return (resolve(join[1]) as string[]).join(String(join[0]));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  };
  const found = (type: string, is: (id: string, properties: Record<string, unknown>) => boolean) =>
    Object.entries(resourcesOf(template, type)).find(([id, { Properties }]) => is(id, Properties));
  return {
    managedPolicy: (name) =>
      resolve(
        found('AWS::IAM::ManagedPolicy', (_, one) => one['ManagedPolicyName'] === name)?.[1].Properties[
          'PolicyDocument'
        ],
      ) as object,
    bucketPolicy: (bucket) =>
      resolve(
        found('AWS::S3::BucketPolicy', (_, one) => resolve(one['Bucket']) === bucket)?.[1].Properties['PolicyDocument'],
      ) as object | undefined,
    key: (id) => {
      const [logicalId = '', key] = found('AWS::KMS::Key', (one) => one.startsWith(id)) ?? [];
      return { arn: arnOf(logicalId), policy: resolve(key?.Properties['KeyPolicy']) as object };
    },
  };
}

/** An id of the form that KMS gives, the same for the same logical id. */
const keyId = (id: string): string =>
  createHash('sha256')
    .update(id)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
