import type { Answer } from '../../../../aws/answer';
import type { RetentionPlan } from '../../../../regions/plan/types';
import type { Finding } from '../../posture';
import { controlOf } from './controls';
import { findingAt, foundOf, untold, wrong, type Flaw, type Found, type Place } from './finding';
import { DAY_MS, type BucketFacts, type LockFacts, type SampledVersion } from './object-facts';

export interface BucketJudged {
  readonly place: Place;
  readonly retention: RetentionPlan;
  /** ARN of the key that its objects are encrypted with. */
  readonly key: Answer<string>;
  /** Undefined where the bucket is not there. */
  readonly facts: Answer<BucketFacts | undefined>;
}

/** What is asked of each sampled version, by the control that asks it. */
interface VersionRule {
  readonly control: string;
  readonly flaws: (version: SampledVersion, judged: BucketJudged) => readonly Flaw[];
  readonly fine: (judged: BucketJudged) => string;
  readonly remedy: string;
  readonly isAbout?: (judged: BucketJudged) => boolean;
}

const MEND = 'lengthen the locks of its versions as the records officer, and see in the trail who wrote them';

/** A rule over what S3 says of the lock; what it does not say is not met. */
const onLock =
  (rule: (lock: LockFacts, version: SampledVersion, judged: BucketJudged) => readonly string[]) =>
  (version: SampledVersion, judged: BucketJudged): readonly Flaw[] =>
    version.lock.known
      ? rule(version.lock.value, version, judged).map((text) => wrong(`${version.key} ${text}`))
      : [untold(`the lock of ${version.key}`, version.lock)];

const isHeldOrLocked = ({ mode, hasEventHold }: LockFacts): boolean => mode !== undefined || hasEventHold;

const VERSION_RULES: readonly VersionRule[] = [
  {
    control: 'REC-01',
    flaws: onLock((lock, _, { retention: { lockMode = 'GOVERNANCE' } }) => {
      if (lock.mode === 'COMPLIANCE' || lock.mode === lockMode) return [];
      return [isHeldOrLocked(lock) ? `is locked in ${lock.mode ?? 'no'} mode, planned is ${lockMode}` : 'has no lock'];
    }),
    fine: ({ retention: { lockMode = 'GOVERNANCE' } }) => `are locked in ${lockMode} mode or stricter`,
    remedy: MEND,
  },
  {
    control: 'REC-02',
    flaws: onLock((lock, { made }, { retention: { days } }) => {
      if (lock.hasEventHold && lock.eventDays >= days) return [];
      const kept = lock.retainUntil ? daysBetween(made, lock.retainUntil) : 0;
      if (kept >= days) return [];
      return [`is locked for ${Math.floor(Math.max(kept, 0))} days from its making, planned are ${days}`];
    }),
    fine: ({ retention: { days } }) => `are locked for ${days} days or more`,
    remedy: MEND,
  },
  {
    control: 'REC-07',
    // A hold that has been released leaves a date.
    flaws: onLock(({ hasEventHold, retainUntil }) => (hasEventHold || retainUntil ? [] : ['has no event hold'])),
    fine: () => 'are held until their event, or were released after it',
    remedy: 'set the event hold as the records officer, and see in the trail who wrote the version without it',
    isAbout: ({ retention: { clock } }) => clock === 'event',
  },
  {
    control: 'REC-10',
    flaws: ({ key, hasChecksum }) => (hasChecksum ? [] : [wrong(`${key} has no checksum`)]),
    fine: () => 'have a checksum',
    remedy: 'copy the record with a checksum, and see what wrote it without one',
  },
  {
    control: 'ENC-01',
    flaws: (version, judged) => keyFlaws(version, judged),
    fine: () => 'are encrypted with the key of their class',
    remedy: 'copy the record under the key of its class, and see in the trail who wrote it under another',
  },
];

/** S3 tells the making in whole seconds and the lock more exactly. */
const daysBetween = (made: Date, until: Date): number =>
  (until.getTime() - Math.floor(made.getTime() / 1000) * 1000) / DAY_MS;

function keyFlaws({ key, lock }: SampledVersion, judged: BucketJudged): readonly Flaw[] {
  if (!lock.known) return [untold(`the encryption of ${key}`, lock)];
  const { encryption, keyArn } = lock.value;
  if (!encryption?.startsWith('aws:kms'))
    return [wrong(`${key} is encrypted by ${encryption ?? 'nothing'}, without a key`)];
  if (!judged.key.known) return [untold('the key of its class', judged.key)];
  return keyArn === judged.key.value ? [] : [wrong(`${key} is encrypted with ${keyArn ?? 'another key'}`)];
}

/** Versions of one bucket, held against what the plan promises of its class. Pure. */
export const judgeBucket = (judged: BucketJudged): Finding[] => [
  ...VERSION_RULES.filter(({ isAbout }) => isAbout?.(judged) ?? true).map((rule) =>
    findingAt(judged.place, controlOf(rule.control), overVersions(judged, rule)),
  ),
  findingAt(judged.place, controlOf('REC-06'), hiddenFound(judged)),
];

function overVersions(judged: BucketJudged, { flaws, fine, remedy }: VersionRule): Found {
  return over(judged, remedy, ({ sampled, ...listed }) =>
    foundOf(
      sampled.flatMap((version) => flaws(version, judged)),
      `${sampled.length} sampled of ${counted(listed)} ${fine(judged)}${heldNote(sampled)}`,
      remedy,
    ),
  );
}

/** Only disposal hides a record, and only when its days are over. */
const hiddenFound = (judged: BucketJudged): Found =>
  over(judged, HIDDEN_REMEDY, ({ hidden, ...listed }) =>
    foundOf(
      hidden
        .filter(({ ageDays }) => ageDays < judged.retention.days)
        .map(({ key, ageDays }) =>
          wrong(`${key} was hidden by a delete marker when it was ${Math.floor(ageDays)} days old`),
        ),
      `${counted(listed)}: no record is hidden before its time`,
      HIDDEN_REMEDY,
    ),
  );

const HIDDEN_REMEDY = 'remove the delete marker, which brings the record back, and see in the trail who set it';

function over({ facts }: BucketJudged, remedy: string, judge: (facts: BucketFacts) => Found): Found {
  if (!facts.known) return foundOf([untold('what it holds', facts)], '', remedy);
  if (!facts.value) return foundOf([wrong('the bucket is not there')], '', 'deploy the stack that makes it');
  return facts.value.versions === 0 ? { status: 'met', message: empty(facts.value) } : judge(facts.value);
}

const empty = ({ deleteMarkers }: BucketFacts): string =>
  deleteMarkers > 0 ? `no object any more, ${deleteMarkers} delete markers` : 'no object yet';

function counted({ versions, deleteMarkers, isPart }: Omit<BucketFacts, 'sampled' | 'hidden'>): string {
  const markers = deleteMarkers > 0 ? ` and ${deleteMarkers} delete markers` : '';
  return `${versions} versions${markers}${isPart ? ' that were listed of many' : ''}`;
}

function heldNote(sampled: readonly SampledVersion[]): string {
  const held = sampled.filter(({ lock }) => lock.known && lock.value.hasLegalHold).length;
  return held > 0 ? `; ${held} are under legal hold` : '';
}
