import { isKnown } from '../../templates/evaluate';
import { asList, type Resource } from '../../templates/template-set';
import type { Answer } from '../control';
import type { Evidence } from '../evidence';
import { fits } from '../wildcard';

/** CloudTrail counts AssumeRole among events that only read, which a rule sees in this state only (EventBridge user guide). */
const SEES_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** Whether somebody is told when a role is assumed: by a rule on the event, or by an alarm on what a filter counts. */
export function isAlertedOn(evidence: Evidence, role: Resource): Answer {
  const answers = new Set([
    ...evidence.ofType('AWS::Events::Rule').map((rule) => byRule(evidence, rule, role)),
    ...evidence.ofType('AWS::Logs::MetricFilter').map((filter) => byFilter(evidence, filter, role)),
  ]);
  if (answers.has('met')) return 'met';
  return answers.has('indeterminate') ? 'indeterminate' : 'unmet';
}

function byRule(evidence: Evidence, rule: Resource, role: Resource): Answer {
  const pattern = evidence.at(rule, 'EventPattern');
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern ?? null);
  if (!isKnown(text)) return 'indeterminate';
  if (!isAboutAssuming(text) || !isAboutRole(evidence, quotedIn(text), role)) return 'unmet';
  const [state, targets] = [evidence.at(rule, 'State'), evidence.at(rule, 'Targets')];
  if (!isKnown([state, targets])) return 'indeterminate';
  return state === SEES_READS && asList(targets).length > 0 ? 'met' : 'unmet';
}

function byFilter(evidence: Evidence, filter: Resource, role: Resource): Answer {
  const pattern = evidence.at(filter, 'FilterPattern');
  if (!isKnown(pattern)) return 'indeterminate';
  const text = String(pattern);
  if (!isAboutAssuming(text) || !isAboutRole(evidence, quotedIn(text), role)) return 'unmet';
  const metrics = evidence.list(filter, 'MetricTransformations');
  const isWatched = evidence
    .ofType('AWS::CloudWatch::Alarm')
    .some((alarm) => metrics.some((metric) => watches(evidence, alarm, metric)));
  return isWatched ? 'met' : 'unmet';
}

const watches = (evidence: Evidence, alarm: Resource, metric: Readonly<Record<string, unknown>>): boolean =>
  isKnown(metric) &&
  evidence.at(alarm, 'MetricName') === metric['MetricName'] &&
  evidence.at(alarm, 'Namespace') === metric['MetricNamespace'] &&
  evidence.at(alarm, 'ActionsEnabled') !== false &&
  asList(evidence.at(alarm, 'AlarmActions')).length > 0;

/** `UpdateAssumeRolePolicy` changes whom a role trusts: nobody takes it by that. */
const isAboutAssuming = (text: string): boolean => /\bAssumeRole/.test(text);

const quotedIn = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word);

/** A pattern that names no role is about every one. */
function isAboutRole(evidence: Evidence, texts: readonly string[], role: Resource): boolean {
  const named = texts.filter((text) => /:role\/|\u{FFFC}/u.test(text));
  const name = evidence.nameOf(role);
  return (
    named.length === 0 ||
    // A suffix may begin with anything.
    named.some(
      (text) =>
        evidence.denotes(text, role) || (name !== undefined && fits(`*${text}`, `arn:aws:iam::0:role/${name}`, '')),
    )
  );
}
