import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { RegionPlan, RetentionPlan, Transition } from '../../../regions/plan/types';
import type { VaultClass } from '../../../regions/plan/vaults';

/** Calendar days: `Years` of Object Lock are 365 days each and would fall short of the law's years. */
export type VaultRetention = Pick<RetentionPlan, 'days' | 'clock' | 'transitions'> &
  Required<Pick<RetentionPlan, 'lockMode'>>;

/**
 * Lock of a vault bucket.
 * @throws Error when the plan states no lock, or asks more for voicemail than for the recordings it is kept with
 */
export function vaultRetention({ retention }: RegionPlan, dataClass: VaultClass): VaultRetention {
  const { days, lockMode, clock, transitions } = retention[dataClass];
  if (!lockMode) throw new Error(`the plan states no lock mode for ${dataClass}, and the vault has no unlocked bucket`);
  if (dataClass === 'recording') assertCovers(retention.recording, retention.voicemail);
  return { days, lockMode, clock, transitions };
}

function assertCovers(recording: RetentionPlan, voicemail: RetentionPlan): void {
  const weaker = voicemail.lockMode === 'COMPLIANCE' && recording.lockMode !== 'COMPLIANCE';
  if (weaker || voicemail.days > recording.days)
    throw new Error(
      `voicemail (${lockOf(voicemail)}) is kept with recordings (${lockOf(recording)}): make recording as strict`,
    );
}

const lockOf = ({ days, lockMode }: RetentionPlan): string => `${days} days, ${lockMode ?? 'no lock'}`;

/**
 * Lock of every object on arrival. With an event's clock it is held until a records officer releases the hold, and for
 * the days after that (S3 user guide, "Object Lock", event holds), which only the CloudFormation resource can say.
 */
export const defaultLock = ({
  days,
  lockMode,
  clock,
}: VaultRetention): s3.CfnBucket.ObjectLockConfigurationProperty => ({
  objectLockEnabled: 'Enabled',
  rule: { defaultRetention: { mode: lockMode, ...(clock === 'event' ? { defaultEventHold: { days } } : { days }) } },
});

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
