import { PutEventSelectorsCommand, StopLoggingCommand, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { PutMetricFilterCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DisableRuleCommand, PutRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import type { Region } from '../../../../../emulator/assertions/aws';
import type { Spoiled } from './spoiled';
import { clientsOf, idOf } from './victim';

const watch = (
  type: string,
  what: string,
  changed: string,
  spoil: (region: Region, id: string) => Promise<unknown>,
): Spoiled => ({ type, what, spoil: (kit) => spoil(clientsOf(kit), idOf(kit, type, WHICH[type])), changed: [changed] });

const TRAIL = 'AWS::CloudTrail::Trail';
const RULE = 'AWS::Events::Rule';
const GROUP = 'AWS::Logs::LogGroup';
/** The first that comes is the reconciler's, which has a schedule in place of a pattern. */
const WHICH: Readonly<Record<string, RegExp>> = { [RULE]: /^TrailChangedRule/ };
const NOTHING = JSON.stringify({ Version: '2012-10-17', Statement: [] });

export const SPOILED_WATCHES: readonly Spoiled[] = [
  watch(TRAIL, 'silence', 'IsLogging', ({ cloudtrail }, Name) => cloudtrail.send(new StopLoggingCommand({ Name }))),
  watch(TRAIL, 'nothing of objects', 'AdvancedEventSelectors', ({ cloudtrail }, TrailName) =>
    cloudtrail.send(
      new PutEventSelectorsCommand({
        TrailName,
        AdvancedEventSelectors: [
          { Name: 'Management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        ],
      }),
    ),
  ),
  watch(TRAIL, 'files that may be forged', 'EnableLogFileValidation', ({ cloudtrail }, Name) =>
    cloudtrail.send(new UpdateTrailCommand({ Name, EnableLogFileValidation: false })),
  ),
  watch(GROUP, 'a day', 'RetentionInDays', ({ logs }, logGroupName) =>
    logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
  ),
  {
    type: 'AWS::Logs::MetricFilter',
    what: 'another pattern',
    spoil: (kit) =>
      clientsOf(kit).logs.send(
        new PutMetricFilterCommand({
          logGroupName: `${kit.plan.names.logGroupPrefix}/trail`,
          filterName: idOf(kit, 'AWS::Logs::MetricFilter', /BreakGlass/),
          filterPattern: 'nothing',
          metricTransformations: [
            {
              metricName: 'BreakGlassAssumedAnywhere',
              metricNamespace: `VoicecellTrail/${kit.plan.names.prefix}`,
              metricValue: '1',
            },
          ],
        }),
      ),
    changed: ['FilterPattern'],
  },
  watch('AWS::SNS::Topic', 'no key', 'KmsMasterKeyId', ({ sns }, TopicArn) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: '' })),
  ),
  {
    type: 'AWS::SNS::TopicPolicy',
    what: 'no statements',
    spoil: (kit) =>
      clientsOf(kit).sns.send(
        new SetTopicAttributesCommand({
          TopicArn: idOf(kit, 'AWS::SNS::Topic'),
          AttributeName: 'Policy',
          AttributeValue: NOTHING,
        }),
      ),
    changed: ['PolicyDocument'],
  },
  watch(RULE, 'no target', 'Targets', ({ events }, Rule) =>
    events.send(new RemoveTargetsCommand({ Rule, Ids: ['Topic'] })),
  ),
  {
    type: RULE,
    what: 'another pattern',
    spoil: (kit) =>
      clientsOf(kit).events.send(
        new PutRuleCommand({
          Name: idOf(kit, RULE, WHICH[RULE]),
          EventPattern: JSON.stringify({ source: ['aws.nothing'] }),
        }),
      ),
    // What is not said when a rule is put is not kept.
    changed: ['Description', 'EventPattern'],
  },
  watch(RULE, 'out of use', 'State', ({ events }, Name) => events.send(new DisableRuleCommand({ Name }))),
  watch('AWS::CloudWatch::Alarm', 'no actions', 'ActionsEnabled', async ({ cloudwatch }, name) => {
    const { MetricAlarms: [alarm] = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    return cloudwatch.send(
      new PutMetricAlarmCommand({ ...(alarm as PutMetricAlarmCommandInput), ActionsEnabled: false }),
    );
  }),
];
