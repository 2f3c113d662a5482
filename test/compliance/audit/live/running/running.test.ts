import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GetObjectRetentionCommand, HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Asking } from '../../../../../aws/ask';
import type { LiveRegion } from '../../../../../compliance/audit/live/reading';
import { RUNTIME_RULES } from '../../../../../compliance/audit/live/running/rules';
import { RUNNING_ACTIONS, runningFindings } from '../../../../../compliance/audit/live/running/running';
import type { Finding } from '../../../../../compliance/audit/posture';
import {
  awsError,
  callCount,
  clients,
  DENIABLE,
  deny,
  forget,
  runningAccount,
} from '../../../../support/running-account';
import { digestOf, lockedSandbox, NOW, type Sandbox } from '../../../../support/running-cell';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = lockedSandbox();
});

beforeEach(() => {
  runningAccount(sandbox);
});

afterAll(forget);

const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

function found(): Promise<readonly Finding[]> {
  const asking = new Asking();
  const regionOf = (region: string): LiveRegion => ({
    region,
    account: '111122223333',
    partition: 'aws',
    ask: asking.in(region),
    client: { credentials, maxAttempts: 1 },
  });
  return runningFindings([sandbox.plan], regionOf, { now: NOW, units: [sandbox.audited] });
}

const notMet = async (): Promise<string[]> =>
  (await found())
    .filter(({ status }) => status !== 'met' && status !== 'notApplicable')
    .map(({ control, region, status, message }) => `${control} ${region} ${status}: ${message}`);

test('an account that runs as planned is met, in the region and where the copies are', async () => {
  const findings = await found();
  expect(findings.filter(({ status }) => status !== 'met')).toEqual([]);
  expect(new Set(findings.map(({ region }) => region))).toEqual(new Set(['us-east-1', 'us-east-2']));
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
});

/**
 * 10 of the cluster (tasks listed, tasks, services, protection, nodes and five definitions), 3 of places, 1 of images, 1 of
 * the trail; of each of 8 buckets its list, its key and its one version.
 */
test('the sandbox takes 39 calls', async () => {
  await found();
  expect(callCount()).toBe(15 + 8 * 3);
});

test('what is called is what is said to be called, and reads', () => {
  expect(RUNNING_ACTIONS).toEqual([...DENIABLE, 's3:GetObjectLegalHold'].toSorted());
  for (const action of RUNNING_ACTIONS) expect(action).toMatch(/:(Describe|Get|List|BatchGet)/);
  const shown = Object.values(RUNTIME_RULES).flatMap(({ live }) => live as readonly string[]);
  expect(shown.filter((action) => !RUNNING_ACTIONS.includes(action))).toEqual([]);
});

test.each(DENIABLE.filter((action) => action !== 's3:GetObjectRetention'))(
  'where %s is denied, what rests on it is indeterminate and names it, and nothing is unmet',
  async (action) => {
    deny(action);
    const lines = await notMet();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain(`indeterminate: `);
    for (const line of lines) expect(line).toContain(`not allowed: ${action}`);
  },
);

const failures = [{ arn: 'arn:aws:ecs:us-east-1:111122223333:task/c/1', reason: 'INACCESSIBLE' }];

test.each([
  ['ecs:DescribeContainerInstances', DescribeContainerInstancesCommand],
  ['ecs:DescribeServices', DescribeServicesCommand],
  ['ecs:DescribeTasks', DescribeTasksCommand],
  ['ecs:GetTaskProtection', GetTaskProtectionCommand],
] as const)('where %s leaves something out, what rests on it is indeterminate', async (action, command) => {
  clients.ecs.on(command as typeof DescribeTasksCommand).resolves({ failures });
  const lines = await notMet();
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line).toMatch(new RegExp(`indeterminate: .*${action} leaves out arn:.*INACCESSIBLE`));
});

test('a service that is missing is told as one', async () => {
  clients.ecs.on(DescribeServicesCommand).resolves({ failures: [{ arn: 'stt', reason: 'MISSING' }] });
  expect((await notMet())[0]).toMatch(/unmet: there is no service /);
});

test('a task definition that is not in the answer leaves ports and GPUs indeterminate', async () => {
  clients.ecs.on(DescribeTaskDefinitionCommand).resolves({});
  const lines = await notMet();
  expect(lines).toHaveLength(8);
  for (const line of lines) expect(line).toMatch(/indeterminate: the (ports|GPUs) /);
});

test('a lock that S3 does not show is none, or one that may not be seen: it is asked outright', async () => {
  clients.s3.on(HeadObjectCommand).resolves({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'x' });
  clients.s3.on(GetObjectRetentionCommand).rejects(awsError('NoSuchObjectLockConfiguration', 'none', 404));
  expect((await notMet()).filter((line) => line.startsWith('REC-01 us-east-1 unmet'))).toHaveLength(4);
  deny('s3:GetObjectRetention');
  const denied = (await notMet()).filter((line) => line.startsWith('REC-01'));
  expect(denied).toHaveLength(8);
  for (const line of denied) expect(line).toContain('not allowed: s3:GetObjectRetention');
});

