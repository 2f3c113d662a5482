import type { Answer } from '../../../../aws/answer';

/** What a bucket of records holds, by a sample of its versions. */
export interface BucketFacts {
  /** Versions that were listed; not all where `isPart`. */
  readonly versions: number;
  readonly deleteMarkers: number;
  readonly isPart: boolean;
  readonly hidden: readonly HiddenRecord[];
  /** The oldest and the newest of those listed. */
  readonly sampled: readonly SampledVersion[];
}

/** A record that a delete marker hides, and how old it was then. */
export interface HiddenRecord {
  readonly key: string;
  readonly ageDays: number;
}

/** A version as the bucket's list has it. */
export interface ListedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly made: Date;
  readonly hasChecksum: boolean;
}

export interface SampledVersion extends ListedVersion {
  readonly lock: Answer<LockFacts>;
}

export interface LockFacts {
  /** Undefined where the version has no retention, or its caller may not see it. */
  readonly mode: string | undefined;
  readonly retainUntil: Date | undefined;
  readonly hasLegalHold: boolean;
  readonly hasEventHold: boolean;
  /** Kept after the release of the hold. */
  readonly eventDays: number;
  /** `aws:kms`. */
  readonly encryption: string | undefined;
  readonly keyArn: string | undefined;
}

export const DAY_MS = 86_400_000;
