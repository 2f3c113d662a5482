import { type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { topicArn } from '../../../lib/constructs/records/arns';
import type { Region } from './aws';
import type { Place } from './cell';
import { type Check, check, inOrder, once } from './check';
import { tiersOf } from './tiers';

/** Every alarm of a cell by name; the limits that the plan sets; all of them told to the topic, both ways. */
export function alarmChecks({ plan, cell, region }: Place): Check[] {
  const alarms = once(() => alarmsOf(`${cell.name}-`, region));
  const { turnRoundTripMs, spoolAgeSeconds, spoolUsedPercent, certificateDays, spareCapacityPercent } = plan.budgets;
  const limit = (name: string, expected: number) =>
    check(
      `alarm ${cell.name}-${name}: limit`,
      expected,
      async () => (await alarms()).find(({ AlarmName }) => AlarmName === `${cell.name}-${name}`)?.Threshold,
    );
  const names = namesOf(cell);
  return [
    check(`alarms of ${cell.azId}`, names, async () => inOrder((await alarms()).map(({ AlarmName }) => AlarmName))),
    limit('turns-slow', turnRoundTripMs),
    limit('recordings-waiting', spoolAgeSeconds),
    limit('spool-full', spoolUsedPercent),
    limit('certificate-expiring', certificateDays),
    limit('capacity-short', (cell.calls.max * spareCapacityPercent) / 100),
    ...tiersOf(cell).map(({ tier, tasks }) => limit(`${tier}-below-minimum`, tasks.min)),
    check(`alarms of ${cell.azId}: told to the topic`, names, async () =>
      inOrder((await alarms()).filter((alarm) => tells(alarm, topicArn(plan))).map(({ AlarmName }) => AlarmName)),
    ),
  ];
}

const CALLS = [
  'nodes-silent',
  'capacity-short',
  'calls-refused',
  'turns-slow',
  'recordings-waiting',
  'spool-full',
  'nodes-not-held',
  'certificate-expiring',
];
const TIER = ['below-minimum', 'tasks-missing', 'nodes-wanted'];

const namesOf = (cell: Place['cell']): string[] =>
  [...CALLS, ...tiersOf(cell).flatMap(({ tier }) => TIER.map((name) => `${tier}-${name}`))]
    .map((name) => `${cell.name}-${name}`)
    .toSorted();

/** Those that drive scaling are the cell's and tell a policy. */
const alarmsOf = async (prefix: string, region: Region): Promise<MetricAlarm[]> =>
  (await allAlarms(region)).filter(
    ({ AlarmName = '' }) => AlarmName.startsWith(prefix) && !AlarmName.endsWith('-scale-in'),
  );

export async function allAlarms({ cloudwatch: client }: Region): Promise<MetricAlarm[]> {
  const found: MetricAlarm[] = [];
  for await (const page of paginateDescribeAlarms({ client }, {})) found.push(...(page.MetricAlarms ?? []));
  return found;
}

const tells = ({ AlarmActions, OKActions, ActionsEnabled }: MetricAlarm, topic: string): boolean =>
  ActionsEnabled !== false && AlarmActions?.join() === topic && OKActions?.join() === topic;