test('tasks are described a hundred at once, however many pages they are listed on', async () => {
  const arns = Array.from({ length: 250 }, (_, index) => `arn:aws:ecs:us-east-1:111122223333:task/c/${index}`);
  const { ecs } = clients;
  ecs.on(ListTasksCommand).resolves({ taskArns: arns.slice(0, 100), nextToken: 'a' });
  ecs.on(ListTasksCommand, { nextToken: 'a' }).resolves({ taskArns: arns.slice(100) });
  ecs.on(DescribeTasksCommand).resolves({ tasks: [] });
  await found();
  const asked = ecs.commandCalls(DescribeTasksCommand).map(({ args }) => args[0].input.tasks?.length);
  expect(asked).toEqual([100, 100, 50]);
});

test('a task that starts or ends is not judged', async () => {
  clients.ecs.on(DescribeTasksCommand).resolves({ tasks: [{ taskArn: 'a', lastStatus: 'PROVISIONING' }] });
  expect(await notMet()).toEqual([]);
});

test('a cell whose cluster is not there has no stage', async () => {
  for (const command of [ListTasksCommand, DescribeServicesCommand] as const)
    clients.ecs.on(command as typeof ListTasksCommand).rejects(awsError('ClusterNotFoundException', 'none'));
  const lines = await notMet();
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^CELL-03 us-east-1 unmet: there is no service /);
});

test('the id of a zone that EC2 itself gives wins over its name', async () => {
  clients.ec2.on(DescribeInstancesCommand).resolves({
    Reservations: ['edge', 'media', 'stt', 'llm', 'tts'].map((tier) => ({
      Instances: [
        {
          InstanceId: `i-${tier}`,
          SubnetId: `subnet-${tier === 'edge' || tier === 'media' ? tier : 'inference'}`,
          Placement: { AvailabilityZone: 'us-east-1b', AvailabilityZoneId: 'use1-az6' },
        },
      ],
    })),
  });
  const lines = await notMet();
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('runs in use1-az6, outside its cell use1-az1');
});

test('an image of the kit may run by the digest of its index or of what the index lists', async () => {
  const repository = 'cdk-hnb659fds-container-assets-111122223333-us-east-1';
  const listing = (imageTag: string) => ({
    imageId: { imageTag, imageDigest: `sha256:${'c'.repeat(64)}` },
    imageManifest: JSON.stringify({ manifests: [{ digest: digestOf(imageTag) }] }),
  });
  clients.ecr
    .on(BatchGetImageCommand)
    .callsFake((input: { repositoryName: string; imageIds: { imageTag: string }[] }) => {
      expect(input.repositoryName).toBe(repository);
      return Promise.resolve({ images: input.imageIds.map(({ imageTag }) => listing(imageTag)) });
    });
  expect(await notMet()).toEqual([]);
  clients.ecr.on(BatchGetImageCommand).rejects(awsError('RepositoryNotFoundException', 'none'));
  expect((await notMet())[0]).toContain(`which ${repository} does not hold`);
});

test('of a large bucket the end is listed too, folder by folder, and never without bound', async () => {
  const entry = (Key: string, day: number) => ({ Key, VersionId: 'v', LastModified: new Date(2026, 9, day) });
  const { s3 } = clients;
  s3.on(ListObjectVersionsCommand).resolves({ IsTruncated: true, Versions: [entry('2026/10/01/a', 1)] });
  s3.on(ListObjectVersionsCommand, { Prefix: '' }).resolves({
    CommonPrefixes: [{ Prefix: '2025/' }, { Prefix: '2026/' }],
  });
  s3.on(ListObjectVersionsCommand, { Prefix: '2026/' }).resolves({ Versions: [entry('2026/z', 30)] });
  await found();
  const perBucket = s3.commandCalls(ListObjectVersionsCommand).length / 8;
  expect(perBucket).toBe(3);
  const keys = s3.commandCalls(HeadObjectCommand).map(({ args }) => args[0].input.Key);
  expect(new Set(keys)).toEqual(new Set(['2026/10/01/a', '2026/z']));
  s3.on(ListObjectVersionsCommand).resolves({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }] });
  s3.resetHistory();
  await found();
  expect(s3.commandCalls(ListObjectVersionsCommand).length / 8).toBe(7);
});

test('of many versions the five oldest and the five newest are looked at', async () => {
  const versions = Array.from({ length: 40 }, (_, index) => ({
    Key: `k${index}`,
    VersionId: 'v',
    LastModified: new Date(Date.UTC(2026, 9, 1, index)),
  }));
  clients.s3.on(ListObjectVersionsCommand).resolves({ Versions: versions });
  await found();
  const asked = new Set(clients.s3.commandCalls(HeadObjectCommand).map(({ args }) => args[0].input.Key));
  expect(asked).toEqual(new Set([0, 1, 2, 3, 4, 35, 36, 37, 38, 39].map((index) => `k${index}`)));
});
