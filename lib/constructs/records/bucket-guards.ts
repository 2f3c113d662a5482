import { RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { deny } from './deny';
import type { Guardians } from './guardians';

/**
 * Nobody deletes or hides an object but break-glass, and nobody reconfigures the bucket but its deployer. Lifecycle
 * rules still dispose of what has expired: no bucket policy stops them (S3 user guide, "Expiring objects"), which is why
 * changing them is denied.
 */
export function bucketGuards(
  bucket: s3.IBucket,
  { deployer, breakGlass }: Pick<Guardians, 'deployer' | 'breakGlass'>,
): iam.PolicyStatement[] {
  return [
    deny({
      sid: 'DenyDeletion',
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [bucket.arnForObjects('*')],
      except: [breakGlass],
    }),
    deny({
      sid: 'DenyReconfiguration',
      actions: RECONFIGURATION,
      resources: [bucket.bucketArn],
      except: [deployer],
    }),
  ];
}

/** Puts the statements into the bucket's policy, which is kept with the bucket: without it the bucket is unguarded. */
export function guard(bucket: s3.Bucket, statements: readonly iam.PolicyStatement[]): void {
  for (const statement of statements) bucket.addToResourcePolicy(statement);
  bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
}

const RECONFIGURATION = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketLogging',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
];
