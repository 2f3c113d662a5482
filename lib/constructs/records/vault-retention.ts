import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { LockMode } from '../../../regions/config/schema';
import type { RegionPlan, RetentionPlan, Transition } from '../../../regions/plan/types';

export type VaultClass = 'recording' | 'transcript';

export interface VaultRetention {
  /** Calendar days: `Years` of Object Lock are 365 days each and would fall short of the law's years. */
  readonly days: number;
  readonly lockMode: LockMode;
  readonly transitions: readonly Transition[];
}

/**
 * Lock of a vault bucket.
 * @throws Error when the plan states no lock, or asks more for voicemail than for the recordings it is kept with
 */
export function vaultRetention({ retention }: RegionPlan, dataClass: VaultClass): VaultRetention {
  const { days, lockMode, transitions } = retention[dataClass];
  if (!lockMode) throw new Error(`the plan states no lock mode for ${dataClass}, and the vault has no unlocked bucket`);
  if (dataClass === 'recording') assertCovers(retention.recording, retention.voicemail);
  return { days, lockMode, transitions };
}

function assertCovers(recording: RetentionPlan, voicemail: RetentionPlan): void {
  const weaker = voicemail.lockMode === 'COMPLIANCE' && recording.lockMode !== 'COMPLIANCE';
  if (weaker || voicemail.days > recording.days)
    throw new Error(
      `voicemail (${lockOf(voicemail)}) is kept with recordings (${lockOf(recording)}): make recording as strict`,
    );
}

const lockOf = ({ days, lockMode }: RetentionPlan): string => `${days} days, ${lockMode ?? 'no lock'}`;

export function defaultLock({ days, lockMode }: VaultRetention): s3.ObjectLockRetention {
  const period = Duration.days(days);
  return lockMode === 'COMPLIANCE'
    ? s3.ObjectLockRetention.compliance(period)
    : s3.ObjectLockRetention.governance(period);
}

/**
 * Kept in the plan's tiers, then disposed of. The lock outranks every rule: S3 skips a version that is still locked or held
 * (S3 user guide, Object Lock considerations), so one day is enough for noncurrent versions.
 */
export function vaultLifecycle({ days, transitions }: VaultRetention): s3.LifecycleRule[] {
  return [
    {
      id: 'DisposeAfterRetention',
      transitions: transitions.length > 0 ? transitions.map(wired) : undefined,
      expiration: Duration.days(days),
      noncurrentVersionExpiration: Duration.days(1),
      abortIncompleteMultipartUploadAfter: Duration.days(7),
    },
    { id: 'RemoveExpiredDeleteMarkers', expiredObjectDeleteMarker: true },
  ];
}

const wired = ({ storageClass, afterDays }: Transition): s3.Transition => ({
  storageClass: new s3.StorageClass(storageClass),
  transitionAfter: Duration.days(afterDays),
});
