import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DisableRuleCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import type { Region } from '../assertions/aws';
import { only } from '../assertions/check';
import type { Spoiling, Victim } from './spoil';
import { allowMetadataV1, openToTheWorld, routeToInternet } from './spoil-ec2';

const TRAIL_CHANGED = 'the audit trail was changed or stopped';

/** What keeps a cell closed, sized and watched, weakened. */
export function cellSpoilings(victim: Victim): Spoiling[] {
  const { cell, region } = victim;
  const { azId, name } = cell;
  return [
    { assertion: `subnet ${azId} media: ways out`, spoil: () => routeToInternet(`${name}-media`, region) },
    {
      assertion: `launch template ${name}-llm: metadata service`,
      spoil: () => allowMetadataV1(`${name}-llm`, region),
    },
    { assertion: `nodes of media in ${azId}: who reaches them`, spoil: () => openToTheWorld('media', victim) },
    { assertion: `scaling of ${cell.media.serviceName} in ${azId}: bounds`, spoil: () => allowNone(victim) },
    {
      assertion: `alarms of ${azId}`,
      spoil: () => region.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [`${name}-nodes-silent`] })),
    },
    { assertion: `alert when ${TRAIL_CHANGED}`, spoil: () => disableRule(TRAIL_CHANGED, region) },
  ];
}

/** At night the last media node may go. */
const allowNone = ({ cell, region }: Victim): Promise<unknown> =>
  region.scaling.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cell.name}/${cell.media.serviceName}`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 0,
    }),
  );

async function disableRule(what: string, { events }: Region): Promise<void> {
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  const { Name } = only(
    Rules.filter(({ Description }) => Description?.endsWith(what)),
    `rule for: ${what}`,
  );
  await events.send(new DisableRuleCommand({ Name }));
}
