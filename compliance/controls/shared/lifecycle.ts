import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

export type LifecycleRule = Readonly<Record<string, unknown>>;

/** Rules of a bucket that are, or may be, in force. */
export const lifecycleRules = (evidence: Evidence, bucket: Resource): readonly LifecycleRule[] =>
  evidence.list(bucket, RULES).filter(({ Status: status }) => status !== 'Disabled');

/** Whether the parts of all rules that a check reads are known; the others may be parameters. */
export function areRulesKnown(evidence: Evidence, bucket: Resource, parts: readonly string[]): boolean {
  const rules = evidence.at(bucket, RULES);
  // What is no list of rules is refused by S3, or hidden.
  if (!Array.isArray(rules)) return evidence.at(bucket, 'LifecycleConfiguration') === undefined;
  const read = rules.map((rule: unknown) => (isRecord(rule) ? ['Status', ...parts].map((part) => rule[part]) : rule));
  return isKnown(read);
}

const RULES = 'LifecycleConfiguration.Rules';

export const TRANSITIONS = [
  'Transition',
  'Transitions',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
] as const;

export const transitionsOf = (rule: LifecycleRule): readonly LifecycleRule[] =>
  TRANSITIONS.flatMap((part) => [rule[part], ...asList(rule[part])]).filter(isRecord);

export const FILTERS = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'] as const;

/** Whether a rule is about every object. */
export const isForAllObjects = (rule: LifecycleRule): boolean =>
  FILTERS.every((filter) => {
    const value = rule[filter];
    return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  });
