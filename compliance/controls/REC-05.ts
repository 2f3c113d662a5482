import { isRecord, type Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { areRulesKnown, FILTERS, isForAllObjects, lifecycleRules, type LifecycleRule } from './shared/lifecycle';
import { lockOf } from './shared/object-lock';
import { isTrue, keptBuckets, numberIn, type KeptBucket } from './shared/records';

function judge(evidence: Evidence, { bucket, requirement }: KeptBucket): Judgement {
  const lock = lockOf(evidence, bucket);
  if (!lock.known || !areRulesKnown(evidence, bucket, [...EXPIRY, ...FILTERS]))
    return unclear(
      bucket,
      'its disposal cannot be read; write its lock and the expirations of its lifecycle rules out',
    );
  const { floorDays, ceilingDays = Infinity } = requirement;
  const lockDays = lock.enabled ? Math.max(lock.days, lock.holdDays) : 0;
  const keptDays = Math.max(floorDays, lockDays);
  // The lock outranks a rule on noncurrent versions; without it the rule is all that keeps what was overwritten.
  const noncurrentDays = lockDays >= floorDays ? 1 : floorDays;
  const rules = lifecycleRules(evidence, bucket);
  const early = rules.flatMap((rule) => tooEarly(rule, keptDays, noncurrentDays)).at(0);
  if (early) return unmet(bucket, `${early}; keep records for ${keptDays} days`);
  const missing = steps(evidence, bucket).find(({ is }) => !rules.some((rule) => isForAllObjects(rule) && is(rule)));
  if (missing)
    return unmet(
      bucket,
      `nothing disposes of ${missing.what} after ${keptDays} days; add ${missing.rule} for all objects`,
    );
  const goneAfter = lastDay(rules, steps(evidence, bucket).length > 1);
  // A ceiling below the floor has been settled in favour of the floor.
  if (goneAfter > Math.max(ceilingDays, floorDays))
    return unmet(bucket, `its objects are gone after ${goneAfter} days only; let them go after ${ceilingDays}`);
  return met(bucket, `its objects are disposed of when their ${keptDays} days are over`);
}

const EXPIRY = [
  'ExpirationInDays',
  'ExpirationDate',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'ExpiredObjectDeleteMarker',
] as const;

/** What a rule does too early, be it for some objects only. */
function tooEarly(rule: LifecycleRule, keptDays: number, noncurrentDays: number): string[] {
  const { ExpirationInDays: days, ExpirationDate: date } = rule;
  const noncurrent = noncurrentIn(rule);
  if (date !== undefined) return [`a rule hides its objects on ${shown(date)}, whatever their age`];
  if (days !== undefined && !(numberIn(days) >= keptDays))
    return [`a rule hides its objects after ${shown(days)} days`];
  if (noncurrent !== undefined && !(numberIn(noncurrent) >= noncurrentDays))
    return [`a rule deletes noncurrent versions after ${shown(noncurrent)} days`];
  return [];
}

function noncurrentIn(rule: LifecycleRule): unknown {
  const stated = rule['NoncurrentVersionExpiration'];
  return isRecord(stated) ? stated['NoncurrentDays'] : rule['NoncurrentVersionExpirationInDays'];
}

/** Day on which nothing is left of an object; the day that S3 asks for between hiding and deleting is not counted. */
function lastDay(rules: readonly LifecycleRule[], isVersioned: boolean): number {
  const whole = rules.filter(isForAllObjects);
  const hiddenAfter = shortest(whole.map(({ ExpirationInDays: days }) => days));
  return isVersioned ? hiddenAfter + shortest(whole.map(noncurrentIn)) - 1 : hiddenAfter;
}

const shortest = (values: readonly unknown[]): number =>
  Math.min(...values.filter((value) => value !== undefined).map(numberIn));

interface Step {
  readonly what: string;
  readonly rule: string;
  readonly is: (rule: LifecycleRule) => boolean;
}

const EXPIRATION: Step = {
  what: 'its objects',
  rule: 'ExpirationInDays',
  is: ({ ExpirationInDays: days }) => days !== undefined,
};

/** Expiration of a versioned object only hides it: its versions, and the marker that hid them, go by rules of their own. */
const OF_VERSIONS: readonly Step[] = [
  {
    what: 'noncurrent versions',
    rule: 'NoncurrentVersionExpiration without NewerNoncurrentVersions',
    is: (rule) => noncurrentIn(rule) !== undefined && !keepsSome(rule['NoncurrentVersionExpiration']),
  },
  {
    what: 'the markers of deleted objects',
    rule: 'ExpiredObjectDeleteMarker',
    is: ({ ExpiredObjectDeleteMarker: marker }) => isTrue(marker),
  },
];

const keepsSome = (expiration: unknown): boolean =>
  isRecord(expiration) && expiration['NewerNoncurrentVersions'] !== undefined;

const steps = (evidence: Evidence, bucket: Resource): readonly Step[] =>
  lockOf(evidence, bucket).enabled || evidence.at(bucket, 'VersioningConfiguration.Status') !== undefined
    ? [EXPIRATION, ...OF_VERSIONS]
    : [EXPIRATION];

export const REC_05: Control = {
  id: 'REC-05',
  title: 'Records are disposed of when their retention is over, and not before.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 C1.2, P4.3' },
    { authority: 'hipaa', text: '45 CFR 164.310(d)(2)(i)' },
  ],
  severity: 'error',
  sources: ['A1'],
  checkedOn: '2026-11-22',
  builds:
    'Lifecycle rules that expire objects on the last day of their lock, then their versions, then the delete markers.',
  onTemplate:
    'Rules for all objects expire current versions, noncurrent versions and delete markers, none before the longer of floor and lock, nor after the ceiling; noncurrent ones at any time where a lock of the floor outranks the rule.',
  live: 's3:GetBucketLifecycleConfiguration; s3:ListObjectVersions of versions older than their retention',
  check: (evidence) => keptBuckets(evidence, CALL_DATA).map((kept) => judge(evidence, kept)),
};

/** Logs and postures are evidence of the house, not confidential data of callers. */
const CALL_DATA = ['recording', 'voicemail', 'transcript', 'prompt', 'cdr'] as const;
