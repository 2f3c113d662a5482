import { alter, attribute, beside, both, drop, push, put, removed } from './edits';
import { ways, type Kind } from './mutant';
import { amend, exempting, lift, onlyFor, onlyWhen, sparing, turnedRound } from './statements';
import { BUCKET, BUCKET_POLICY, GROUP, holds, isOfTier, KEY, LOG_GROUP, TABLE, TASK, TEMPLATE } from './subjects';

const SSE = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
const encrypted = holds('recording', 'transcript', 'weights');

const PLAIN_BUCKET = {
  'it has no encryption of its own': drop('BucketEncryption'),
  'it is encrypted with the key of S3': put(SSE, { SSEAlgorithm: 'AES256' }),
  'it names no key': drop(`${SSE}.KMSMasterKeyID`),
  'its key is the one of AWS': put(`${SSE}.KMSMasterKeyID`, 'alias/aws/s3'),
};

const DISKS = 'LaunchTemplateData.BlockDeviceMappings';
const PLAIN_VOLUME = {
  'a volume is not encrypted': put(`${DISKS}.0.Ebs.Encrypted`, false),
  'a volume says nothing of encryption': drop(`${DISKS}.0.Ebs.Encrypted`),
  'a volume names no key': drop(`${DISKS}.0.Ebs.KmsKeyId`),
  'a volume has the key of AWS': put(`${DISKS}.0.Ebs.KmsKeyId`, 'alias/aws/ebs'),
  'its volumes are as the image has them': drop(DISKS),
  'it has a plain scratch volume': push(DISKS, () => ({
    DeviceName: '/dev/sdz',
    Ebs: { VolumeSize: 100, VolumeType: 'gp3' },
  })),
};

const DESTRUCTION = 'DenyDestruction';
const ofRecords = holds('recording', 'transcript');
const CARELESS_KEY = {
  'nobody is denied its destruction': lift(DESTRUCTION),
  'its deletion is not denied': sparing(DESTRUCTION, 'kms:ScheduleKeyDeletion'),
  'its disabling is not denied': sparing(DESTRUCTION, 'kms:DisableKey'),
  'every role may destroy it': exempting(DESTRUCTION, 'arn:aws:iam::*:role/*'),
  'its destruction is denied to one role': onlyFor(DESTRUCTION, 'arn:aws:iam::111122223333:role/intern'),
  'its destruction is denied without MFA only': onlyWhen(DESTRUCTION, 'BoolIfExists', {
    'aws:MultiFactorAuthPresent': 'false',
  }),
  'its denial of destruction allows it': turnedRound(DESTRUCTION),
  'it is out of use': put('Enabled', false),
  'it waits for 29 days': put('PendingWindowInDays', 29),
  'it waits for a week': put('PendingWindowInDays', 7),
  'it goes with its stack': attribute('DeletionPolicy', 'Delete'),
  'it goes when it is replaced': attribute('UpdateReplacePolicy', 'Delete'),
};

const PLAIN_HTTP = 'aws:SecureTransport';
const OLD_TLS = 's3:TlsVersion';
const narrowed = (name: string, action: string) => amend(name, (statement) => (statement['Action'] = action));
const onBucketAlone = (name: string) =>
  amend(name, (statement) => (statement['Resource'] = [statement['Resource']].flat().slice(0, 1)));
const least = (version: number) =>
  amend(OLD_TLS, (statement) => (statement['Condition'] = { NumericLessThan: { [OLD_TLS]: version } }));

const PLAIN_WIRE = {
  'plain HTTP is not denied': lift(PLAIN_HTTP),
  'old TLS is not denied': lift(OLD_TLS),
  'TLS 1.1 will do': least(1.1),
  'TLS 1.0 will do': least(1),
  'reading by plain HTTP alone is denied': narrowed(PLAIN_HTTP, 's3:GetObject'),
  'reading by old TLS alone is denied': narrowed(OLD_TLS, 's3:GetObject'),
  'plain HTTP is denied on the bucket, not on objects': onBucketAlone(PLAIN_HTTP),
  'old TLS is denied on the bucket, not on objects': onBucketAlone(OLD_TLS),
  'plain HTTP is denied to one role': onlyFor(PLAIN_HTTP, 'arn:aws:iam::111122223333:role/intern'),
  'TLS is denied in place of plain HTTP': amend(
    PLAIN_HTTP,
    (statement) => (statement['Condition'] = { Bool: { [PLAIN_HTTP]: 'true' } }),
  ),
};

