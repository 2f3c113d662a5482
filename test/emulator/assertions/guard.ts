import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRulesCommand, ListTargetsByRuleCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { type Alert, alertsOf, copiesAlertsOf } from '../../../lib/constructs/guard/alerts';
import { copiesTopicArn, topicArn } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import { allAlarms } from './alarms';
import type { Aws, Region } from './aws';
import { type Check, check, inOrder, once, only } from './check';
import { copiesTopicChecks } from './topic';

/** Somebody hears of it when locks, keys, trails or doors change, and when copies change where no guard is. */
export function guardChecks(plan: RegionPlan, aws: Aws): Check[] {
  const region = aws.in(plan.region);
  return [
    ...alertChecks('alert', { plan, region, alerts: alertsOf(plan), topic: topicArn(plan) }),
    ...(plan.home ? trailAlarmChecks(plan, region) : []),
    ...(plan.copies.alerts === 'own' ? copiesChecks(plan, aws.in(plan.copies.region)) : []),
  ];
}

const copiesChecks = (plan: RegionPlan, region: Region): Check[] => [
  ...copiesTopicChecks(plan, region),
  ...alertChecks('alert beside the copies', {
    plan,
    region,
    alerts: copiesAlertsOf(plan),
    topic: copiesTopicArn(plan),
  }),
];

interface Alerting {
  readonly plan: RegionPlan;
  readonly region: Region;
  readonly alerts: readonly Alert[];
  readonly topic: string;
}

function alertChecks(name: string, { plan, region, alerts, topic }: Alerting): Check[] {
  const rules = once(() => rulesOf(plan, region));
  return [
    check(`${name} rules`, alerts.length, async () => (await rules()).length),
    ...alerts.flatMap((alert) => {
      const rule = async () =>
        only(
          (await rules()).filter(({ Description }) => Description === `${plan.deployment}: ${alert.what}`),
          `rule for: ${alert.what}`,
        );
      const expected = { state: alert.state ?? 'ENABLED', source: [alert.source], events: alert.eventNames.toSorted() };
      return [
        check(`${name} when ${alert.what}`, expected, async () => patternOf(await rule())),
        check(`${name} when ${alert.what}: told to`, [topic], async () => targetsOf(await rule(), region)),
      ];
    }),
  ];
}

async function rulesOf({ deployment }: RegionPlan, { events }: Region): Promise<Rule[]> {
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  return Rules.filter(({ Description }) => Description?.startsWith(`${deployment}: `));
}

function patternOf({ State, EventPattern = '{}' }: Rule) {
  const { source, detail } = JSON.parse(EventPattern) as {
    readonly source?: readonly string[];
    readonly detail?: { readonly eventName?: readonly string[] };
  };
  return { state: State, source, events: detail?.eventName?.toSorted() };
}

async function targetsOf({ Name }: Rule, { events }: Region): Promise<(string | undefined)[]> {
  return (await events.send(new ListTargetsByRuleCommand({ Rule: Name }))).Targets?.map(({ Arn }) => Arn) ?? [];
}

const ELSEWHERE = ['BreakGlassAssumedAnywhere', 'BucketChangedElsewhere', 'KeyChangedElsewhere', 'RoleChanged'];

/** What no regional rule can see is counted in the trail's log group. */
function trailAlarmChecks({ names, ...plan }: RegionPlan, region: Region): Check[] {
  const logGroupName = `${names.logGroupPrefix}/trail`;
  const topic = topicArn({ names, ...plan });
  return [
    check('counted in the trail', ELSEWHERE, async () => {
      const { metricFilters = [] } = await region.logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
      return inOrder(metricFilters.flatMap((one) => one.metricTransformations?.map(({ metricName }) => metricName)));
    }),
    check('alarms on what is counted in the trail', ELSEWHERE, async () => {
      const Namespace = `VoicecellTrail/${names.prefix}`;
      const ours = (await allAlarms(region)).filter(
        (alarm) => alarm.Namespace === Namespace && alarm.AlarmActions?.join() === topic,
      );
      return inOrder(ours.map(({ MetricName }) => MetricName));
    }),
  ];
}
