import { DATA_CLASSES, type DataClass } from '../../../regions/config/schema';
import type { MergedRequirement } from '../../requirements';
import { tagOf, type Resource } from '../../templates/template-set';
import type { Judgement } from '../control';
import type { Evidence } from '../evidence';

/** A bucket, and what is asked of the class of data in it. */
export interface KeptBucket {
  readonly bucket: Resource;
  readonly requirement: MergedRequirement;
}

/** How one bucket is judged; reused where several rules make one control. */
export type BucketRule = (evidence: Evidence, kept: KeptBucket) => readonly Judgement[];

/** Buckets of classes of data that somebody asks to keep. */
export const keptBuckets = (evidence: Evidence, classes: readonly DataClass[] = DATA_CLASSES): readonly KeptBucket[] =>
  evidence.ofType('AWS::S3::Bucket').flatMap((bucket) => {
    const dataClass = evidence.dataClassOf(bucket);
    if (!dataClass || !classes.includes(dataClass)) return [];
    const requirement = evidence.scope.requirements[dataClass];
    return requirement.lockMode || requirement.floorDays > 0 ? [{ bucket, requirement }] : [];
  });

/** Buckets whose objects must be locked; those that keep an audit trail in place of the lock are REC-14's. */
export const bucketsToLock = (evidence: Evidence, classes?: readonly DataClass[]): readonly KeptBucket[] =>
  keptBuckets(evidence, classes).filter((kept) => kept.requirement.lockMode && !keepsAuditTrail(kept));

/** 17a-4(f)(2)(i)(A): an audit trail of all changes in place of storage that cannot be rewritten. */
export const keepsAuditTrail = ({ bucket, requirement }: KeptBucket): boolean =>
  requirement.lockMode === 'COMPLIANCE' && tagOf(bucket, ERS_MODE_TAG) === 'audit-trail';

export const ERS_MODE_TAG = 'voicecell:ers-mode';

/** A rule over the buckets that must be locked. */
export const overLocked =
  (rule: BucketRule) =>
  (evidence: Evidence): readonly Judgement[] =>
    bucketsToLock(evidence).flatMap((kept) => rule(evidence, kept));

/** A number as CloudFormation takes it; NaN for anything else. */
export const numberIn = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;

export const isTrue = (value: unknown): boolean => value === true || value === 'true';
