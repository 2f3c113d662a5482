import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * The resource behind a bucket, for what the construct has no property for.
 * @throws Error for a bucket that is only referred to
 */
export function cfnBucketOf(bucket: s3.Bucket): s3.CfnBucket {
  const resource = bucket.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(resource)) throw new Error(`${bucket.node.path} has no bucket resource`);
  return resource;
}
