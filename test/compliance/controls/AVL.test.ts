import { AVL_01 } from '../../../compliance/controls/AVL-01';
import { AVL_02 } from '../../../compliance/controls/AVL-02';
import { AVL_03 } from '../../../compliance/controls/AVL-03';
import { AVL_04 } from '../../../compliance/controls/AVL-04';
import { AVL_05 } from '../../../compliance/controls/AVL-05';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, evidence, stack, tagged } from '../../support/evidence';

const placed = (type: string, tier: unknown, cell: unknown, properties = {}): ResourceBody => ({
  Type: type,
  Properties: {
    ...properties,
    Tags: [
      { Key: 'voicecell:tier', Value: tier },
      ...(cell === undefined ? [] : [{ Key: 'voicecell:cell', Value: cell }]),
    ],
  },
});

const group = (tier: unknown, cell: unknown, properties = {}) =>
  placed('AWS::AutoScaling::AutoScalingGroup', tier, cell, { MinSize: '1', MaxSize: '4', ...properties });

describe('AVL-01: media runs in two cells or more', () => {
  const judged = (...resources: readonly ResourceBody[]) =>
    answersOf(AVL_01, evidence(Object.fromEntries(resources.map((resource, index) => [`R${index}`, resource]))));

  test('is met by two AZ ids, across stacks', () => {
    const given = evidence([
      stack({ Group: group('media', 'use1-az4') }),
      stack({ Group: group('media', 'use1-az6') }, { name: 'demo/other' }),
    ]);
    expect(answersOf(AVL_01, given)).toEqual(['met']);
  });

  test.each([
    ['one cell', [group('media', 'use1-az4')]],
    ['two groups of one cell', [group('media', 'use1-az4'), group('media', 'use1-az4')]],
    [
      'one group over the subnets of three zones',
      [group('media', undefined, { VPCZoneIdentifier: ['subnet-1', 'subnet-2', 'subnet-3'] })],
    ],
    ['AZ names, which are other zones in every account', [group('media', 'us-east-1a'), group('media', 'us-east-1b')]],
    ['a second cell that can hold no node', [group('media', 'use1-az4'), group('media', 'use1-az6', { MaxSize: '0' })]],
    ['a second cell of another tier', [group('media', 'use1-az4'), group('edge', 'use1-az6')]],
  ])('is not met by %s', (_, resources) => {
    expect(judged(...resources)).toEqual(['unmet']);
  });

  test('is judged region by region: a cell in another region carries no call of this one', () => {
    const given = evidence([
      stack({ Group: group('media', 'use1-az4') }),
      stack({ Group: group('media', 'use2-az1') }, { name: 'demo/other', region: 'us-east-2' }),
    ]);
    expect(answersOf(AVL_01, given)).toEqual(['unmet', 'unmet']);
  });

  test('is not known when a cell is a parameter, unless two others are known', () => {
    const hidden = group('media', { Ref: 'Cell' });
    expect(judged(group('media', 'use1-az4'), hidden)).toEqual(['indeterminate']);
    expect(judged(group('media', 'use1-az4'), hidden, group('media', 'use1-az6'))).toEqual(['met']);
  });

  test('is not about an app without media', () => {
    expect(judged(group('edge', 'use1-az4'))).toEqual([]);
  });
});

describe('AVL-02: backups are locked', () => {
  const vault = (lock: unknown, dataClass?: string): ResourceBody => ({
    Type: 'AWS::Backup::BackupVault',
    Properties: {
      BackupVaultName: 'calls',
      LockConfiguration: lock,
      ...(dataClass ? { BackupVaultTags: { 'voicecell:data-class': dataClass } } : {}),
    },
  });
  const judged = (resource: ResourceBody) => answersOf(AVL_02, evidence({ Vault: resource }));

  test.each([
    ['the days of its class', vault({ MinRetentionDays: 2192, ChangeableForDays: 3 }, 'cdr')],
    ['any days where it holds no call data', vault({ MinRetentionDays: 7, ChangeableForDays: 3 }, 'none')],
    [
      'a vault locked by nature',
      { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { MinRetentionDays: 2557 } },
    ],
  ])('is met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['met']);
  });

  test.each([
    ['no lock', vault(undefined, 'cdr')],
    ['a lock that can be lifted', vault({ MinRetentionDays: 2192 }, 'cdr')],
    ['a grace of two days, which AWS Backup refuses', vault({ MinRetentionDays: 2192, ChangeableForDays: 2 }, 'cdr')],
    ['one day short', vault({ MinRetentionDays: 2191, ChangeableForDays: 3 }, 'cdr')],
    ['six years of 365 days', vault({ MinRetentionDays: 365 * 6, ChangeableForDays: 3 }, 'cdr')],
    ['no class and less than the longest period', vault({ MinRetentionDays: 2192, ChangeableForDays: 3 })],
    ['a lock as text', vault('COMPLIANCE', 'cdr')],
  ])('is not met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['unmet']);
  });

  test('is not known when the days are a parameter', () => {
    expect(judged(vault({ MinRetentionDays: { Ref: 'Days' }, ChangeableForDays: 3 }, 'cdr'))).toEqual([
      'indeterminate',
    ]);
  });
});

