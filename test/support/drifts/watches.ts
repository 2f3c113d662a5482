import {
  GetEventSelectorsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
  type CloudTrailClient,
} from '@aws-sdk/client-cloudtrail';
import {
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { DeleteMetricFilterCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import {
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { done, forGood, policyWith, swapped, toggled, type Drift, type Undo } from './drift';

const trail = (
  what: string,
  inject: (cloudtrail: CloudTrailClient, name: string) => Promise<Undo>,
  found: string,
  ...minded: readonly string[]
): Drift => ({
  what,
  inject: (kit) => inject(kit.here.cloudtrail, kit.idOf('AWS::CloudTrail::Trail')),
  found: [`Trail.${found}`],
  minded,
});

const TRAILS: readonly Drift[] = [
  trail(
    'a trail stopped',
    (cloudtrail, Name) =>
      done(cloudtrail.send(new StopLoggingCommand({ Name })), () => cloudtrail.send(new StartLoggingCommand({ Name }))),
    'IsLogging',
    'AUD-01 indeterminate CdrBucket',
    'AUD-01 indeterminate PostureBucket',
    'AUD-01 indeterminate RecordingsBucket',
    'AUD-01 indeterminate TranscriptsBucket',
    'AUD-01 unmet CdrBucket',
    'AUD-01 unmet PostureBucket',
    'AUD-01 unmet RecordingsBucket',
    'AUD-01 unmet TranscriptsBucket',
  ),
  trail(
    'a trail that sees no objects',
    (cloudtrail, TrailName) =>
      swapped(
        async () => (await cloudtrail.send(new GetEventSelectorsCommand({ TrailName }))).AdvancedEventSelectors,
        (AdvancedEventSelectors) =>
          cloudtrail.send(new PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors })),
        () => [{ Name: 'Management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
      ),
    'AdvancedEventSelectors',
    'AUD-01 indeterminate CdrBucket',
    'AUD-01 indeterminate PostureBucket',
    'AUD-01 indeterminate RecordingsBucket',
    'AUD-01 indeterminate TranscriptsBucket',
    'AUD-01 unmet CdrBucket',
    'AUD-01 unmet PostureBucket',
    'AUD-01 unmet RecordingsBucket',
    'AUD-01 unmet TranscriptsBucket',
  ),
  trail(
    'files of a trail that may be forged',
    (cloudtrail, Name) =>
      toggled(
        (EnableLogFileValidation: boolean) =>
          cloudtrail.send(new UpdateTrailCommand({ Name, EnableLogFileValidation })),
        false,
        true,
      ),
    'EnableLogFileValidation',
    'AUD-02 unmet Trail',
  ),
];

const topicPolicy = (sns: SNSClient, TopicArn: string, change: (policy: string) => string): Promise<Undo> =>
  swapped(
    async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.['Policy'] ?? '',
    (AttributeValue) => sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue })),
    change,
  );

const STRANGER = { Protocol: 'email', Endpoint: 'stranger@example.com' };

const TOPICS: readonly Drift[] = [
  {
    what: 'a topic that anybody may publish to',
    inject: (kit) => {
      const TopicArn = kit.idOf('AWS::SNS::Topic', /^AlarmTopic/);
      const open = { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: TopicArn };
      return topicPolicy(kit.here.sns, TopicArn, (policy) => policyWith(policy, open));
    },
    found: ['AlarmTopicPolicy.PolicyDocument'],
    minded: ['ACC-10 unmet AlarmTopicPolicy'],
  },
  {
    what: 'a topic in clear',
    inject: (kit) => {
      const TopicArn = kit.idOf('AWS::SNS::Topic', /^AlarmTopic/);
      const { sns } = kit.here;
      return swapped(
        async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.['KmsMasterKeyId'],
        (AttributeValue) =>
          sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue })),
        () => '',
      );
    },
    found: ['AlarmTopic.KmsMasterKeyId'],
    minded: [],
  },
  {
    what: 'a stranger who hears of alarms',
    inject: async (kit) => {
      const TopicArn = kit.idOf('AWS::SNS::Topic', /^AlarmTopic/);
      const { sns } = kit.here;
      const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, ...STRANGER }));
      return () => sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    },
    found: ['AlarmTopic has AWS::SNS::Subscription'],
    minded: [],
  },
  {
    what: 'nobody who hears of alarms',
    inject: (kit) =>
      forGood(
        kit.here.sns.send(
          new UnsubscribeCommand({ SubscriptionArn: kit.idOf('AWS::SNS::Subscription', /^AlarmTopicEmail/) }),
        ),
      ),
    found: ['AlarmTopicEmail is gone'],
    minded: [],
  },
];