const INGRESS = 'SecurityGroupIngress';
const sip = (more: Readonly<Record<string, unknown>>) =>
  push(INGRESS, () => ({ CidrIp: '198.51.100.0/28', FromPort: 5060, ToPort: 5060, IpProtocol: 'udp', ...more }));

const PLAIN_SIP = {
  'a carrier may send plain SIP by UDP': sip({}),
  'a carrier may send plain SIP by TCP': sip({ IpProtocol: 'tcp' }),
  'plain SIP is in a wider range': sip({ FromPort: 5000, ToPort: 5099 }),
  'a carrier may send anything': sip({ IpProtocol: '-1' }),
};

const said = 'ContainerDefinitions.*.Environment.*.Value';
const OLD_FAMILIES = ['t3.medium', 'c5.large', 'p3.2xlarge'] as const;

export const ENCRYPTION: readonly Kind[] = [
  ...ways('ENC-01', BUCKET, PLAIN_BUCKET, encrypted),
  ...ways('ENC-02', TEMPLATE, PLAIN_VOLUME),
  ...ways('ENC-03', LOG_GROUP, {
    'it names no key': drop('KmsKeyId'),
    'its key is one of AWS': put('KmsKeyId', 'alias/aws/logs'),
  }),
  ...ways('ENC-03', TABLE, {
    'it has the key of DynamoDB': drop('SSESpecification'),
    'its encryption by key is off': put('SSESpecification.SSEEnabled', false),
    'it names no key': drop('SSESpecification.KMSMasterKeyId'),
    'its key is one of AWS': put('SSESpecification.KMSMasterKeyId', 'alias/aws/dynamodb'),
  }),
  ...ways('ENC-03', '/guard', {
    'a dead-letter queue has no key': beside('AWS::SQS::Queue', () => ({ SqsManagedSseEnabled: true })),
    'a secret has the key of AWS': beside('AWS::SecretsManager::Secret', () => ({ Name: 'carrier/password' })),
  }),
  ...ways('ENC-04', KEY, CARELESS_KEY, ofRecords),
  ...ways('ENC-05', KEY, {
    'it does not rotate': put('EnableKeyRotation', false),
    'it says nothing of rotation': drop('EnableKeyRotation'),
    'it rotates a day late': put('RotationPeriodInDays', 366),
  }),
  ...ways('ENC-05', KEY, { 'it is out of use': put('Enabled', false) }, (draft) => !ofRecords(draft)),
  ...ways('ENC-06', BUCKET_POLICY, PLAIN_WIRE),
  ...ways('ENC-06', BUCKET_POLICY, { 'it goes': removed }, ({ id }) => id.startsWith('Logs')),
  ...ways('ENC-07', GROUP, PLAIN_SIP, isOfTier('edge')),
  ...ways(
    'ENC-07',
    TASK,
    {
      'it takes media in plain': alter(said, (value) =>
        String(value).replace('"srtp":"required"', '"srtp":"optional"'),
      ),
    },
    ({ resource }) => JSON.stringify(resource).includes('srtp'),
  ),
  ...OLD_FAMILIES.flatMap((family) =>
    ways('ENC-08', TEMPLATE, {
      [`it starts ${family}, which does not encrypt`]: put('LaunchTemplateData.InstanceType', family),
    }),
  ),
  ...ways('ENC-08', TEMPLATE, {
    'it starts whatever fits': both(
      put('LaunchTemplateData.InstanceRequirements', { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 4096 } }),
      drop('LaunchTemplateData.InstanceType'),
    ),
  }),
];
