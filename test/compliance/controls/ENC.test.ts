import { ENC_01 } from '../../../compliance/controls/ENC-01';
import { ENC_02 } from '../../../compliance/controls/ENC-02';
import { ENC_03 } from '../../../compliance/controls/ENC-03';
import { ENC_04 } from '../../../compliance/controls/ENC-04';
import { ENC_05 } from '../../../compliance/controls/ENC-05';
import { ENC_06 } from '../../../compliance/controls/ENC-06';
import { ENC_07 } from '../../../compliance/controls/ENC-07';
import { ENC_08 } from '../../../compliance/controls/ENC-08';
import { encryptsInTransit } from '../../../compliance/controls/shared/nitro-encryption';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { INSTANCE_TYPES } from '../../../regions/catalog/instance-types';
import { answersOf, complaintsOf, evidence, stack, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;

const of = (type: string, properties: Properties = {}): ResourceBody => ({ Type: type, Properties: properties });

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const attestation = (id: string, date = '2026-11-01') => ({
  attestations: [{ id, statement: 'seen on the trunk', by: 'Voice operations', date }],
});

const encrypted = (key?: unknown, algorithm: unknown = 'aws:kms') => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      {
        ServerSideEncryptionByDefault: {
          SSEAlgorithm: algorithm,
          ...(key === undefined ? {} : { KMSMasterKeyID: key }),
        },
      },
    ],
  },
});

describe('ENC-01: buckets are encrypted with keys of the customer', () => {
  const judged = (properties: Properties) =>
    answersOf(
      ENC_01,
      evidence({ Bucket: tagged('AWS::S3::Bucket', 'recording', properties), Key: of('AWS::KMS::Key') }),
    );

  test.each([
    ['a key of the templates', encrypted(arnOf('Key'))],
    ['a key by ARN', encrypted('arn:aws:kms:us-east-1:123456789012:key/5c0c4a0a-0f6b-4d0e-9a44-3f1d5b2f7a11')],
    ['two layers of KMS', encrypted(arnOf('Key'), 'aws:kms:dsse')],
  ])('is met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['met']);
  });

  test.each([
    ['no encryption block', {}],
    ['the key of S3', encrypted(undefined, 'AES256')],
    ['KMS without a key, which is a key of AWS', encrypted()],
    ['the alias of AWS', encrypted('alias/aws/s3')],
    ['the alias of AWS by ARN', encrypted('arn:aws:kms:us-east-1:123456789012:alias/aws/s3')],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test.each([
    ['the key is a parameter without default', encrypted({ Ref: 'KeyArn' })],
    [
      'the block depends on a condition',
      { BucketEncryption: { 'Fn::If': ['Encrypt', encrypted('k').BucketEncryption, { Ref: 'AWS::NoValue' }] } },
    ],
  ])('is not known when %s', (_, properties) => {
    expect(judged(properties)).toEqual(['indeterminate']);
  });

  test('asks it of a bucket that says nothing of itself, not of one that holds nothing', () => {
    const given = { Untold: of('AWS::S3::Bucket'), Nothing: tagged('AWS::S3::Bucket', 'none') };
    expect(complaintsOf(ENC_01, evidence(given))).toEqual([expect.stringContaining('unmet Untold')]);
  });

  test('lets a bucket of access logs keep the key of S3, because nothing else takes them', () => {
    const given = {
      Logs: tagged('AWS::S3::Bucket', 'log', encrypted(undefined, 'AES256')),
      Vault: tagged('AWS::S3::Bucket', 'recording', {
        ...encrypted(arnOf('Key')),
        LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } },
      }),
      Key: of('AWS::KMS::Key'),
    };
    expect(complaintsOf(ENC_01, evidence(given))).toEqual([]);
  });
});

