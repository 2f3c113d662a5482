import { isKnown } from '../templates/evaluate';
import { isRecord, tagOf, type Resource } from '../templates/template-set';
import { shown, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { keptBuckets } from './shared/records';

const judge = (evidence: Evidence, bucket: Resource): Judgement =>
  verdict(
    bucket,
    [
      ...attribute('DeletionPolicy', bucket.body.DeletionPolicy, ['Retain', 'RetainExceptOnCreate']),
      ...attribute('UpdateReplacePolicy', bucket.body.UpdateReplacePolicy, ['Retain']),
      ...emptied(evidence, bucket),
    ],
    'it stays when its stack goes or replaces it',
  );

function attribute(name: string, value: unknown, keeping: readonly unknown[]): readonly Flaw[] {
  if (isRecord(value)) return [hidden(`its ${name} cannot be read; write Retain`)];
  if (keeping.includes(value)) return [];
  return [wrong(`its ${name} is ${value === undefined ? 'Delete, by default' : shown(value)}; set Retain`)];
}

/** The CDK's `autoDeleteObjects` empties a bucket that its stack lets go. */
function emptied(evidence: Evidence, bucket: Resource): readonly Flaw[] {
  const targets = evidence.ofType('Custom::S3AutoDeleteObjects').map((eraser) => evidence.at(eraser, 'BucketName'));
  const isNamed = targets.some((target) => typeof target === 'string' && evidence.denotes(target, bucket));
  if (isNamed || tagOf(bucket, 'aws-cdk:auto-delete-objects') === 'true')
    return [wrong('its objects are deleted with it; take autoDeleteObjects away')];
  return isKnown(targets) ? [] : [hidden('whether its objects are deleted with it cannot be read')];
}

export const REC_12: Control = {
  id: 'REC-12',
  title: 'Buckets of records outlive their stack.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 C1.1' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Buckets that are retained on deletion and on replacement, in stacks protected from termination.',
  onTemplate: 'DeletionPolicy and UpdateReplacePolicy retain the bucket, and no custom resource empties it.',
  live: 'cloudformation:GetTemplate',
  check: (evidence) => keptBuckets(evidence).map(({ bucket }) => judge(evidence, bucket)),
};
