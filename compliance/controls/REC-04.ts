import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control } from './control';
import type { Evidence } from './evidence';
import { areRulesKnown, lifecycleRules, TRANSITIONS, transitionsOf } from './shared/lifecycle';
import { keptBuckets, numberIn, type BucketRule } from './shared/records';

const judge: BucketRule = (evidence, { bucket, requirement: { accessibleDays } }) => {
  if (accessibleDays === 0) return [];
  const early = [...archiving(evidence, bucket), ...archiveTiers(evidence, bucket)].find(
    ({ days }) => !(numberIn(days) >= accessibleDays),
  );
  if (early)
    return [
      unmet(
        bucket,
        `${shown(early.to)} takes its objects ${at(early.days)}; keep them out of it for ${accessibleDays} days`,
      ),
    ];
  const tiers = evidence.at(bucket, TIERING) ?? [];
  if (!areRulesKnown(evidence, bucket, TRANSITIONS) || !Array.isArray(tiers) || !isKnown(tiers))
    return [unclear(bucket, 'where its objects go with age cannot be read; write its transitions out')];
  return [met(bucket, `no archive takes its objects before day ${accessibleDays}`)];
};

const at = (days: unknown): string =>
  days === undefined ? 'on a date, whatever their age' : `after ${shown(days)} days`;

interface Move {
  readonly to: unknown;
  readonly days: unknown;
}

/** Transitions by which somebody has to restore an object before it can be heard. */
const archiving = (evidence: Evidence, bucket: Resource): readonly Move[] =>
  lifecycleRules(evidence, bucket)
    .flatMap(transitionsOf)
    .map(({ StorageClass: to, TransitionInDays: days }) => ({ to, days }))
    .filter((move) => isKnown(move) && !AT_ONCE.has(String(move.to).toUpperCase()));

/** Classes read within milliseconds; a class nobody has looked at is taken for an archive. */
const AT_ONCE: ReadonlySet<string> = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]);

const TIERING = 'IntelligentTieringConfigurations';

/** Intelligent-Tiering archives only where it is told to. */
const archiveTiers = (evidence: Evidence, bucket: Resource): readonly Move[] =>
  evidence
    .list(bucket, TIERING)
    .filter(({ Status: status }) => status !== 'Disabled')
    .flatMap(({ Tierings: tierings }) => asList(tierings).filter(isRecord))
    .map(({ AccessTier: to, Days: days }) => ({ to, days }))
    .filter(isKnown);

export const REC_04: Control = {
  id: 'REC-04',
  title: 'Records can be read at once for as long as the frameworks ask for easy access.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(a), (b)' },
    { authority: 'finra-taping', text: 'FINRA Rule 3170(c)' },
  ],
  severity: 'error',
  sources: ['F1', 'F3'],
  checkedOn: '2026-11-22',
  builds: 'Transitions to GLACIER_IR only, which is read within milliseconds.',
  onTemplate:
    'No transition and no archive tier of Intelligent-Tiering moves objects to an archive before the accessible days are over.',
  live: 's3:GetBucketLifecycleConfiguration; s3:ListBucketIntelligentTieringConfigurations',
  check: (evidence) => keptBuckets(evidence).flatMap((kept) => judge(evidence, kept)),
};