describe('ENC-02: volumes of nodes are encrypted with keys of the customer', () => {
  const root = (ebs: unknown, device = '/dev/xvda') => ({ DeviceName: device, Ebs: ebs });
  const good = { Encrypted: true, KmsKeyId: arnOf('Key') };
  const judged = (mappings: unknown, others: Readonly<Record<string, ResourceBody>> = {}) => {
    const data = mappings === undefined ? {} : { BlockDeviceMappings: mappings };
    const template = of('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data });
    return answersOf(ENC_02, evidence({ Template: template, Key: of('AWS::KMS::Key'), ...others }));
  };

  test('is met by an encrypted root and an instance store, which the hardware encrypts', () => {
    expect(judged([root(good), { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }])).toEqual(['met']);
  });

  test.each([
    ['no mapping, which leaves the root to the image', undefined],
    ['a root with a size only', [root({ VolumeSize: 100 })]],
    ['Encrypted without a key, which is the key of AWS', [root({ Encrypted: true })]],
    ['the alias of AWS', [root({ Encrypted: true, KmsKeyId: 'alias/aws/ebs' })]],
    ['a second volume that was forgotten', [root(good), root({ VolumeSize: 500 }, '/dev/sdf')]],
  ])('is not met by %s', (_, mappings) => {
    expect(judged(mappings)).toEqual(['unmet']);
  });

  test.each([
    ['Encrypted is a parameter without default', [root({ ...good, Encrypted: { Ref: 'Encrypt' } })]],
    ['a mapping depends on a condition', [root(good), { 'Fn::If': ['Spool', root(good), { Ref: 'AWS::NoValue' }] }]],
    ['only the second volume is listed', [root(good, '/dev/sdf')]],
  ])('is not known when %s', (_, mappings) => {
    expect(judged(mappings)).toEqual(['indeterminate']);
  });

  test('is about volumes, instances and volumes of tasks too', () => {
    const given = {
      Volume: of('AWS::EC2::Volume', { Size: 10 }),
      Instance: of('AWS::EC2::Instance', { BlockDeviceMappings: [root({ Encrypted: 'false' }, '/dev/sda1')] }),
      Service: of('AWS::ECS::Service', { VolumeConfigurations: [{ Name: 'a', ManagedEBSVolume: { SizeInGiB: 1 } }] }),
    };
    expect(answersOf(ENC_02, evidence(given))).toEqual(['unmet', 'unmet', 'unmet']);
  });

  test('judges an instance of a launch template at the template, when that is here', () => {
    const instance = (name: unknown) => of('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: name } });
    expect(judged([root(good)], { Node: instance({ Ref: 'Template' }) })).toEqual(['met']);
    expect(judged([root(good)], { Node: instance('lt-0123456789abcdef0') })).toEqual(['met', 'indeterminate']);
  });
});

describe('ENC-03: what else stores data is encrypted with keys of the customer', () => {
  const judged = (type: string, properties: Properties) =>
    answersOf(ENC_03, evidence({ Store: of(type, properties), Key: of('AWS::KMS::Key') }));

  test.each([
    ['AWS::Logs::LogGroup', { KmsKeyId: arnOf('Key') }, {}],
    [
      'AWS::DynamoDB::Table',
      { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arnOf('Key') } },
      { SSESpecification: { SSEEnabled: true } },
    ],
    ['AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Key' } }, { SqsManagedSseEnabled: true }],
    ['AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'Key' } }, { KmsMasterKeyId: 'alias/aws/sns' }],
    [
      'AWS::Kinesis::Stream',
      { StreamEncryption: { EncryptionType: 'KMS', KeyId: { Ref: 'Key' } } },
      { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } },
    ],
    ['AWS::KinesisVideo::Stream', { KmsKeyId: { Ref: 'Key' } }, { KmsKeyId: 'alias/aws/kinesisvideo' }],
    ['AWS::SecretsManager::Secret', { KmsKeyId: { Ref: 'Key' } }, { KmsKeyId: '' }],
  ])('%s names one, or fails', (type, good, bad) => {
    expect(judged(type, good)).toEqual(['met']);
    expect(judged(type, bad)).toEqual(['unmet']);
  });

  test('a delivery stream that reads from a stream keeps nothing itself; one that is put into does', () => {
    const fromStream = {
      KinesisStreamSourceConfiguration: { KinesisStreamARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/calls' },
    };
    expect(judged('AWS::KinesisFirehose::DeliveryStream', fromStream)).toEqual(['met']);
    expect(judged('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamType: 'DirectPut' })).toEqual(['unmet']);
  });

  test('a key named while encryption by it is off is not used', () => {
    const specification = { SSEEnabled: false, KMSMasterKeyId: arnOf('Key') };
    expect(judged('AWS::DynamoDB::Table', { SSESpecification: specification })).toEqual(['unmet']);
  });

  test('every replica of a global table names its own', () => {
    const replica = (key: unknown) => ({ Region: 'us-east-1', SSESpecification: { KMSMasterKeyId: key } });
    const table = {
      SSESpecification: { SSEEnabled: true },
      Replicas: [replica(arnOf('Key')), { Region: 'us-east-2' }],
    };
    expect(judged('AWS::DynamoDB::GlobalTable', table)).toEqual(['met', 'unmet']);
  });

  test('is not known when the key is a parameter without default', () => {
    expect(judged('AWS::Logs::LogGroup', { KmsKeyId: { Ref: 'LogKeyArn' } })).toEqual(['indeterminate']);
  });

  test('is not about a topic that says it carries nothing of a call', () => {
    expect(answersOf(ENC_03, evidence({ Alarms: tagged('AWS::SNS::Topic', 'none') }))).toEqual([]);
  });
});

describe('ENC-04: a key of records cannot be destroyed', () => {
  const BREAK_GLASS = 'arn:aws:iam::123456789012:role/break-glass';
  const denial = (over: Properties = {}) => ({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
    Resource: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [BREAK_GLASS] } },
    ...over,
  });
  const key = (statements: readonly unknown[], over: Partial<ResourceBody> & Properties = {}): ResourceBody => {
    const { DeletionPolicy = 'Retain', UpdateReplacePolicy = 'Retain', ...properties } = over;
    const policy = { KeyPolicy: { Statement: statements }, PendingWindowInDays: 30 };
    return { Type: 'AWS::KMS::Key', DeletionPolicy, UpdateReplacePolicy, Properties: { ...policy, ...properties } };
  };
  const vault = (value: unknown, over: Properties = {}) =>
    tagged('AWS::S3::Bucket', 'recording', { ...encrypted(value), ...over });
  const judged = (guarded: ResourceBody) => answersOf(ENC_04, evidence({ Vault: vault(arnOf('Key')), Key: guarded }));

  test('is asked of a key that is tagged with records, without a vault: a spool has one', () => {
    const spool = (properties: ResourceBody) =>
      evidence({
        Spool: {
          ...properties,
          Properties: { ...properties.Properties, Tags: [{ Key: 'voicecell:data-class', Value: 'recording' }] },
        },
      });
    expect(answersOf(ENC_04, spool(key([denial()])))).toEqual(['met']);
    expect(answersOf(ENC_04, spool(key([])))).toEqual(['unmet']);
  });

  test.each([
    ['a denial to all but break-glass', key([denial()])],
    [
      'two denials, one for each action',
      key([denial({ Action: 'kms:ScheduleKeyDeletion' }), denial({ Action: 'kms:Disable*' })]),
    ],
    ['a denial without exception', key([denial({ Principal: '*', Condition: undefined })])],
    ['the window of KMS, which is 30 days', key([denial()], { PendingWindowInDays: undefined })],
    ['a key that goes only when its creation fails', key([denial()], { DeletionPolicy: 'RetainExceptOnCreate' })],
    [
      'an emergency role of Identity Center',
      key([
        denial({
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn':
                'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Emergency_*',
            },
          },
        }),
      ]),
    ],
  ])('is met by %s', (_, guarded) => {
    expect(judged(guarded)).toEqual(['met']);
  });

  const exempt = (arn: string) => key([denial({ Condition: { ArnNotLike: { 'aws:PrincipalArn': arn } } })]);

  test.each([
    [
      'the default policy, which denies nothing',
      key([{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' }]),
    ],
    ['deletion denied but not disabling', key([denial({ Action: 'kms:ScheduleKeyDeletion' })])],
    ['a denial to one role', key([denial({ Principal: { AWS: BREAK_GLASS } })])],
    ['an exception for every role', exempt('arn:aws:iam::123456789012:role/*')],
    ['an exception for the root user, taken for the account', exempt('arn:aws:iam::123456789012:root')],
    [
      'a denial that holds without MFA only',
      key([denial({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })]),
    ],
    ['a window of 29 days', key([denial()], { PendingWindowInDays: 29 })],
    ['a window of a week', key([denial()], { PendingWindowInDays: 7 })],
    ['a key that goes with its stack', key([denial()], { DeletionPolicy: 'Delete' })],
    ['a key that goes when it is replaced', key([denial()], { UpdateReplacePolicy: 'Snapshot' })],
    ['imported material that may be deleted at once', key([denial()], { Origin: 'EXTERNAL' })],
  ])('is not met by %s', (_, guarded) => {
    expect(judged(guarded)).toEqual(['unmet']);
  });

  test.each([
    [
      'the exception is a parameter',
      key([denial({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': { Ref: 'Emergency' } } } })]),
    ],
    ['the window is a parameter', key([denial()], { PendingWindowInDays: { Ref: 'Days' } })],
    [
      'the removal policy is a condition',
      key([denial()], { DeletionPolicy: { 'Fn::If': ['Keep', 'Retain', 'Delete'] } }),
    ],
  ])('is not known when %s', (_, guarded) => {
    expect(judged(guarded)).toEqual(['indeterminate']);
  });

  test.each([
    ['by alias', { Ref: 'Alias' }],
    ['by the name of an alias', 'alias/records'],
    ['by the ARN of an alias', { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/records' }],
    ['by an ARN around its id', { 'Fn::Sub': 'arn:${AWS::Partition}:kms:us-east-1:123456789012:key/${Key}' }],
  ])('finds the key %s', (_, value) => {
    const alias = of('AWS::KMS::Alias', { AliasName: 'alias/records', TargetKeyId: arnOf('Key') });
    const given = evidence({ Vault: vault(value), Key: key([]), Alias: alias });
    expect(complaintsOf(ENC_04, given)).toEqual([expect.stringContaining('unmet Key')]);
  });

  test('finds the key of the replicas in another region, by an alias that both regions have', () => {
    const alias = { Alias: of('AWS::KMS::Alias', { AliasName: 'alias/records', TargetKeyId: { Ref: 'Key' } }) };
    const replica = {
      EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:123456789012:alias/records' },
    };
    const rules = { ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: replica }] } };
    const home = stack({ Vault: vault('alias/records', rules), Key: key([denial()]), ...alias }, { name: 'home' });
    const away = stack({ Key: key([]), ...alias }, { name: 'away', region: 'us-west-2' });
    const judgements = ENC_04.check(evidence([home, away]));
    expect(judgements.map(({ answer, resource }) => `${resource?.stack.name} ${answer}`)).toEqual([
      'home met',
      'away unmet',
    ]);
  });

  test('is not known of a key that is not in the templates, and met by one that no customer can destroy', () => {
    const elsewhere = vault('arn:aws:kms:us-east-1:123456789012:key/5c0c4a0a-0f6b-4d0e-9a44-3f1d5b2f7a11');
    expect(answersOf(ENC_04, evidence({ Vault: elsewhere }))).toEqual(['indeterminate']);
    expect(answersOf(ENC_04, evidence({ Vault: vault(undefined) }))).toEqual(['met']);
  });

  test('is not about keys of anything else', () => {
    expect(
      answersOf(ENC_04, evidence({ Key: key([]), Logs: tagged('AWS::S3::Bucket', 'log', encrypted(arnOf('Key'))) })),
    ).toEqual([]);
  });
});

describe('ENC-05: keys rotate at least once a year', () => {
  const judged = (properties: Properties) => answersOf(ENC_05, evidence({ Key: of('AWS::KMS::Key', properties) }));

  test.each([
    ['the period of KMS', { EnableKeyRotation: true }, ['met']],
    ['365 days', { EnableKeyRotation: true, RotationPeriodInDays: 365 }, ['met']],
    ['366 days', { EnableKeyRotation: true, RotationPeriodInDays: 366 }, ['unmet']],
    ['no word about it', {}, ['unmet']],
    ['rotation off', { EnableKeyRotation: false }, ['unmet']],
    ['a key out of use', { EnableKeyRotation: true, Enabled: false }, ['unmet']],
    ['a parameter without default', { EnableKeyRotation: { Ref: 'Rotate' } }, ['indeterminate']],
    ['an asymmetric key, which cannot', { KeySpec: 'RSA_4096' }, []],
    ['imported material, which cannot', { Origin: 'EXTERNAL' }, []],
  ])('with %s', (_, properties, answers) => {
    expect(judged(properties)).toEqual(answers);
  });
});

describe('ENC-06: buckets are reached over TLS 1.2 or later only', () => {
  const everything = [arnOf('Bucket'), { 'Fn::Join': ['', [arnOf('Bucket'), '/*']] }];
  const denial = (condition: Properties, over: Properties = {}) => ({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: everything,
    Condition: condition,
    ...over,
  });
  const secure = { Bool: { 'aws:SecureTransport': 'false' } };
  const modern = { NumericLessThan: { 's3:TlsVersion': '1.2' } };
  const judged = (statements: unknown, target: unknown = { Ref: 'Bucket' }) =>
    answersOf(
      ENC_06,
      evidence({
        Bucket: of('AWS::S3::Bucket'),
        Policy: of('AWS::S3::BucketPolicy', { Bucket: target, PolicyDocument: { Statement: statements } }),
      }),
    );

  test.each([
    ['both denials', [denial(secure), denial(modern)]],
    [
      'numbers and booleans as such',
      [denial({ Bool: { 'aws:SecureTransport': false } }), denial({ NumericLessThan: { 's3:TlsVersion': 1.3 } })],
    ],
    [
      'one resource with a wildcard',
      [denial(secure, { Resource: '*' }), denial(modern, { Resource: { 'Fn::Sub': '${Bucket.Arn}*' } })],
    ],
    ['at most 1.1 denied', [denial(secure), denial({ NumericLessThanEquals: { 's3:TlsVersion': '1.1' } })]],
  ])('is met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['met']);
  });

  test.each([
    ['no denial of old versions', [denial(secure)]],
    ['both conditions in one denial, which asks for both at once', [denial({ ...secure, ...modern })]],
    [
      'a denial to strangers only',
      [denial({ ...secure, StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }), denial(modern)],
    ],
    ['TLS below 1.1 denied', [denial(secure), denial({ NumericLessThan: { 's3:TlsVersion': '1.1' } })]],
    ['the objects left out', [denial(secure, { Resource: arnOf('Bucket') }), denial(modern)]],
    ['the bucket left out', [denial(secure, { Resource: everything[1] }), denial(modern)]],
    ['reads only', [denial(secure, { Action: 's3:GetObject' }), denial(modern)]],
    ['all but reads', [denial(secure, { Action: undefined, NotAction: 's3:GetObject' }), denial(modern)]],
    [
      'an allowance where it is secure',
      [denial({ Bool: { 'aws:SecureTransport': 'true' } }, { Effect: 'Allow' }), denial(modern)],
    ],
    ['the condition turned round', [denial({ Bool: { 'aws:SecureTransport': 'true' } }), denial(modern)]],
    ['one principal', [denial(secure, { Principal: { AWS: '123456789012' } }), denial(modern)]],
  ])('is not met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['unmet']);
  });

  test('is not met by a bucket without policy', () => {
    expect(answersOf(ENC_06, evidence({ Bucket: of('AWS::S3::Bucket') }))).toEqual(['unmet']);
  });

  test('is not known when a denial, or the bucket a policy is of, cannot be read', () => {
    expect(judged([denial(secure), { 'Fn::If': ['Modern', denial(modern), { Ref: 'AWS::NoValue' }] }])).toEqual([
      'indeterminate',
    ]);
    expect(judged([denial(secure), denial(modern)], { Ref: 'BucketName' })).toEqual(['indeterminate']);
  });

  test('is met although another statement cannot be read', () => {
    expect(
      judged([
        denial(secure),
        denial(modern),
        { Effect: 'Allow', Principal: { AWS: { Ref: 'Reader' } }, Action: 's3:GetObject', Resource: '*' },
      ]),
    ).toEqual(['met']);
  });
});

describe('ENC-07: calls are signalled over TLS and their media is SRTP', () => {
  const rule = (protocol: unknown, from: number, over: Properties = {}) => ({
    IpProtocol: protocol,
    FromPort: from,
    ToPort: from,
    CidrIp: '198.51.100.0/28',
    ...over,
  });
  const edge = (...rules: unknown[]) => of('AWS::EC2::SecurityGroup', { SecurityGroupIngress: rules });
  const media = (value: string) =>
    of('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Environment: [{ Name: 'CARRIERS', Value: value }] }] });
  const srtp = { Edge: media('[{"name":"a","srtp":"required"}]') };
  const judged = (group: ResourceBody, over = {}) => answersOf(ENC_07, evidence({ Group: group, ...srtp }, over));

  test.each([
    ['TLS from carriers', edge(rule('tcp', 5061))],
    [
      'plain SIP between groups, as inside a cell',
      edge(rule('tcp', 5061), rule('udp', 5060, { CidrIp: undefined, SourceSecurityGroupId: 'sg-1' })),
    ],
    ['plain SIP from private addresses', edge(rule('tcp', 5061), rule('udp', 5060, { CidrIp: '10.0.0.0/8' }))],
  ])('is met by %s', (_, group) => {
    expect(judged(group)).toEqual(['met', 'met']);
  });

  test.each([
    ['plain SIP from a carrier', edge(rule('udp', 5060))],
    ['plain SIP over TCP', edge(rule('tcp', 5060))],
    ['a range that includes it', edge(rule('udp', 1024, { ToPort: 65535 }))],
    ['a range that ends with it', edge(rule('17', 5000, { ToPort: '5060' }))],
    ['everything from everybody', edge({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' })],
    ['everybody by IPv6', edge({ ...rule('udp', 5060), CidrIp: undefined, CidrIpv6: '::/0' })],
    ['a private address with no mask to speak of', edge(rule('udp', 5060, { CidrIp: '10.0.0.0/0' }))],
  ])('is not met by %s', (_, group) => {
    expect(judged(group)).toEqual(['unmet', 'met']);
  });

  test('is about rules that are resources too', () => {
    const added = of('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', ...rule('udp', 5060) });
    expect(judged(added)).toEqual(['unmet', 'met']);
  });

  test.each([
    ['the protocol is a parameter', edge(rule({ Ref: 'Protocol' }, 5060))],
    ['the source is a parameter', edge(rule('udp', 5060, { CidrIp: { Ref: 'Carrier' } }))],
    [
      'the source is a prefix list from elsewhere',
      edge(rule('udp', 5060, { CidrIp: undefined, SourcePrefixListId: 'pl-1' })),
    ],
    [
      'the rules depend on a condition',
      of('AWS::EC2::SecurityGroup', { SecurityGroupIngress: { 'Fn::If': ['Plain', [], [rule('udp', 5060)]] } }),
    ],
  ])('is not known when %s', (_, group) => {
    expect(judged(group)).toEqual(['indeterminate', 'met']);
  });

  test('lets a carrier that cannot encrypt be attested, but never everybody, and not for ever', () => {
    const plain = { Group: edge(rule('udp', 5060)), Edge: media('[{"srtp":"none"}]') };
    expect(answersOf(ENC_07, evidence(plain))).toEqual(['unmet', 'unmet']);
    expect(answersOf(ENC_07, evidence(plain, attestation('sip-plain')))).toEqual(['met', 'met']);
    expect(answersOf(ENC_07, evidence(plain, attestation('sip-plain', '2025-11-01')))).toEqual(['unmet', 'unmet']);
    expect(judged(edge(rule('udp', 5060, { CidrIp: '0.0.0.0/0' })), attestation('ENC-07'))).toEqual(['unmet', 'met']);
  });

  test.each([
    [
      'an environment variable',
      of('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [{ Environment: [{ Name: 'SRTP', Value: 'required' }] }],
      }),
      'met',
    ],
    [
      'user data',
      of('AWS::EC2::LaunchTemplate', {
        LaunchTemplateData: { UserData: { 'Fn::Base64': 'echo srtp=required > /etc/media' } },
      }),
      'met',
    ],
    ['a parameter of Systems Manager', of('AWS::SSM::Parameter', { Value: '{"srtp": "optional"}' }), 'unmet'],
    ['a setting of Asterisk', of('AWS::SSM::Parameter', { Value: 'media_encryption=no' }), 'unmet'],
  ])('reads whether media is encrypted from %s', (_, resource, answer) => {
    expect(answersOf(ENC_07, evidence({ Group: edge(rule('tcp', 5061)), Setting: resource }))).toEqual(['met', answer]);
  });

  test('is not known when nothing says whether media is encrypted, and not about a web server', () => {
    expect(answersOf(ENC_07, evidence({ Group: edge(rule('tcp', 5061)) }))).toEqual(['met', 'indeterminate']);
    expect(answersOf(ENC_07, evidence({ Group: edge(rule('tcp', 443, { CidrIp: '0.0.0.0/0' })) }))).toEqual([]);
  });
});

describe('ENC-08: what nodes of a call send each other is encrypted on the wire', () => {
  const tags = (tier: string) => [{ ResourceType: 'instance', Tags: [{ Key: 'voicecell:tier', Value: tier }] }];
  const template = (type: unknown, tier = 'media') =>
    of('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceType: type, TagSpecifications: tags(tier) } });
  const judged = (type: unknown) => answersOf(ENC_08, evidence({ Template: template(type) }));

  test.each(['c7i.2xlarge', 'm5n.large', 'c6gn.xlarge', 'g6e.2xlarge', 'p6-b200.48xlarge'])('is met by %s', (type) => {
    expect(judged(type)).toEqual(['met']);
  });

  test.each(['c5.2xlarge', 'm5.large', 'c6g.xlarge', 'm6g.large', 'g5g.xlarge', 't3.medium', 'c4.large'])(
    'is not met by %s',
    (type) => {
      expect(judged(type)).toEqual(['unmet']);
    },
  );

  test('is not known when the type is a parameter, or EC2 picks one', () => {
    expect(judged({ Ref: 'InstanceType' })).toEqual(['indeterminate']);
    const data = { InstanceRequirements: { VCpuCount: { Min: 4 } }, TagSpecifications: tags('llm') };
    expect(
      answersOf(ENC_08, evidence({ Template: of('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data }) })),
    ).toEqual(['indeterminate']);
  });

  test('looks at every override of a group, which has its tier from its launch template', () => {
    const policy = {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' } },
        Overrides: [{ InstanceType: 'c7i.large' }, { InstanceType: 'c5.large' }],
      },
    };
    const given = {
      Template: template('c7i.large'),
      Group: of('AWS::AutoScaling::AutoScalingGroup', { MixedInstancesPolicy: policy }),
    };
    expect(complaintsOf(ENC_08, evidence(given))).toEqual([expect.stringMatching(/^unmet Group: .*c5\.large/)]);
  });

  test('takes a template for what its tagged group launches', () => {
    const group = { LaunchTemplate: { LaunchTemplateName: 'nodes' }, Tags: [{ Key: 'voicecell:tier', Value: 'edge' }] };
    const untold = of('AWS::EC2::LaunchTemplate', {
      LaunchTemplateName: 'nodes',
      LaunchTemplateData: { InstanceType: 'c5.large' },
    });
    expect(
      answersOf(ENC_08, evidence({ Template: untold, Group: of('AWS::AutoScaling::AutoScalingGroup', group) })),
    ).toEqual(['unmet']);
  });

  test('takes GPUs for inference even when nobody says so, and leaves other nodes alone', () => {
    expect(answersOf(ENC_08, evidence({ Node: of('AWS::EC2::Instance', { InstanceType: 'g5g.xlarge' }) }))).toEqual([
      'unmet',
    ]);
    expect(answersOf(ENC_08, evidence({ Node: of('AWS::EC2::Instance', { InstanceType: 't3.micro' }) }))).toEqual([]);
  });

  test('is met by mutual TLS that somebody attests', () => {
    expect(answersOf(ENC_08, evidence({ Template: template('c5.large') }, attestation('internal-mtls')))).toEqual([
      'met',
    ]);
  });

  test('knows families as the catalogue of instance types does', () => {
    const wrong = [...INSTANCE_TYPES].filter(
      ([type, spec]) => encryptsInTransit(type) !== (spec.encryptionInTransit ?? false),
    );
    expect(wrong.map(([type]) => type)).toEqual([]);
  });
});
