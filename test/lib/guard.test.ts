import { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { readFileSync } from 'node:fs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { configDelivery } from '../../lib/constructs/guard/config-delivery';
import { CopiesStack } from '../../lib/stacks/copies';
import { GuardStack } from '../../lib/stacks/guard';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { statementsOf } from '../support/template';

function guardTemplate(overrides: Partial<RegionPlan> = {}): Template {
  const plan = regionPlan(overrides);
  const app = testApp();
  const watch = new Stack(app, 'watch', { env: { account: plan.account, region: plan.region } });
  const topic = Topic.fromTopicArn(watch, 'Topic', `arn:aws:sns:${plan.region}:${plan.account}:${plan.names.topic}`);
  return templateOf(new GuardStack(app, 'guard', { plan, topic }));
}

let guard: Template;

beforeAll(() => {
  guard = guardTemplate();
});

describe('somebody hears', () => {
  test.each([
    ['aws.s3', 'PutBucketObjectLockConfiguration'],
    ['aws.s3', 'PutBucketPolicy'],
    ['aws.s3', 'PutBucketLifecycle'],
    ['aws.s3', 'PutObjectRetention'],
    ['aws.s3', 'PutObjectLegalHold'],
    ['aws.kms', 'ScheduleKeyDeletion'],
    ['aws.kms', 'PutKeyPolicy'],
    ['aws.cloudtrail', 'StopLogging'],
    ['aws.cloudtrail', 'PutEventSelectors'],
    ['aws.ec2', 'AuthorizeSecurityGroupIngress'],
  ])('of %s %s', (source, eventName) => {
    guard.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      EventPattern: { source: [source], detail: { eventName: Match.arrayWith([eventName]) } },
    });
  });

  test('of the break-glass role, although CloudTrail counts taking a role as reading', () => {
    guard.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: {
        detail: { requestParameters: { roleArn: ['arn:aws:iam::123456789012:role/demo-us-east-1-break-glass'] } },
      },
    });
  });

  test('of a spool that no node touches again, by the very tag that nodes set', () => {
    const program = readFileSync('media/boot/adopt-spool.py', 'utf8');
    const tag = /^FAULT_TAG = "(.+)"$/m.exec(program)?.[1];
    guard.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ec2'],
        detail: { eventName: ['CreateTags'], requestParameters: { tagSet: { items: { key: [tag] } } } },
      },
      Targets: [Match.objectLike({ Arn: 'arn:aws:sns:us-east-1:123456789012:demo-us-east-1-alarms' })],
    });
  });

  test('a sentence that names no person, no address and no object', () => {
    const rules = Object.values(guard.findResources('AWS::Events::Rule'));
    for (const { Properties } of rules) {
      const [target] = (
        Properties as { Targets: { InputTransformer: { InputPathsMap: object; InputTemplate: string } }[] }
      ).Targets;
      const { InputPathsMap: paths, InputTemplate: template } = target?.InputTransformer ?? {};
      expect(JSON.stringify(paths)).not.toMatch(/sourceIPAddress|principalId|userIdentity\.arn|\.key"|roleSessionName/);
      expect(JSON.parse(template ?? '')).toContain('voicecell demo <region>: ');
      expect(paths).toHaveProperty('region', '$.region');
    }
  });
});

describe('copies where no guard is', () => {
  const copiesTemplate = (alerts: RegionPlan['copies']['alerts']): Template => {
    const { copies } = regionPlan();
    return templateOf(new CopiesStack(testApp(), 'copies', { plan: regionPlan({ copies: { ...copies, alerts } }) }));
  };
  let copies: Template;

  beforeAll(() => {
    copies = copiesTemplate('own');
  });

  test.each([
    ['aws.s3', 'PutBucketObjectLockConfiguration'],
    ['aws.s3', 'PutObjectRetention'],
    ['aws.kms', 'ScheduleKeyDeletion'],
  ])('have a rule beside them that tells of %s %s', (source, eventName) => {
    copies.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      EventPattern: { source: [source], detail: { eventName: Match.arrayWith([eventName]) } },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsAlertTopic') } })],
    });
  });

  test('have a topic there, with its own name and a guarded key that admits EventBridge for that topic only', () => {
    copies.hasResourceProperties('AWS::SNS::Topic', {
      TopicName: 'demo-us-east-1-copies-alerts',
      KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AlertsTopicKey'), 'Arn'] },
    });
    const events = statementsOf(copies, 'AWS::KMS::Key', 'AlertsTopicKey').find(({ Sid }) => Sid === 'Events');
    expect(events?.Condition).toEqual({
      StringEquals: {
        'kms:EncryptionContext:aws:sns:topicArn': 'arn:aws:sns:us-west-2:123456789012:demo-us-east-1-copies-alerts',
      },
    });
    copies.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@demo.example' });
  });

  test('leave it to the guard where there is one', () => {
    const template = copiesTemplate('guard');
    for (const type of ['AWS::Events::Rule', 'AWS::SNS::Topic']) template.resourceCountIs(type, 0);
  });
});

test('only the buckets of the deployment are watched, with the copies of other regions among them', () => {
  guard.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { detail: { requestParameters: { bucketName: [{ prefix: 'demo-' }] } } },
  });
});

test.each(['existing', 'attested'] as const)('what the account has (%s) is not created again', (state) => {
  const template = guardTemplate({ accountServices: { config: state, guardDuty: state, inspector: 'existing' } });
  template.resourceCountIs('AWS::Config::ConfigurationRecorder', 0);
  template.resourceCountIs('AWS::GuardDuty::Detector', 0);
});

test('what the account lacks is created on request, and IAM is recorded at home only', () => {
  const accountServices = { config: 'create', guardDuty: 'create', inspector: 'existing' } as const;
  const template = guardTemplate({ home: false, accountServices });
  template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
    RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: false },
  });
  template.hasResourceProperties('AWS::Config::DeliveryChannel', { S3BucketName: 'demo-us-east-1-logs-123456789012' });
  template.hasResourceProperties('AWS::GuardDuty::Detector', { Enable: true });
});

test('AWS Config may deliver to the log bucket only where the kit creates it', () => {
  const bucket = Bucket.fromBucketName(new Stack(testApp(), 'records'), 'Logs', 'logs');
  const existing = regionPlan();
  const created = regionPlan({ accountServices: { ...existing.accountServices, config: 'create' } });
  expect(configDelivery(existing, bucket)).toEqual([]);
  for (const statement of configDelivery(created, bucket))
    expect(statement.toStatementJson()).toMatchObject({
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
});
