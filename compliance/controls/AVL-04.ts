import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { fleetOf, isAbout, metricsOf, tells, type Watched } from './shared/alarms';
import { runningTier } from './shared/cells';

export const AVL_04: Control = {
  id: 'AVL-04',
  title: 'Somebody is told before channels or GPUs run out.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 A1.1' }],
  severity: 'warning',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'Alarms on spare call capacity, refused calls, running tasks and wanted nodes of every tier of a cell.',
  onTemplate:
    'For each group of media and inference nodes an alarm on calls, capacity or GPUs names it, its capacity provider, its service or (calls) its cell, and notifies somebody.',
  live: 'cloudwatch:DescribeAlarms',
  check: (evidence) => {
    const alarms = evidence.ofType('AWS::CloudWatch::Alarm').map((alarm) => ({
      region: alarm.stack.region,
      tells: tells(evidence, alarm),
      metrics: metricsOf(evidence, alarm, (name) => CAPACITY.test(String(name)) || !isKnown(name)),
      known: isKnown(READ.map((part) => evidence.at(alarm, part))),
    }));
    return TIERS.flatMap((tier) =>
      runningTier(evidence, tier)
        .filter(({ type }) => type === 'AWS::AutoScaling::AutoScalingGroup')
        // An alarm watches metrics of its own region.
        .map((group) =>
          judge(
            evidence,
            group,
            tier,
            alarms.filter(({ region }) => region === group.stack.region),
          ),
        ),
    );
  },
};

const READ = ['MetricName', 'Dimensions', 'Metrics', 'AlarmActions', 'ActionsEnabled'] as const;

const TIERS = ['media', 'stt', 'llm', 'tts'] as const;

/** Words of metrics that fall or rise with load. */
const CAPACITY =
  /capacity|reservation|utili[sz]ation|calls|channels|sessions|gpu|queue|waiting|pending|(?:running|desired)task|in_?service/i;

interface Alarm {
  readonly tells: boolean;
  readonly metrics: readonly Watched[];
  readonly known: boolean;
}

function judge(evidence: Evidence, group: Resource, tier: string, alarms: readonly Alarm[]): Judgement {
  const fleet = fleetOf(evidence, group);
  const mine = alarms.filter(({ metrics }) => metrics.some((one) => isAbout(evidence, one, fleet, tier === 'media')));
  if (mine.some((alarm) => alarm.tells && alarm.metrics.every(({ name }) => isKnown(name))))
    return met(group, 'an alarm on its capacity tells somebody');
  if (!alarms.every(({ known }) => known))
    return unclear(group, 'its alarms cannot be read; write metrics and actions out');
  return mine.length > 0
    ? unmet(group, 'its capacity alarms tell nobody; add a topic to AlarmActions')
    : unmet(group, 'no alarm watches its capacity; add one on calls, capacity or GPU use');
}
