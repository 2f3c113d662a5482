import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { tag } from '../../tags';
import { BUCKET_DEFAULTS } from './bucket-defaults';
import { bucketGuards, guard } from './bucket-guards';
import type { Guardians } from './guardians';

export interface LogBucketProps {
  readonly bucketName: string;
  readonly retentionDays: number;
  readonly guardians: Guardians;
}

/**
 * Takes server access logs and the trail. S3 delivers access logs neither to a locked bucket nor to one encrypted with
 * a KMS key (S3 user guide, "Enabling server access logging"), so it is guarded by policy and encrypted by S3.
 */
export class LogBucket extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, { bucketName, retentionDays, guardians }: LogBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...BUCKET_DEFAULTS,
      bucketName,
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          id: 'DisposeAfterRetention',
          expiration: Duration.days(retentionDays),
          // Without a lock, a log that was overwritten must still outlive its retention.
          noncurrentVersionExpiration: Duration.days(retentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        { id: 'RemoveExpiredDeleteMarkers', expiredObjectDeleteMarker: true },
      ],
    });
    guard(this.bucket, bucketGuards(this.bucket, guardians));
    tag(this, { dataClass: 'log' });
  }
}