const rule = (
  what: string,
  inject: (events: EventBridgeClient, name: string) => Promise<Undo>,
  found: string,
  ...minded: readonly string[]
): Drift => ({
  what,
  inject: (kit) => inject(kit.here.events, kit.idOf('AWS::Events::Rule', /^TrailChangedRule/)),
  found: [`TrailChangedRule.${found}`],
  minded,
});

const RULES: readonly Drift[] = [
  rule(
    'a rule out of use',
    (events, Name) =>
      done(events.send(new DisableRuleCommand({ Name })), () => events.send(new EnableRuleCommand({ Name }))),
    'State',
  ),
  rule(
    'a rule that tells nobody',
    async (events, Rule) => {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
      const Ids = Targets.map(({ Id = '' }) => Id);
      return done(events.send(new RemoveTargetsCommand({ Rule, Ids })), () =>
        events.send(new PutTargetsCommand({ Rule, Targets })),
      );
    },
    'Targets',
    'RES-15 silent TrailChangedRule',
  ),
];

const ALARM = 'AWS::CloudWatch::Alarm';

const OTHERS: readonly Drift[] = [
  {
    what: 'a log of calls that is kept for a day',
    inject: async (kit) => {
      const found = kit.deployed('AWS::Logs::LogGroup', /^MediaCallsLog/);
      return toggled(
        (retentionInDays: number) =>
          kit.here.logs.send(new PutRetentionPolicyCommand({ logGroupName: found.physicalId, retentionInDays })),
        1,
        Number(found.resource.properties['RetentionInDays']),
      );
    },
    found: ['MediaCallsLog.RetentionInDays'],
    minded: ['AUD-03 met MediaCallsLog'],
  },
  {
    what: 'an alarm that does nothing',
    inject: (kit) => {
      const { cloudwatch } = kit.here;
      return swapped(
        async () => {
          const AlarmNames = [kit.idOf(ALARM, /^TrailAlarms/)];
          const { MetricAlarms: [alarm] = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames }));
          return alarm as PutMetricAlarmCommandInput;
        },
        (alarm) => cloudwatch.send(new PutMetricAlarmCommand(alarm)),
        (alarm) => ({ ...alarm, ActionsEnabled: false }),
      );
    },
    found: ['TrailAlarmsBreakGlassAssumedAnywhere.ActionsEnabled'],
    minded: [],
  },
  {
    what: 'an alarm deleted',
    inject: (kit) =>
      forGood(kit.here.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [kit.idOf(ALARM, /^TrailAlarms/)] }))),
    found: ['TrailAlarmsBreakGlassAssumedAnywhere is gone'],
    minded: [],
  },
  {
    what: 'a metric that nothing counts any more',
    inject: (kit) => {
      const filterName = kit.idOf('AWS::Logs::MetricFilter', /RoleChanged/);
      const logGroupName = kit.idOf('AWS::Logs::LogGroup', /^TrailLogGroup/);
      return forGood(kit.here.logs.send(new DeleteMetricFilterCommand({ filterName, logGroupName })));
    },
    found: ['TrailAlarmsRoleChangedFilter is gone'],
    minded: [],
  },
  {
    what: 'a dashboard deleted',
    inject: (kit) =>
      forGood(
        kit.here.cloudwatch.send(
          new DeleteDashboardsCommand({ DashboardNames: [kit.idOf('AWS::CloudWatch::Dashboard')] }),
        ),
      ),
    found: ['RegionDashboard is gone'],
    minded: [],
  },
];

export const DRIFTS_OF_WATCHES: readonly Drift[] = [...TRAILS, ...TOPICS, ...RULES, ...OTHERS];
