import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { InferenceTier } from '../../../regions/config/schema';

/** One key per class of data, so that a role can be given one class and no other. */
export interface DataKeys {
  readonly recording: kms.IKey;
  readonly transcript: kms.IKey;
  /** The ledger of calls and its locked copy. */
  readonly cdr: kms.IKey;
  /** Reports on the posture. */
  readonly posture: kms.IKey;
  /** Log groups and the trail. */
  readonly log: kms.IKey;
  /** The alarm topic. */
  readonly topic: kms.IKey;
  /** EBS volumes of nodes; the Auto Scaling service-linked role may use it. */
  readonly volume: kms.IKey;
  /** Model weights and the mirrored inference images. */
  readonly weights: kms.IKey;
}

/** What the other stacks of the same region need from its records. */
export interface RegionRecords {
  readonly keys: DataKeys;
  readonly weightsBucket: s3.IBucket;
  /** Assumed by the cells' media task roles; the only way to write to the vault. */
  readonly writerRoleArn: string;
  readonly repositories: Readonly<Record<InferenceTier, ecr.IRepository>>;
}
