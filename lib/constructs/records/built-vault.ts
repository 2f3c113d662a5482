import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Vault, VaultClass } from '../../../regions/plan/vaults';

/** A vault of the plan with its bucket and key. */
export interface BuiltVault {
  readonly vault: Vault;
  readonly bucket: s3.Bucket;
  readonly key: kms.IKey;
}

/** Construct ids, from which pinned logical ids are made. */
export const VAULT_IDS: Readonly<Record<VaultClass, string>> = {
  recording: 'Recordings',
  transcript: 'Transcripts',
  cdr: 'Cdr',
  posture: 'Posture',
};
