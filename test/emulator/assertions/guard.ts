import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRulesCommand, ListTargetsByRuleCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { alertsOf } from '../../../lib/constructs/guard/alerts';
import type { RegionPlan } from '../../../regions/plan/types';
import { allAlarms } from './alarms';
import type { Aws, Region } from './aws';
import { type Check, check, inOrder, once, only } from './check';
import { topicArn } from './topic';

/** Somebody hears of it when locks, keys, trails or doors change. */
export function guardChecks(plan: RegionPlan, aws: Aws): Check[] {
  const region = aws.in(plan.region);
  const rules = once(() => rulesOf(plan, region));
  return [
    check('alert rules', alertsOf(plan).length, async () => (await rules()).length),
    ...alertsOf(plan).flatMap((alert) => {
      const rule = async () =>
        only(
          (await rules()).filter(({ Description }) => Description === `${plan.deployment}: ${alert.what}`),
          `rule for: ${alert.what}`,
        );
      const expected = { state: alert.state ?? 'ENABLED', source: [alert.source], events: alert.eventNames.toSorted() };
      return [
        check(`alert when ${alert.what}`, expected, async () => patternOf(await rule())),
        check(`alert when ${alert.what}: told to`, [topicArn(plan)], async () => targetsOf(await rule(), region)),
      ];
    }),
    ...(plan.home ? trailAlarmChecks(plan, region) : []),
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
