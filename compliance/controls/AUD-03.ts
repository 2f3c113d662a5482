import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { areRulesKnown, lifecycleRules } from './shared/lifecycle';
import { numberIn } from './shared/records';

/** A log group that says nothing keeps for ever, which states no period; only above ten years is there no other way. */
export const AUD_03: Control = {
  id: 'AUD-03',
  title: 'Logs are kept for as long as the frameworks ask of their class.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.316(b)(2)(i)' },
    { authority: 'finra', text: '17 CFR 240.17a-4' },
  ],
  severity: 'error',
  sources: ['S1'],
  checkedOn: '2026-11-22',
  builds: 'Log groups and the log bucket with the days the plan keeps logs, or what else they hold.',
  onTemplate:
    'RetentionInDays of every log group reaches the floor of its class, logs where it says none; no rule disposes of a log bucket’s objects before.',
  live: 'logs:DescribeLogGroups; s3:GetBucketLifecycleConfiguration',
  check: (evidence) => [
    ...evidence.ofType('AWS::Logs::LogGroup').map((group) => judgeGroup(evidence, group)),
    ...logBuckets(evidence).map((bucket) => judgeBucket(evidence, bucket)),
  ],
};

/** Ten calendar years. CloudWatch Logs API reference, PutRetentionPolicy. */
const LONGEST_DAYS = 3653;

function judgeGroup(evidence: Evidence, group: Resource): Judgement {
  const dataClass = evidence.dataClassOf(group) ?? 'log';
  const { floorDays, sides } = evidence.scope.requirements[dataClass];
  const days = evidence.at(group, 'RetentionInDays');
  const asked = `${floorDays} days of class ${dataClass} are asked by ${sides.floor.join(', ') || 'nobody'}`;
  if (!isKnown(days)) return unclear(group, `its retention cannot be read; write RetentionInDays out, ${asked}`);
  if (days === undefined && floorDays > LONGEST_DAYS) return met(group, `it keeps for ever; ${asked}`);
  if (days === undefined) return unmet(group, `it states no period; set RetentionInDays, ${asked}`);
  if (numberIn(days) >= floorDays) return met(group, `it keeps for ${shown(days)} days; ${asked}`);
  const remedy = floorDays > LONGEST_DAYS ? 'leave RetentionInDays out' : 'set RetentionInDays to as many';
  return unmet(group, `it keeps for ${shown(days)} days; ${asked}; ${remedy}`);
}

/** Buckets of logs, and those that trails deliver to. */
function logBuckets(evidence: Evidence): readonly Resource[] {
  const delivered = evidence
    .ofType('AWS::CloudTrail::Trail')
    .flatMap((trail) => evidence.resourceOf(evidence.at(trail, 'S3BucketName'), 'AWS::S3::Bucket') ?? []);
  return [...new Set([...evidence.holding('AWS::S3::Bucket', 'log'), ...delivered])];
}

/** Filters of rules are left aside: any object of a log bucket is a log. */
function judgeBucket(evidence: Evidence, bucket: Resource): Judgement {
  const { floorDays, sides } = evidence.scope.requirements.log;
  const asked = `${floorDays} days of logs are asked by ${sides.floor.join(', ') || 'nobody'}`;
  if (!areRulesKnown(evidence, bucket, ['ExpirationInDays', 'ExpirationDate']))
    return unclear(bucket, `its disposal cannot be read; write ExpirationInDays out, ${asked}`);
  const rules = lifecycleRules(evidence, bucket);
  const early = rules.map(({ ExpirationInDays: days }) => numberIn(days)).find((days) => days < floorDays);
  if (early !== undefined)
    return unmet(bucket, `it disposes of logs after ${early} days; ${asked}; set ExpirationInDays to as many`);
  if (rules.some(({ ExpirationDate: date }) => date !== undefined))
    return unmet(bucket, `it disposes of logs on a date, however new; ${asked}; set ExpirationInDays`);
  return met(bucket, `it keeps logs long enough; ${asked}`);
}
