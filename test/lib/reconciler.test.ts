import type { Template } from 'aws-cdk-lib/assertions';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reconcilerCode } from '../../lib/constructs/records/reconciler-code';
import { RecordsStack } from '../../lib/stacks/records';
import { WatchStack } from '../../lib/stacks/watch';
import { METRICS, RECORDS_FINDINGS } from '../../media/contract/metrics';
import { reconciledDaysAgo, reconciliationOf } from '../../regions/plan/reconciliation';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { resourcesOf, statementsOf } from '../support/template';

const plan = regionPlan();
let records: Template;
let watch: Template;

beforeAll(() => {
  const app = testApp();
  const stack = new RecordsStack(app, 'records', { plan });
  watch = templateOf(new WatchStack(app, 'watch', { plan, topicKey: stack.keys.topic }));
  records = templateOf(stack);
});

const only = (type: string, id: string): Record<string, unknown> =>
  Object.entries(resourcesOf(records, type)).find(([one]) => one.startsWith(id))?.[1].Properties ?? {};

describe('the reconciler', () => {
  test('may query the ledger, list versions and see locks; it can read no content', () => {
    const statements = statementsOf(records, 'AWS::IAM::ManagedPolicy', 'ReconcilerRolePolicy');
    expect(statements.flatMap(({ Action }) => Action)).toEqual([
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:DescribeKey',
      's3:ListBucketVersions',
      's3:GetObjectRetention',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    const decrypt = statements.find(({ Sid }) => Sid === 'DecryptLedger');
    expect(decrypt).toMatchObject({
      Resource: { 'Fn::GetAtt': ['KeysCdrKey809A79BC', 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } },
    });
  });

  test('reaches the vaults of calls and their copies, and no other bucket', () => {
    const { recordings, recordingsCopy, transcripts, transcriptsCopy } = plan.names.buckets;
    const list = statementsOf(records, 'AWS::IAM::ManagedPolicy', 'ReconcilerRolePolicy').find(
      ({ Sid }) => Sid === 'ListVersions',
    );
    expect(list?.Resource).toEqual(
      [recordings, recordingsCopy, transcripts, transcriptsCopy].map((name) => `arn:aws:s3:::${name}`),
    );
  });

  test('compares one day at a time, into a log of its own that only its role writes', () => {
    expect(only('AWS::Lambda::Function', 'Reconciler')).toMatchObject({
      ReservedConcurrentExecutions: 1,
      Timeout: 900,
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: 'ReconcilerLogGroupE0CBD904' }, LogFormat: 'Text' },
    });
    expect(only('AWS::Logs::LogGroup', 'Reconciler')).toMatchObject({
      KmsKeyId: { 'Fn::GetAtt': ['KeysLogKey60548579', 'Arn'] },
      DeletionProtectionEnabled: true,
    });
  });

  test('is told by the plan what every version must be like', () => {
    const { Environment } = only('AWS::Lambda::Function', 'Reconciler') as {
      readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
    };
    expect(JSON.parse(Environment.Variables['RECONCILIATION'] ?? '')).toEqual(reconciliationOf(plan));
  });

  test('is called once a day for each day that is compared, by its rule alone', () => {
    const { Targets, ScheduleExpression } = only('AWS::Events::Rule', 'Reconciler') as {
      readonly Targets: readonly { readonly InputTransformer: { readonly InputTemplate: string } }[];
      readonly ScheduleExpression: string;
    };
    expect(ScheduleExpression).toBe('cron(20 5 * * ? *)');
    expect(Targets.map(({ InputTransformer }) => InputTransformer.InputTemplate)).toEqual(
      [1, 8, 31, 2191].map((ago) => `{"time":<time>,"daysAgo":${ago}}`),
    );
    expect(only('AWS::Lambda::Permission', 'Reconciler')).toMatchObject({
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^ReconcilerSchedule/), 'Arn'] },
    });
  });

  test('is one file that a machine without packages can load', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
    writeFileSync(path.join(folder, 'index.js'), reconcilerCode());
    const load = `process.stdout.write(typeof require('./index.js').handler)`;
    const env = { ...process.env, RECONCILIATION: JSON.stringify(reconciliationOf(plan)), NODE_NO_WARNINGS: '1' };
    expect(execFileSync(process.execPath, ['-e', load], { cwd: folder, env, encoding: 'utf8' })).toBe('function');
    rmSync(folder, { recursive: true });
  });

  test('has the same code wherever it is bundled, and no path of the machine in it', () => {
    const code = reconcilerCode();
    jest.resetModules();
    const { reconcilerCode: again } =
      require('../../lib/constructs/records/reconciler-code') as typeof import('../../lib/constructs/records/reconciler-code');
    expect(again() === code).toBe(true);
    expect(code).not.toContain(path.join(__dirname, '..', '..'));
  });
});

describe('the alarms on it', () => {
  const alarm = (name: string) =>
    Object.values(resourcesOf(watch, 'AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => Properties)
      .find(({ AlarmName }) => AlarmName === `${plan.names.prefix}-${name}`);

  test('go off at a finding, and at two days in which not every day was compared', () => {
    const metric = {
      Namespace: METRICS.namespace,
      MetricName: RECORDS_FINDINGS.name,
      Dimensions: [
        { Name: 'Deployment', Value: plan.deployment },
        { Name: 'Region', Value: plan.region },
      ],
      Period: 86_400,
    };
    expect(alarm('records-findings')).toMatchObject({
      ...metric,
      Statistic: 'Sum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(alarm('records-not-reconciled')).toMatchObject({
      ...metric,
      Statistic: 'SampleCount',
      Threshold: 4,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
  });
});

describe('the days that are compared', () => {
  const vaults = (...days: number[]) => ({
    vaults: reconciliationOf(plan).vaults.map((vault, index) => ({ ...vault, days: days[index] ?? 1 })),
  });

  test.each<[number[], number[]]>([
    [
      [2192, 2192],
      [1, 8, 31, 2191],
    ],
    [
      [2557, 1096],
      [1, 8, 31, 1095, 2556],
    ],
    [
      [30, 9],
      [1, 8, 29],
    ],
    [[1, 1], [1]],
  ])('of vaults that keep %j days began %j days ago', (days, ago) => {
    expect(reconciledDaysAgo(vaults(...days))).toEqual(ago);
  });

  test('are never more than a rule has targets', () => {
    for (const days of [1, 2, 9, 30, 32, 2192])
      expect(reconciledDaysAgo(vaults(days, 3650)).length).toBeLessThanOrEqual(5);
  });
});
