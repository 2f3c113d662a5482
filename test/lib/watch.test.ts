import { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { WatchStack } from '../../lib/stacks/watch';
import { METRICS } from '../../media/contract/metrics';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';

function watchTemplate(plan: RegionPlan): Template {
  const app = testApp();
  const records = new Stack(app, 'records', { env: { account: plan.account, region: plan.region } });
  const topicKey = Key.fromKeyArn(records, 'TopicKey', `arn:aws:kms:${plan.region}:${plan.account}:key/topic`);
  return templateOf(new WatchStack(app, 'watch', { plan, topicKey }));
}

const ALARM = 'AWS::CloudWatch::Alarm';
let watch: Template;

beforeAll(() => {
  watch = watchTemplate(regionPlan());
});

describe('the alarm topic', () => {
  test('is encrypted with its own key and read by the receiver of alarms', () => {
    watch.hasResourceProperties('AWS::SNS::Topic', {
      TopicName: 'demo-us-east-1-alarms',
      KmsMasterKeyId: 'arn:aws:kms:us-east-1:123456789012:key/topic',
    });
    watch.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@demo.example' });
  });

  test('refuses what does not come over TLS', () => {
    watch.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test('takes alarms of this account only', () => {
    watch.hasResourceProperties(
      'AWS::SNS::TopicPolicy',
      publishes('cloudwatch.amazonaws.com', {
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      }),
    );
  });

  test('sets EventBridge no condition, which would silently drop every alert', () => {
    watch.hasResourceProperties(
      'AWS::SNS::TopicPolicy',
      publishes('events.amazonaws.com', { Condition: Match.absent() }),
    );
  });
});

function publishes(service: string, rest: object): object {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sns:Publish', ...rest };
  return { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) } };
}

const alarm = (name: string, properties: object) => ({ AlarmName: `demo-us-east-1-use1-az4-${name}`, ...properties });

const LEDGER_ALARMS = ['demo-us-east-1-ledger-copy-late', 'demo-us-east-1-ledger-not-streamed'];

test('changes of the ledger that do not reach its locked copy are told long before the stream drops them', () => {
  const alarms = Object.values(watch.findResources(ALARM)).map(({ Properties }) => Properties as object);
  const named = alarms.filter((alarm) => 'AlarmName' in alarm && LEDGER_ALARMS.includes(String(alarm.AlarmName)));
  const late = { MetricName: 'DeliveryToS3.DataFreshness', Threshold: 1800, TreatMissingData: 'notBreaching' };
  expect(named).toEqual([
    expect.objectContaining(late),
    expect.objectContaining({ Threshold: 0, EvaluationPeriods: 2, Metrics: expect.any(Array) }),
  ]);
});

describe('the alarms of a cell', () => {
  test.each(['edge', 'media', 'stt', 'llm', 'tts'])(
    'tell when %s runs below its minimum, and silence counts as that',
    (tier) => {
      watch.hasResourceProperties(
        ALARM,
        alarm(`${tier}-below-minimum`, {
          MetricName: 'RunningTaskCount',
          ComparisonOperator: 'LessThanThreshold',
          TreatMissingData: 'breaching',
        }),
      );
    },
  );

  test('tell when a tenth of the peak is all that is left', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('capacity-short', {
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 10,
        TreatMissingData: 'breaching',
      }),
    );
  });

  test('tell when nodes fall silent', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('nodes-silent', {
        MetricName: METRICS.callsInProgress,
        Statistic: 'SampleCount',
        TreatMissingData: 'breaching',
      }),
    );
  });

  test('tell when a caller is refused, when replies are slow and when a recording waits', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('calls-refused', { MetricName: METRICS.callsRefused, Threshold: 0, TreatMissingData: 'notBreaching' }),
    );
    watch.hasResourceProperties(
      ALARM,
      alarm('turns-slow', { MetricName: METRICS.turnRoundTrip, ExtendedStatistic: 'p95', Threshold: 200 }),
    );
    watch.hasResourceProperties(ALARM, alarm('recordings-waiting', { MetricName: METRICS.spoolAge, Threshold: 900 }));
  });

  test('tell when AWS goes on refusing to let nodes hold themselves for their calls', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('nodes-not-held', {
        MetricName: METRICS.holdFailures,
        EvaluationPeriods: 3,
        TreatMissingData: 'notBreaching',
      }),
    );
  });

  test('tell three weeks before the certificate expires', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('certificate-expiring', { ComparisonOperator: 'LessThanThreshold', Threshold: 21 }),
    );
  });

  test('tell when a fleet cannot get the instances it asks for', () => {
    watch.hasResourceProperties(
      ALARM,
      alarm('llm-nodes-wanted', {
        MetricName: 'CapacityProviderReservation',
        Dimensions: Match.arrayWith([{ Name: 'CapacityProviderName', Value: 'demo-us-east-1-use1-az4-llm' }]),
        Threshold: 100,
      }),
    );
  });

  test('exist for every cell and all reach the topic', () => {
    const alarms = Object.values(watch.findResources(ALARM));
    const ofRegion = [...LEDGER_ALARMS, 'demo-us-east-1-records-findings', 'demo-us-east-1-records-not-reconciled'];
    expect(alarms).toHaveLength(2 * (8 + 5 * 3) + ofRegion.length);
    for (const { Properties } of alarms) expect(Properties).toMatchObject({ AlarmActions: [expect.anything()] });
  });
});