describe('AVL-03: restoring is tested', () => {
  const plan = (schedule: unknown = 'cron(0 5 ? * 1 *)'): ResourceBody => ({
    Type: 'AWS::Backup::RestoreTestingPlan',
    Properties: { RestoreTestingPlanName: 'weekly', ScheduleExpression: schedule },
  });
  const selection = (name: unknown): ResourceBody => ({
    Type: 'AWS::Backup::RestoreTestingSelection',
    Properties: { RestoreTestingPlanName: name, ProtectedResourceType: 'DynamoDB' },
  });

  test.each([
    ['its name', 'weekly'],
    ['a reference', { Ref: 'Plan' }],
  ])('is met by a plan that is selected by %s', (_, name) => {
    expect(answersOf(AVL_03, evidence({ Plan: plan(), Selection: selection(name) }))).toEqual(['met']);
  });

  test.each([
    ['a plan that tests nothing', { Plan: plan() }],
    ['a plan that another selection is for', { Plan: plan(), Selection: selection('monthly') }],
    ['a plan that never runs', { Plan: plan(''), Selection: selection('weekly') }],
    ['nothing', { Table: tagged('AWS::DynamoDB::Table', 'cdr') }],
  ])('is not met by %s', (_, resources) => {
    expect(answersOf(AVL_03, evidence(resources))).toEqual(['unmet']);
  });

  test.each([
    ['the schedule is a parameter', { Plan: plan({ Ref: 'Schedule' }), Selection: selection('weekly') }],
    ['the selection is a parameter', { Plan: plan(), Selection: selection({ Ref: 'Name' }) }],
  ])('is not known when %s', (_, resources) => {
    expect(answersOf(AVL_03, evidence(resources))).toEqual(['indeterminate']);
  });

  test.each([
    ['2025-11-25', 'met'],
    ['2025-11-24', 'unmet'],
  ])('takes a test attested on %s as %s', (date, answer) => {
    const attestations = [{ id: 'restore-test', statement: 'ledger restored in 3 hours', by: 'platform', date }];
    const given = evidence({ Table: tagged('AWS::DynamoDB::Table', 'cdr') }, { attestations });
    expect(answersOf(AVL_03, given)).toEqual([answer]);
  });

  test('is not about an app with nothing to restore', () => {
    expect(answersOf(AVL_03, evidence({ Vpc: { Type: 'AWS::EC2::VPC' } }))).toEqual([]);
  });
});

