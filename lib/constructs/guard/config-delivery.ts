import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { RegionPlan } from '../../../regions/plan/types';

/** Key prefix of what AWS Config delivers. */
export const CONFIG_PREFIX = 'config';

/**
 * Statements for the policy of the bucket that AWS Config delivers to (AWS Config developer guide, "Permissions for the
 * Amazon S3 bucket for the AWS Config delivery channel"); none when the account already has AWS Config.
 */
export function configDelivery({ account, accountServices }: RegionPlan, bucket: IBucket): PolicyStatement[] {
  if (accountServices.config !== 'create') return [];
  const fromAccount = { 'aws:SourceAccount': account };
  return [
    allow('ConfigChecksAccess', 's3:GetBucketAcl', bucket.bucketArn, fromAccount),
    allow('ConfigChecksExistence', 's3:ListBucket', bucket.bucketArn, fromAccount),
    allow('ConfigDelivers', 's3:PutObject', bucket.arnForObjects(`${CONFIG_PREFIX}/AWSLogs/${account}/Config/*`), {
      ...fromAccount,
      's3:x-amz-acl': 'bucket-owner-full-control',
    }),
  ];
}

const allow = (sid: string, action: string, resource: string, condition: Record<string, string>): PolicyStatement =>
  new PolicyStatement({
    sid,
    principals: [new ServicePrincipal('config.amazonaws.com')],
    actions: [action],
    resources: [resource],
    conditions: { StringEquals: condition },
  });
