import { runSimulation } from '@cloud-copilot/iam-simulate';
import { CopiesStack } from '../../lib/stacks/copies';
import { RecordsStack } from '../../lib/stacks/records';
import { INDEXES } from '../../media/contract/ledger';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { concrete, type Concrete } from './concrete';

const plan = regionPlan();
const { buckets, roles, ledgerTable, numberKeySecret } = plan.names;
const { account, region, copies } = plan;
const OFFICER = `arn:aws:iam::${account}:role/${roles.recordsOfficer}`;
const table = `arn:aws:dynamodb:${region}:${account}:table/${ledgerTable}`;
const object = (bucket: string): string => `arn:aws:s3:::${bucket}/2026/11/20/c-1/1.wav`;

let records: Concrete;
let copied: Concrete;

beforeAll(() => {
  const app = testApp();
  const stacks = [new CopiesStack(app, 'copies', { plan }), new RecordsStack(app, 'records', { plan })] as const;
  copied = concrete(templateOf(stacks[0]), copies.region, account);
  records = concrete(templateOf(stacks[1]), region, account);
});

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly as?: string;
  /** Of the request, beside what every request has. */
  readonly context?: Readonly<Record<string, string>>;
  /** Policy of what is asked for, where it has one. */
  readonly resourcePolicy?: object | undefined;
}

async function answer({ action, resource, as = OFFICER, context, resourcePolicy }: Asked): Promise<string> {
  const role = as.split('/').at(-1) ?? '';
  const result = await runSimulation(
    {
      identityPolicies: [{ name: role, policy: records.managedPolicy(role) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy ? { resourcePolicy } : {}),
      request: {
        action,
        principal: as,
        resource: { resource, accountId: account },
        contextVariables: {
          'aws:PrincipalArn': as,
          'aws:SecureTransport': 'true',
          'aws:RequestedRegion': region,
          's3:TlsVersion': '1.3',
          ...context,
        },
      },
    },
    {},
  );
  if (result.resultType !== 'single') throw new Error(JSON.stringify(result));
  return result.overallResult;
}

const vaults = [buckets.recordings, buckets.transcripts];
const copyVaults = [buckets.recordingsCopy, buckets.transcriptsCopy];

/** Everything that `voicecell records` asks of AWS beside STS, whose answer needs no right. */
const bucketPolicy = (bucket: string): object | undefined =>
  records.bucketPolicy(bucket) ?? copied.bucketPolicy(bucket);

test.each([
  ...vaults.flatMap((bucket) => [
    ['s3:GetObjectVersion', object(bucket), bucket],
    ['s3:GetObjectLegalHold', object(bucket), bucket],
  ]),
  ...[...vaults, ...copyVaults].flatMap((bucket) => [
    ['s3:PutObjectLegalHold', object(bucket), bucket],
    ['s3:GetObjectRetention', object(bucket), bucket],
    ['s3:ListBucketVersions', `arn:aws:s3:::${bucket}`, bucket],
    // Without it S3 says of what is not there that it is forbidden.
    ['s3:ListBucket', `arn:aws:s3:::${bucket}`, bucket],
  ]),
])('the officer may %s of %s', async (action, resource, bucket) => {
  expect(await answer({ action, resource, resourcePolicy: bucketPolicy(bucket) })).toBe('Allowed');
});

test.each([...vaults, ...copyVaults])('whoever only listens holds nothing in %s', async (bucket) => {
  const as = `arn:aws:iam::${account}:role/${roles.playback}`;
  const asked = { action: 's3:PutObjectLegalHold', resource: object(bucket), as };
  expect(await answer({ ...asked, resourcePolicy: bucketPolicy(bucket) })).not.toBe('Allowed');
});

test.each<readonly [string, string]>([
  ['dynamodb:Query', table],
  ...Object.keys(INDEXES).map((index) => ['dynamodb:Query', `${table}/index/${index}`] as const),
  ['dynamodb:UpdateItem', table],
  ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:${account}:secret:${numberKeySecret}-AbCdEf`],
])('the officer may %s of %s', async (action, resource) => {
  expect(await answer({ action, resource })).toBe('Allowed');
});

test.each(['dynamodb:Scan', 'dynamodb:DeleteItem', 'dynamodb:PutItem'])('the officer may not %s', async (action) => {
  expect(await answer({ action, resource: table })).not.toBe('Allowed');
});

test('the officer reads no other secret', async () => {
  const resource = `arn:aws:secretsmanager:${region}:${account}:secret:sip-certificate-AbCdEf`;
  expect(await answer({ action: 'secretsmanager:GetSecretValue', resource })).not.toBe('Allowed');
});

test.each([
  ['KeysRecordingKey', 's3'],
  ['KeysTranscriptKey', 's3'],
  ['KeysCdrKey', 'dynamodb'],
] as const)('the officer decrypts with %s through %s, and not without', async (id, service) => {
  const { arn, policy } = records.key(id);
  const via = { 'kms:ViaService': `${service}.${region}.amazonaws.com` };
  const decrypt = { action: 'kms:Decrypt', resource: arn, resourcePolicy: policy };
  expect(await answer({ ...decrypt, context: via })).toBe('Allowed');
  expect(await answer(decrypt)).not.toBe('Allowed');
});
