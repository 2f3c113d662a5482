import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { deny } from './deny';
import type { Guardians } from './guardians';
import type { VaultRetention } from './vault-retention';

export interface VaultPolicyProps {
  readonly bucket: s3.IBucket;
  readonly key: kms.IKey;
  readonly retention: VaultRetention;
  readonly guardians: Guardians;
  /**
   * ARN of the role that replicates into this bucket. Replicas carry their source's lock, which ages on the way.
   * @default nobody replicates into it
   */
  readonly replicator?: string;
}

/**
 * What keeps a writer from defeating the bucket's default lock: lock headers of an upload override the default, and S3
 * refuses an upload with such headers to whom `s3:PutObjectRetention` is denied (S3 user guide, "How Object Lock works").
 * An upload without them matches no statement here.
 */
export const vaultPolicy = (props: VaultPolicyProps): iam.PolicyStatement[] => [...locks(props), ...encryption(props)];

/** S3 itself never lets a lock be shortened without `BypassGovernanceRetention`, so the officer can only extend. */
function locks({ bucket, retention, guardians, replicator }: VaultPolicyProps): iam.PolicyStatement[] {
  const resources = [bucket.arnForObjects('*')];
  const { recordsOfficer, breakGlass } = guardians;
  const except = replicator ? [recordsOfficer, replicator] : [recordsOfficer];
  const upload = ['s3:PutObject', 's3:PutObjectRetention'];
  return [
    deny({ sid: 'DenyRetention', actions: ['s3:PutObjectRetention'], resources, except }),
    deny({ sid: 'DenyLegalHold', actions: ['s3:PutObjectLegalHold'], resources, except }),
    deny({ sid: 'DenyLockBypass', actions: ['s3:BypassGovernanceRetention'], resources, except: [breakGlass] }),
    deny({ sid: 'DenyWeakerLockMode', actions: upload, resources, when: weakerThan(retention) }),
    deny({
      sid: 'DenyShortRetention',
      actions: upload,
      resources,
      except,
      when: { NumericLessThan: { 's3:object-lock-remaining-retention-days': String(retention.days) } },
    }),
  ];
}

const weakerThan = ({ lockMode }: VaultRetention): Record<string, Record<string, unknown>> => ({
  ...present('s3:object-lock-mode'),
  StringNotEquals: { 's3:object-lock-mode': lockMode === 'COMPLIANCE' ? ['COMPLIANCE'] : ['GOVERNANCE', 'COMPLIANCE'] },
});

/** An upload that names no encryption gets the bucket's; one that names any must name this key. */
function encryption({ bucket, key }: VaultPolicyProps): iam.PolicyStatement[] {
  const denyUpload = (sid: string, when: Record<string, Record<string, unknown>>): iam.PolicyStatement =>
    deny({ sid, actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')], when });
  return [
    denyUpload('DenyOtherEncryption', {
      ...present(SSE),
      StringNotEquals: { [SSE]: 'aws:kms' },
    }),
    denyUpload('DenyOtherKey', { ...present(SSE_KEY), StringNotEquals: { [SSE_KEY]: key.keyArn } }),
    denyUpload('DenyCustomerProvidedKey', present('s3:x-amz-server-side-encryption-customer-algorithm')),
  ];
}

const SSE = 's3:x-amz-server-side-encryption';
const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** Without it a negated comparison would match requests that do not carry the key at all. */
const present = (key: string): Record<string, Record<string, unknown>> => ({ Null: { [key]: 'false' } });
