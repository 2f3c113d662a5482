import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { tag } from '../../tags';
import { BUCKET_DEFAULTS } from './bucket-defaults';

export interface WeightsBucketProps {
  readonly bucketName: string;
  readonly key: kms.IKey;
  readonly logBucket: s3.IBucket;
}

/** The region's own copy of the model weights, so that inference never reaches outside for them. */
export class WeightsBucket extends Construct {
  readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string, { bucketName, key, logBucket }: WeightsBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...BUCKET_DEFAULTS,
      bucketName,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [{ id: 'AbortIncompleteUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      serverAccessLogsBucket: logBucket,
      serverAccessLogsPrefix: `access/${bucketName}/`,
    });
    tag(this, { dataClass: 'weights' });
  }
}