describe('AVL-04: somebody is told before capacity runs out', () => {
  const TOPIC: ResourceBody = { Type: 'AWS::SNS::Topic' };
  const alarm = (name: unknown, dimensions: Readonly<Record<string, unknown>>, properties = {}): ResourceBody => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      AlarmActions: [{ Ref: 'Topic' }],
      ...properties,
    },
  });
  const judged = (watch: ResourceBody, tier = 'llm') =>
    answersOf(
      AVL_04,
      evidence({
        Topic: TOPIC,
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'use1-az4' } },
        Group: group(tier, 'use1-az4', { AutoScalingGroupName: 'gpu-nodes' }),
        Provider: {
          Type: 'AWS::ECS::CapacityProvider',
          Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } },
        },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            ServiceName: 'model',
            Cluster: { Ref: 'Cluster' },
            CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' }, Weight: 1 }],
          },
        },
        Alarm: watch,
      }),
    );

  test.each([
    ['the group', alarm('GPUUtilization', { AutoScalingGroupName: { Ref: 'Group' } })],
    ['its name', alarm('GPUUtilization', { AutoScalingGroupName: 'gpu-nodes' })],
    ['its capacity provider', alarm('CapacityProviderReservation', { CapacityProviderName: { Ref: 'Provider' } })],
    ['its service in its cluster', alarm('RunningTaskCount', { ServiceName: 'model', ClusterName: 'use1-az4' })],
    [
      'an expression over it',
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          Metrics: [
            { Id: 'e', Expression: '100 - gpu' },
            {
              Id: 'gpu',
              MetricStat: {
                Metric: { MetricName: 'gpu_cache_usage', Dimensions: [{ Name: 'Group', Value: 'gpu-nodes' }] },
              },
            },
          ],
          AlarmActions: ['arn:aws:sns:us-east-1:123456789012:oncall'],
        },
      },
    ],
  ])('is met by an alarm on %s', (_, watch) => {
    expect(judged(watch)).toEqual(['met']);
  });

  test('is met for media by an alarm on the calls of its cell, and for GPUs not', () => {
    const watch = alarm('CallsInProgress', { Cell: 'use1-az4' });
    expect(judged(watch, 'media')).toEqual(['met']);
    expect(judged(watch, 'llm')).toEqual(['unmet']);
  });

  test.each([
    ['on bytes of the group', alarm('NetworkIn', { AutoScalingGroupName: 'gpu-nodes' })],
    ['on another group', alarm('GPUUtilization', { AutoScalingGroupName: 'web-nodes' })],
    [
      'on a service of that name in another cluster',
      alarm('RunningTaskCount', { ServiceName: 'model', ClusterName: 'use1-az6' }),
    ],
    ['without action', alarm('GPUUtilization', { AutoScalingGroupName: 'gpu-nodes' }, { AlarmActions: [] })],
    [
      'whose actions are off',
      alarm('GPUUtilization', { AutoScalingGroupName: 'gpu-nodes' }, { ActionsEnabled: false }),
    ],
    [
      'that only scales',
      alarm(
        'GPUUtilization',
        { AutoScalingGroupName: 'gpu-nodes' },
        {
          AlarmActions: ['arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x'],
        },
      ),
    ],
  ])('is not met by an alarm %s', (_, watch) => {
    expect(judged(watch)).toEqual(['unmet']);
  });

  test.each([
    ['its metric', alarm({ Ref: 'Metric' }, { AutoScalingGroupName: 'gpu-nodes' })],
    ['what it is about', alarm('GPUUtilization', { AutoScalingGroupName: { Ref: 'Name' } })],
    [
      'whom it tells',
      alarm(
        'GPUUtilization',
        { AutoScalingGroupName: 'gpu-nodes' },
        { AlarmActions: { 'Fn::If': ['Prod', ['a'], []] } },
      ),
    ],
  ])('is not known when %s is not', (_, watch) => {
    expect(judged(watch)).toEqual(['indeterminate']);
  });
});

describe('AVL-05: call records can be brought back', () => {
  const recovery = (enabled: unknown) => ({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled },
  });
  const CDR = [{ Key: 'voicecell:data-class', Value: 'cdr' }];
  const judged = (resource: ResourceBody) => answersOf(AVL_05, evidence({ Table: resource }));
  const global = (...replicas: readonly unknown[]): ResourceBody => ({
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { Replicas: replicas },
  });

  test.each([
    ['a table', tagged('AWS::DynamoDB::Table', 'cdr', recovery(true))],
    ['every replica', global({ Tags: CDR, ...recovery(true) }, { Tags: CDR, ...recovery('true') })],
    ['a database', tagged('AWS::RDS::DBInstance', 'cdr', { BackupRetentionPeriod: 7 })],
  ])('is met by %s with recovery', (_, resource) => {
    expect(judged(resource)).toEqual(['met']);
  });

  test.each([
    ['a table without', tagged('AWS::DynamoDB::Table', 'cdr')],
    ['a table with it off', tagged('AWS::DynamoDB::Table', 'cdr', recovery(false))],
    [
      'a recovery window alone',
      tagged('AWS::DynamoDB::Table', 'cdr', { PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 35 } }),
    ],
    ['one replica without', global({ Tags: CDR, ...recovery(true) }, { Tags: CDR })],
    ['a database that keeps no backup', tagged('AWS::RDS::DBInstance', 'cdr', { BackupRetentionPeriod: 0 })],
    [
      'a list where an object belongs',
      tagged('AWS::DynamoDB::Table', 'cdr', { PointInTimeRecoverySpecification: [true] }),
    ],
  ])('is not met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['unmet']);
  });

  test.each([
    ['it is a condition', tagged('AWS::DynamoDB::Table', 'cdr', recovery({ 'Fn::If': ['Prod', true, false] }))],
    [
      'the class is a parameter',
      { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'voicecell:data-class', Value: { Ref: 'C' } }] } },
    ],
  ])('is not known when %s', (_, resource) => {
    expect(judged(resource)).toEqual(['indeterminate']);
  });

  test('is not about tables of something else', () => {
    expect(judged(tagged('AWS::DynamoDB::Table', 'none'))).toEqual([]);
  });
});