test('the dashboard of the region shows every cell', () => {
  const [dashboard] = Object.values(watch.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard);
  for (const cell of ['use1-az4', 'use1-az6']) expect(body).toContain(`## Cell ${cell}`);
  for (const metric of [METRICS.turnRoundTrip, METRICS.callsRefused, METRICS.spoolAge]) expect(body).toContain(metric);
});

test('the dashboard shows what business functions are held to, and no heading where nobody says', () => {
  const { sip } = regionPlan();
  const kpis = [{ measure: 'calls that end | without a person\nat all', target: '80 %' }];
  const held = watchTemplate(regionPlan({ sip: { ...sip, numbers: sip.numbers.map((one) => ({ ...one, kpis })) } }));
  const bodyOf = (template: Template) => JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(bodyOf(held)).toContain('## Business functions');
  expect(bodyOf(held)).toMatch(/support \| calls that end \\+\| without a person at all \| 80 %/);
  expect(bodyOf(watch)).not.toContain('Business functions');
});

test.each(['one call by its id', 'refused calls', 'recordings not stored'])('the query "%s" is saved', (name) => {
  watch.hasResourceProperties('AWS::Logs::QueryDefinition', {
    Name: `demo-us-east-1/${name}`,
    LogGroupNames: Match.arrayWith(['/voicecell/demo/us-east-1/use1-az4/media']),
  });
});

describe('the budget', () => {
  test('counts what carries the tag of the deployment', () => {
    watch.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        BudgetLimit: { Amount: 20000, Unit: 'USD' },
        FilterExpression: { Tags: { Key: 'voicecell:deployment', Values: ['demo'] } },
      },
    });
  });

  test('warns of a forecast of four fifths and of the whole spent', () => {
    watch.hasResourceProperties('AWS::Budgets::Budget', {
      NotificationsWithSubscribers: [
        { Notification: Match.objectLike({ NotificationType: 'FORECASTED', Threshold: 80 }) },
        { Notification: Match.objectLike({ NotificationType: 'ACTUAL', Threshold: 100 }) },
      ].map((notification) => Match.objectLike(notification)),
    });
  });

  test('is kept once, in the home region of the deployment', () => {
    const away = watchTemplate(regionPlan({ home: false, monthlyBudgetUsd: undefined }));
    away.resourceCountIs('AWS::Budgets::Budget', 0);
  });
});
