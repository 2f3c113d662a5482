import { wholeText, type Control } from '../../../compliance/controls/control';
import type { Scope } from '../../../compliance/controls/evidence';
import { RES_01 } from '../../../compliance/controls/RES-01';
import { RES_02 } from '../../../compliance/controls/RES-02';
import { RES_03 } from '../../../compliance/controls/RES-03';
import { RES_04 } from '../../../compliance/controls/RES-04';
import { RES_05 } from '../../../compliance/controls/RES-05';
import { RES_06 } from '../../../compliance/controls/RES-06';
import { RES_07 } from '../../../compliance/controls/RES-07';
import { RES_08 } from '../../../compliance/controls/RES-08';
import { RES_09 } from '../../../compliance/controls/RES-09';
import { RES_10 } from '../../../compliance/controls/RES-10';
import { RES_11 } from '../../../compliance/controls/RES-11';
import { RES_12 } from '../../../compliance/controls/RES-12';
import { RES_13 } from '../../../compliance/controls/RES-13';
import { RES_14 } from '../../../compliance/controls/RES-14';
import { RES_15 } from '../../../compliance/controls/RES-15';
import { RES_16 } from '../../../compliance/controls/RES-16';
import { RES_17 } from '../../../compliance/controls/RES-17';
import { contains, overlap } from '../../../compliance/controls/shared/globs';
import { profileIdsIn } from '../../../compliance/controls/shared/inference-profiles';
import type { ResourceBody, StackTemplate } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, stack, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;

const EU = ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2'];
const CONDITIONAL = { 'Fn::If': ['IsProduction', 'us-east-1', 'eu-west-2'] };
const PARAMETER = { Ref: 'Anything' };
const COPY_VAULT = 'arn:aws:backup:us-west-2:123456789012:backup-vault:copies';

const resource = (Type: string, Properties: Properties = {}): ResourceBody => ({ Type, Properties });

/** What a control says of one resource alone. */
const judged = (control: Control, type: string, properties: Properties, over: Partial<Scope> = {}) =>
  answersOf(control, evidence({ It: resource(type, properties) }, over));

const allowing = (statement: Properties) => ({
  PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] },
});

const attestation = (id: string, date = '2026-09-01', statement = 'read and found so') => ({
  id,
  statement,
  by: 'security officer',
  date,
});

const withoutRegion = (resources: Readonly<Record<string, ResourceBody>>): StackTemplate => ({
  ...stack(resources),
  region: undefined,
});

describe('RES-01: every stack is bound to a region of the jurisdiction', () => {
  const topic = { Topic: resource('AWS::SNS::Topic') };

  test('is met by a stack of an allowed region and account', () => {
    expect(answersOf(RES_01, evidence([stack(topic)]))).toEqual(['met']);
  });

  test.each([
    ['a stack of London', stack(topic, { region: 'eu-west-2' })],
    ['an environment-agnostic stack', withoutRegion(topic)],
    ['an environment-agnostic stack that is empty', withoutRegion({})],
  ])('is not met by %s', (_, given) => {
    expect(answersOf(RES_01, evidence([given]))).toEqual(['unmet']);
  });

  test('says of an environment-agnostic stack what to give it', () => {
    expect(complaintsOf(RES_01, evidence([withoutRegion(topic)]))).toEqual([
      expect.stringContaining('may be deployed to any region; give it one of us-east-1'),
    ]);
  });

  test('does not take London for the EU', () => {
    const given = evidence([stack(topic, { region: 'eu-west-2' })], { regions: EU });
    expect(complaintsOf(RES_01, given)).toEqual([expect.stringContaining('its stack lies in eu-west-2')]);
  });

  test('is not known for a stack of any account', () => {
    const { account: _, ...rest } = stack(topic);
    expect(answersOf(RES_01, evidence([rest]))).toEqual(['indeterminate']);
  });

  test.each([
    ['allowed regions', ['us-west-2'], 'met'],
    ['a region outside', ['us-west-2', 'ca-central-1'], 'unmet'],
    ['regions by parameter', [PARAMETER], 'indeterminate'],
  ])('judges a stack set of %s', (_, Regions, answer) => {
    const properties = { StackInstancesGroup: [{ Regions }] };
    expect(judged(RES_01, 'AWS::CloudFormation::StackSet', properties)).toEqual(['met', answer]);
  });
});

describe('RES-02: ARNs name the partition of their stack', () => {
  const policyIn = (region: string, Resource: unknown) =>
    answersOf(
      RES_02,
      evidence([stack({ P: resource('AWS::IAM::ManagedPolicy', allowing({ Resource })) }, { region })]),
    );

  test.each([
    ['the partition of the stack', 'us-gov-west-1', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::weights' }],
    ['a partition by hand that is right', 'us-east-1', 'arn:aws:s3:::weights'],
    ['no ARN', 'cn-north-1', '*'],
  ])('is met by %s', (_, region, arn) => {
    expect(policyIn(region, arn)).toEqual(['met']);
  });

  test.each([
    ['arn:aws: in GovCloud', 'us-gov-west-1', 'arn:aws:s3:::weights'],
    ['arn:aws: in China', 'cn-north-1', ['arn:aws-cn:s3:::a', 'arn:aws:s3:::b']],
    ['arn:aws: in the sovereign cloud', 'eusc-de-east-1', { 'Fn::Sub': 'arn:aws:s3:::${AWS::Region}' }],
  ])('is not met by %s', (_, region, arn) => {
    expect(policyIn(region, arn)).toEqual(['unmet']);
  });

  test('is not known for a partition by parameter, nor by hand without a region', () => {
    expect(policyIn('cn-north-1', { 'Fn::Sub': 'arn:${Partition}:s3:::weights' })).toEqual(['indeterminate']);
    const given = withoutRegion({ P: resource('AWS::IAM::ManagedPolicy', allowing({ Resource: 'arn:aws:s3:::a' })) });
    expect(answersOf(RES_02, evidence([given]))).toEqual(['indeterminate']);
  });
});

describe('RES-03: what holds data of calls lies inside', () => {
  const vault = { Vault: tagged('AWS::S3::Bucket', 'recording') };

  test.each([
    ['met', stack(vault)],
    ['unmet', stack(vault, { region: 'ap-south-1' })],
    ['indeterminate', withoutRegion(vault)],
  ])('is %s by the region of its stack', (answer, given) => {
    expect(answersOf(RES_03, evidence([given]))).toEqual([answer]);
  });

  test('is not about what holds none', () => {
    const weights = stack({ W: tagged('AWS::S3::Bucket', 'weights') }, { region: 'ap-south-1' });
    expect(answersOf(RES_03, evidence([weights]))).toEqual([]);
  });
});

describe('RES-04: objects are replicated inside', () => {
  const replicating = (rules: unknown, more: Properties = {}): ResourceBody =>
    tagged('AWS::S3::Bucket', 'recording', { ReplicationConfiguration: { Rules: rules }, ...more });
  const to = (bucket: unknown, more: Properties = {}) => [
    { Status: 'Enabled', Destination: { Bucket: bucket, ...more } },
  ];
  const copyIn = (region: string) =>
    stack({ Copy: resource('AWS::S3::Bucket', { BucketName: 'copy' }) }, { region, name: 'demo/copies' });
  const source = (rules: unknown, more: Properties = {}) => stack({ Vault: replicating(rules, more) });
  const answers = (...stacks: readonly StackTemplate[]) => answersOf(RES_04, evidence(stacks));

  test('is met by a bucket of another stack, by name', () => {
    expect(answers(source(to('arn:aws:s3:::copy')), copyIn('us-west-2'))).toEqual(['met']);
  });

  test('is met by a bucket of the same stack, by reference', () => {
    const both = stack({
      Vault: replicating(to({ 'Fn::GetAtt': ['Copy', 'Arn'] })),
      Copy: resource('AWS::S3::Bucket'),
    });
    expect(answers(both)).toEqual(['met']);
  });

  test('is not met by a bucket in Frankfurt', () => {
    expect(answers(source(to('arn:aws:s3:::copy')), copyIn('eu-central-1'))).toEqual(['unmet']);
  });

  test('is not met by a second rule that leads outside', () => {
    const rules = [...to('arn:aws:s3:::copy'), ...to('arn:aws:s3:::other')];
    const other = stack(
      { Other: resource('AWS::S3::Bucket', { BucketName: 'other' }) },
      { region: 'ca-central-1', name: 'demo/other' },
    );
    expect(answers(source(rules), copyIn('us-west-2'), other)).toEqual(['unmet']);
  });

  test('is not met by a key outside, which shows where the replica is', () => {
    const key = { ReplicaKmsKeyID: 'arn:aws:kms:eu-west-2:123456789012:alias/copy' };
    expect(answers(source(to('arn:aws:s3:::foreign', { EncryptionConfiguration: key })))).toEqual(['unmet']);
  });

  test.each([
    ['a bucket that no template shows', to('arn:aws:s3:::foreign')],
    ['a bucket by parameter', to(PARAMETER)],
    ['rules by condition', CONDITIONAL],
    ['a bucket without region', to('arn:aws:s3:::agnostic')],
  ])('is not known for %s', (_, rules) => {
    const agnostic = withoutRegion({ Agnostic: resource('AWS::S3::Bucket', { BucketName: 'agnostic' }) });
    expect(answers(source(rules), { ...agnostic, name: 'demo/agnostic' })).toEqual(['indeterminate']);
  });

  test.each([
    ['us-west-2', 'met'],
    ['us-west-2 us-east-2', 'met'],
    ['eu-west-2', 'unmet'],
    ['US', 'unmet'],
    ['', 'indeterminate'],
  ])('takes the word of a tag that says %p: %s', (value, answer) => {
    const bucket = replicating(to('arn:aws:s3:::foreign'));
    const Tags = [{ Key: 'voicecell:replica-jurisdiction', Value: value }];
    const given = evidence({ Vault: { ...bucket, Properties: { ...bucket.Properties, Tags } } });
    expect(answersOf(RES_04, given)).toEqual([answer]);
    expect(wholeText(RES_04.check(given)[0] ?? { message: '' })).toContain('voicecell:replica-jurisdiction');
  });

  test('does not mind a rule that is disabled, nor a bucket without any', () => {
    expect(answers(source([{ Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::foreign' } }]))).toEqual(['met']);
    expect(answers(copyIn('us-west-2'))).toEqual([]);
  });
});

describe('RES-05 and RES-07: copies and replicas stay inside', () => {
  const plan = (target: unknown) => ({
    BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: target }] }] },
  });
  const snapshots = (Target: unknown) => ({ PolicyDetails: { Schedules: [{ CrossRegionCopyRules: [{ Target }] }] } });
  const secret = (...regions: readonly unknown[]) => ({ ReplicaRegions: regions.map((Region) => ({ Region })) });
  const images = (Region: unknown) => ({ ReplicationConfiguration: { Rules: [{ Destinations: [{ Region }] }] } });

  test.each<[string, Control, string, Properties, string[]]>([
    ['RES-05: a copy in a vault of Oregon', RES_05, 'AWS::Backup::BackupPlan', plan(COPY_VAULT), ['met']],
    [
      'RES-05: a copy in a vault of London',
      RES_05,
      'AWS::Backup::BackupPlan',
      plan(COPY_VAULT.replace('us-west-2', 'eu-west-2')),
      ['unmet'],
    ],
    ['RES-05: a copy in a vault by parameter', RES_05, 'AWS::Backup::BackupPlan', plan(PARAMETER), ['indeterminate']],
    [
      'RES-05: copies by condition',
      RES_05,
      'AWS::Backup::BackupPlan',
      { BackupPlan: { BackupPlanRule: [{ CopyActions: CONDITIONAL }] } },
      ['indeterminate'],
    ],
    [
      'RES-05: a plan that copies nothing',
      RES_05,
      'AWS::Backup::BackupPlan',
      { BackupPlan: { BackupPlanRule: [{}] } },
      [],
    ],
    ['RES-05: snapshots copied to Ohio', RES_05, 'AWS::DLM::LifecyclePolicy', snapshots('us-east-2'), ['met']],
    ['RES-05: snapshots copied to Canada', RES_05, 'AWS::DLM::LifecyclePolicy', snapshots('ca-central-1'), ['unmet']],
    [
      'RES-05: snapshots of a default policy',
      RES_05,
      'AWS::DLM::LifecyclePolicy',
      { CrossRegionCopyTargets: [{ TargetRegion: 'ca-central-1' }] },
      ['unmet'],
    ],
    [
      'RES-05: backups of a database',
      RES_05,
      'AWS::RDS::DBInstance',
      { AutomaticBackupReplicationRegion: 'sa-east-1' },
      ['unmet'],
    ],
    ['RES-07: a secret in Oregon', RES_07, 'AWS::SecretsManager::Secret', secret('us-west-2'), ['met']],
    [
      'RES-07: a secret in Oregon and Dublin',
      RES_07,
      'AWS::SecretsManager::Secret',
      secret('us-west-2', 'eu-west-1'),
      ['unmet'],
    ],
    ['RES-07: a secret by condition', RES_07, 'AWS::SecretsManager::Secret', secret(CONDITIONAL), ['indeterminate']],
    ['RES-07: a secret of one region', RES_07, 'AWS::SecretsManager::Secret', {}, []],
    [
      'RES-07: a table in two regions',
      RES_07,
      'AWS::DynamoDB::GlobalTable',
      { Replicas: [{ Region: { Ref: 'AWS::Region' } }, { Region: 'us-west-2' }] },
      ['met'],
    ],
    [
      'RES-07: a table with a witness outside',
      RES_07,
      'AWS::DynamoDB::GlobalTable',
      { Replicas: [{ Region: 'us-east-1' }], GlobalTableWitnesses: [{ Region: 'ca-central-1' }] },
      ['unmet'],
    ],
    ['RES-07: a replica of the older construct', RES_07, 'Custom::DynamoDBReplica', { Region: 'eu-west-1' }, ['unmet']],
    ['RES-07: images in Ohio', RES_07, 'AWS::ECR::ReplicationConfiguration', images('us-east-2'), ['met']],
    ['RES-07: images in Tokyo', RES_07, 'AWS::ECR::ReplicationConfiguration', images('ap-northeast-1'), ['unmet']],
    [
      'RES-07: a file system in Tokyo',
      RES_07,
      'AWS::EFS::FileSystem',
      { ReplicationConfiguration: { Destinations: [{ Region: 'ap-northeast-1' }] } },
      ['unmet'],
    ],
  ])('%s', (_, control, type, properties, answers) => {
    expect(judged(control, type, properties)).toEqual(answers);
  });

  test('finds the region of a vault of these templates', () => {
    const vault = (region: string) =>
      stack(
        {
          Copies: resource('AWS::Backup::BackupVault', { BackupVaultName: 'copies' }),
          Plan: resource('AWS::Backup::BackupPlan', plan({ 'Fn::GetAtt': ['Copies', 'BackupVaultArn'] })),
        },
        { region },
      );
    expect(answersOf(RES_05, evidence([vault('us-west-1')]))).toEqual(['met']);
    expect(answersOf(RES_05, evidence([vault('eu-west-1')]))).toEqual(['unmet']);
  });
});

describe('RES-06: keys stay in one region, or inside', () => {
  const key = (MultiRegion: unknown) => resource('AWS::KMS::Key', { MultiRegion });
  const primary = 'arn:aws:kms:us-east-1:123456789012:key/mrk-1';

  test.each([
    ['a key that says nothing', undefined, 'met'],
    ['a key of one region', false, 'met'],
    ['a multi-Region key without replicas in sight', true, 'unmet'],
    ['a key that is one by condition', { 'Fn::If': ['A', true, false] }, 'indeterminate'],
  ])('%s: %s', (_, multiRegion, answer) => {
    expect(answersOf(RES_06, evidence({ Key: key(multiRegion) }))).toEqual([answer]);
  });

  test.each([
    ['us-west-2', ['met', 'met']],
    ['eu-west-2', ['unmet', 'unmet']],
  ])('judges key and replica by a replica in %s', (region, answers) => {
    const stacks = [
      stack(
        { Key: key(true) },
        { Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'KeyArn' } } } },
      ),
      stack(
        { Replica: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: PARAMETER }) },
        { name: 'demo/replica', region, Parameters: { Anything: { Default: '￼demo/stack#Key.Arn￼' } } },
      ),
    ];
    expect(answersOf(RES_06, evidence(stacks))).toEqual(answers);
  });

  test.each([
    ['us-east-1', primary, 'met'],
    ['eu-west-1', primary, 'unmet'],
    ['us-east-1', primary.replace('us-east-1', 'eu-west-1'), 'unmet'],
    ['us-east-1', PARAMETER, 'indeterminate'],
  ])('judges a replica in %s of %p', (region, PrimaryKeyArn, answer) => {
    const given = stack({ Replica: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn }) }, { region });
    expect(answersOf(RES_06, evidence([given]))).toEqual([answer]);
  });
});

const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const DENY_GLOBAL = { Effect: 'Deny', Action: 'bedrock:*', Resource: 'arn:aws:bedrock:*:*:inference-profile/global.*' };

describe('RES-08: no global inference profile', () => {
  const policy = (...statements: readonly Properties[]) =>
    judged(RES_08, 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: statements } });
  const allow = (Resource: unknown, more: Properties = {}) => ({ Effect: 'Allow', Action: INVOKE, Resource, ...more });
  const inEnvironment = (name: string, value: unknown) =>
    judged(RES_08, 'AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Environment: [{ Name: name, Value: value }] }],
    });

  test.each<[string, string, Properties]>([
    [
      'an environment',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: [{ Name: 'LLM', Value: `global.${MODEL}` }] }] },
    ],
    ['a command', 'AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Command: [`--model=global.${MODEL}`] }] }],
    [
      'a function',
      'AWS::Lambda::Function',
      { Environment: { Variables: { MODEL: 'global.amazon.nova-2-lite-v1:0' } } },
    ],
    ['a parameter', 'AWS::SSM::Parameter', { Value: `{"model":"global.${MODEL}"}` }],
    [
      'user data',
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { UserData: { 'Fn::Base64': `#!/bin/sh\nMODEL=global.${MODEL}\n` } } },
    ],
    [
      'user data in base64 by hand',
      'AWS::EC2::Instance',
      { UserData: Buffer.from(`#!/bin/sh\nMODEL=global.${MODEL}`).toString('base64') },
    ],
    [
      'an agent',
      'AWS::Bedrock::Agent',
      { FoundationModel: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.${MODEL}` },
    ],
    ['a model without region', 'AWS::SSM::Parameter', { Value: `arn:aws:bedrock:::foundation-model/${MODEL}` }],
    ['a model of London', 'AWS::SSM::Parameter', { Value: `arn:aws:bedrock:eu-west-2::foundation-model/${MODEL}` }],
  ])('is not met by one named in %s', (_, type, properties) => {
    expect(judged(RES_08, type, properties)).toEqual(['unmet']);
  });

  test.each([
    ['a model of the region', 'MODEL', MODEL],
    ['a profile of the United States', 'MODEL', `us.${MODEL}`],
  ])('is met by %s', (_, name, value) => {
    expect(inEnvironment(name, value)).toEqual(['met']);
  });

  test('does not take hosts and prose for models', () => {
    expect(inEnvironment('TURN', 'turn:global.turn.twilio.com:3478')).toEqual([]);
    expect(inEnvironment('NOTE', 'kept in global.config')).toEqual([]);
  });

  test.each([
    ['a model by parameter', 'MODEL_ID', PARAMETER],
    ['a model by condition', 'LLM', CONDITIONAL],
    ['an ARN with a hole', 'X', { 'Fn::Sub': 'arn:aws:bedrock:us-east-1:1:inference-profile/${Anything}' }],
  ])('is not known for %s', (_, name, value) => {
    expect(inEnvironment(name, value)).toEqual(['indeterminate']);
  });

  test('is not known for a parameter that is named after a model', () => {
    expect(judged(RES_08, 'AWS::SSM::Parameter', { Name: '/voice/model', Value: PARAMETER })).toEqual([
      'indeterminate',
    ]);
    expect(judged(RES_08, 'AWS::SSM::Parameter', { Name: '/voice/greeting', Value: PARAMETER })).toEqual([]);
  });

  test('follows a reference to a parameter of these templates, and no further', () => {
    const told = (ValueFrom: unknown) =>
      resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Secrets: [{ Name: 'MODEL_ID', ValueFrom }] }] });
    const Parameter = resource('AWS::SSM::Parameter', { Name: '/llm/model', Value: MODEL });
    const arn = (name: unknown) => ({ 'Fn::Join': ['', ['arn:aws:ssm:us-east-1:123456789012:parameter', name]] });
    expect(answersOf(RES_08, evidence({ Task: told(arn('/llm/model')), Parameter }))).toEqual(['met']);
    expect(answersOf(RES_08, evidence({ Task: told(arn({ Ref: 'Parameter' })), Parameter }))).toEqual(['met']);
    expect(answersOf(RES_08, evidence({ Task: told(arn('/llm/other')), Parameter }))).toEqual(['indeterminate', 'met']);
  });

  test('does not mind the unknown image of a container called llm', () => {
    const properties = { ContainerDefinitions: [{ Name: 'llm', Image: PARAMETER }] };
    expect(judged(RES_08, 'AWS::ECS::TaskDefinition', properties)).toEqual([]);
  });

  test('does not mind an unknown setting unless Bedrock is used', () => {
    const task = resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Environment: [{ Name: 'X', Value: PARAMETER }] }],
    });
    const user = resource(
      'AWS::IAM::ManagedPolicy',
      allowing({ Action: INVOKE, Resource: `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}` }),
    );
    expect(answersOf(RES_08, evidence({ Task: task }))).toEqual([]);
    expect(answersOf(RES_08, evidence({ Task: task, User: user }))).toEqual(['indeterminate', 'met']);
  });

  test.each([
    ['everything', allow('*')],
    ['all of Bedrock', { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }],
    ['everything but IAM', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ['all profiles', allow('arn:aws:bedrock:us-east-1:123456789012:inference-profile/*')],
    ['a model in all regions', allow(`arn:aws:bedrock:*::foundation-model/${MODEL}`)],
    ['all of a region', allow('arn:aws:bedrock:us-east-1:*')],
    ['profiles that look harmless', allow('arn:aws:bedrock:*:*:inference-profile/*.anthropic.*')],
    [
      'all but one model',
      { Effect: 'Allow', Action: INVOKE, NotResource: `arn:aws:bedrock:*::foundation-model/${MODEL}` },
    ],
    ['a model of London', allow(`arn:aws:bedrock:eu-west-2::foundation-model/${MODEL}`)],
    [
      'everything where any region is asked for',
      allow('*', { Condition: { StringLike: { 'aws:RequestedRegion': '*' } } }),
    ],
    [
      'everything where it is unspecified',
      allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'unspecified'] } } }),
    ],
  ])('is not met by a policy that allows %s', (_, statement) => {
    expect(policy(statement)).toEqual(['unmet']);
  });

  test.each([
    ['a model of the region', [allow(`arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`)]],
    [
      'everything in allowed regions',
      [allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } } })],
    ],
    [
      'models through one profile only',
      [
        allow('arn:aws:bedrock:*::foundation-model/*', {
          Condition: { ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/us.*' } },
        }),
      ],
    ],
    ['everything but global profiles', [allow('*'), DENY_GLOBAL]],
    [
      'everything but what is unspecified',
      [
        allow('*'),
        {
          Effect: 'Deny',
          Action: 'bedrock:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } },
        },
      ],
    ],
    [
      'everything but other regions',
      [
        allow('*'),
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
        },
      ],
    ],
  ])('is met by a policy that allows %s', (_, statements) => {
    expect(policy(...statements)).toEqual(['met']);
  });

  test.each([
    ['of one model', { ...DENY_GLOBAL, Resource: `arn:aws:bedrock:*:*:inference-profile/global.${MODEL}` }],
    ['of one region', { ...DENY_GLOBAL, Resource: 'arn:aws:bedrock:us-east-1:*:inference-profile/global.*' }],
    ['of one action', { ...DENY_GLOBAL, Action: 'bedrock:InvokeModel' }],
    ['for some principals', { ...DENY_GLOBAL, Condition: { ArnLike: { 'aws:PrincipalArn': '*/intern' } } }],
    [
      'of forbidden regions',
      { ...DENY_GLOBAL, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-2'] } } },
    ],
  ])('does not take a denial %s for one of all', (_, denial) => {
    expect(policy(allow('*'), denial)).toEqual(['unmet']);
  });

  test('finds a denial beside the policy, and not where somebody else holds it too', () => {
    const wide = { Roles: [{ Ref: 'Role' }], ...allowing({ Action: INVOKE, Resource: '*' }) };
    const Role = resource('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [DENY_GLOBAL] } }] });
    expect(answersOf(RES_08, evidence({ Role, P: resource('AWS::IAM::Policy', wide) }))).toEqual(['met']);
    const shared = resource('AWS::IAM::Policy', { ...wide, Users: ['somebody'] });
    expect(answersOf(RES_08, evidence({ Role, P: shared }))).toEqual(['unmet']);
  });

  test('takes a boundary for what bounds, not for what allows', () => {
    const Boundary = resource('AWS::IAM::ManagedPolicy', allowing({ Action: '*', Resource: '*' }));
    const Role = resource('AWS::IAM::Role', { PermissionsBoundary: { Ref: 'Boundary' } });
    expect(answersOf(RES_08, evidence({ Boundary, Role }))).toEqual([]);
    expect(answersOf(RES_08, evidence({ Boundary }))).toEqual(['unmet']);
  });

  test.each([
    ['AmazonBedrockFullAccess', ['unmet']],
    ['AdministratorAccess', ['unmet']],
    ['AmazonBedrockReadOnly', []],
    ['service-role/AmazonECSTaskExecutionRolePolicy', []],
  ])('judges a role with %s', (name, answers) => {
    const properties = { ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }] };
    expect(judged(RES_08, 'AWS::IAM::Role', properties)).toEqual(answers);
  });

  test.each([
    ['a resource', { Effect: 'Allow', Action: INVOKE, Resource: PARAMETER }],
    ['an action', { Effect: 'Allow', Action: [PARAMETER], Resource: '*' }],
    ['a statement', CONDITIONAL],
  ])('is not known for %s that cannot be read', (_, statement) => {
    expect(policy(statement)).toEqual(['indeterminate']);
  });

  test('does not mind those who watch for one', () => {
    const pattern = { FilterPattern: `{ $.requestParameters.modelId = "global.${MODEL}" }` };
    expect(judged(RES_08, 'AWS::Logs::MetricFilter', pattern)).toEqual([]);
  });
});

describe('RES-09: geographic profiles only where all destinations are inside', () => {
  const model = (value: unknown, over: Partial<Scope> = {}) =>
    judged(RES_09, 'AWS::SSM::Parameter', { Name: 'model', Value: value }, over);

  test.each([
    ['us', ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'], 'met'],
    ['us', ['us-east-1'], 'unmet'],
    ['us', EU, 'unmet'],
    ['us-gov', ['us-gov-east-1', 'us-gov-west-1'], 'met'],
    ['jp', ['ap-northeast-1', 'ap-northeast-3'], 'met'],
    ['au', ['ap-southeast-2', 'ap-southeast-4'], 'met'],
    ['eu', EU, 'unmet'],
    ['apac', ['ap-southeast-1'], 'unmet'],
    ['ca', ['ca-central-1', 'ca-west-1'], 'unmet'],
    ['mars', ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'], 'unmet'],
  ])('%s. in %p: %s', (prefix, regions, answer) => {
    expect(model(`${prefix}.${MODEL}`, { regions })).toEqual([answer]);
  });

  test.each([
    [
      'a fresh attestation that names it',
      attestation('RES-09', '2026-09-01', `destinations of eu.${MODEL} are inside`),
      'met',
    ],
    [
      'one that names another',
      attestation('RES-09', '2026-09-01', 'destinations of eu.meta.llama-v1:0 are inside'),
      'unmet',
    ],
    ['one of last year', attestation('RES-09', '2025-09-01', `eu.${MODEL}`), 'unmet'],
  ])('heeds %s', (_, given, answer) => {
    expect(model(`eu.${MODEL}`, { regions: EU, attestations: [given] })).toEqual([answer]);
  });

  test.each([
    ['a model of the region', `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`, 'met'],
    ['a model of Frankfurt', `arn:aws:bedrock:eu-central-1::foundation-model/${MODEL}`, 'unmet'],
    ['profile us.', `arn:aws:bedrock:us-east-1:1:inference-profile/us.${MODEL}`, 'met'],
    ['profile eu.', `arn:aws:bedrock:eu-west-1:1:inference-profile/eu.${MODEL}`, 'unmet'],
    ['a parameter', PARAMETER, 'indeterminate'],
  ])('judges an application profile made from %s', (_, CopyFrom, answer) => {
    expect(judged(RES_09, 'AWS::Bedrock::ApplicationInferenceProfile', { ModelSource: { CopyFrom } })).toEqual([
      answer,
    ]);
  });

  test('is not known for an application profile that no template shows', () => {
    expect(model('arn:aws:bedrock:us-east-1:1:application-inference-profile/abc123')).toEqual(['indeterminate']);
  });

  test.each([
    ['profile us.', { Resource: 'arn:aws:bedrock:*:*:inference-profile/us.*' }, ['met']],
    ['profile eu.', { Resource: 'arn:aws:bedrock:*:*:inference-profile/eu.*' }, ['unmet']],
    ['all profiles', { Resource: 'arn:aws:bedrock:*:*:inference-profile/*' }, ['unmet']],
    [
      'profile eu. that only goes to allowed regions',
      {
        Resource: 'arn:aws:bedrock:*:*:inference-profile/eu.*',
        Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
      },
      ['met'],
    ],
    ['nothing of Bedrock', { Action: 's3:*', Resource: '*' }, []],
  ])('judges a policy that allows %s', (_, statement, answers) => {
    expect(judged(RES_09, 'AWS::IAM::ManagedPolicy', allowing({ Action: INVOKE, ...statement }))).toEqual(answers);
  });

  test('wants more than a denial of global profiles', () => {
    const statements = [{ Effect: 'Allow', Action: INVOKE, Resource: '*' }, DENY_GLOBAL];
    expect(judged(RES_09, 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: statements } })).toEqual(['unmet']);
  });
});

describe('RES-10: Bedrock keeps nothing', () => {
  const user = resource(
    'AWS::IAM::ManagedPolicy',
    allowing({ Action: INVOKE, Resource: `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}` }),
  );
  const call = (mode: unknown) => ({
    Create: {
      'Fn::Join': ['', ['{"service":"bedrock","action":"PutAccountDataRetention","parameters":{"mode":"', mode, '"}}']],
    },
  });
  const answers = (setter?: ResourceBody) =>
    answersOf(RES_10, evidence({ User: user, ...(setter ? { Setter: setter } : {}) }));

  test.each([
    ['a call of the SDK', resource('Custom::AWS', call('none')), 'met'],
    [
      'a custom resource with properties',
      resource('AWS::CloudFormation::CustomResource', { Api: 'PutAccountDataRetention', Mode: 'none' }),
      'met',
    ],
    ['nothing', undefined, 'unmet'],
    [
      'another custom resource',
      resource('Custom::AWS', { Create: '{"action":"PutModelInvocationLoggingConfiguration"}' }),
      'unmet',
    ],
    ['mode default', resource('Custom::AWS', call('default')), 'unmet'],
    ['mode provider_data_share', resource('Custom::AWS', call('provider_data_share')), 'unmet'],
    ['a mode by parameter', resource('Custom::AWS', call(PARAMETER)), 'indeterminate'],
    ['a handler that cannot be seen', resource('Custom::BedrockDataRetention', { Mode: 'none' }), 'indeterminate'],
    [
      'a reset when the stack goes',
      resource('Custom::AWS', {
        ...call('none'),
        Delete: '{"action":"PutAccountDataRetention","parameters":{"mode":"default"}}',
      }),
      'met',
    ],
  ])('%s: %s', (_, setter, answer) => {
    expect(answers(setter)).toEqual([answer]);
  });

  test('believes a handler whose role may make the call', () => {
    const given = evidence({
      User: user,
      Role: resource('AWS::IAM::Role', {
        Policies: [allowing({ Action: 'bedrock:PutAccountDataRetention', Resource: '*' })],
      }),
      Handler: resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      Setter: resource('Custom::Retention', {
        ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
        RetentionMode: 'none',
      }),
    });
    expect(answersOf(RES_10, given)).toEqual(['met']);
  });

  test('asks for it in each region', () => {
    const there = stack(
      { Endpoint: resource('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-west-2.bedrock-runtime' }) },
      { region: 'us-west-2', name: 'demo/west' },
    );
    const here = stack({ User: user, Setter: resource('Custom::AWS', call('none')) });
    expect(answersOf(RES_10, evidence([here, there]))).toEqual(['met', 'unmet']);
  });

  test('is not about deployments without Bedrock', () => {
    expect(judged(RES_10, 'AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.kms' })).toEqual([]);
  });
});

describe('RES-11 and RES-12: the organization', () => {
  const optOut = (value: unknown) => ({
    Type: 'AISERVICES_OPT_OUT_POLICY',
    TargetIds: ['r-root'],
    Content: { services: { default: { opt_out_policy: { '@@assign': value } } } },
  });
  const topic = { Topic: resource('AWS::SNS::Topic') };

  test.each<[string, Properties, string]>([
    ['opts out', optOut('optOut'), 'met'],
    ['opts out, as a text', { ...optOut(''), Content: JSON.stringify(optOut('optOut').Content) }, 'met'],
    ['opts in', optOut('optIn'), 'unmet'],
    [
      'opts out of one service',
      { ...optOut(''), Content: { services: { lex: { opt_out_policy: { '@@assign': 'optOut' } } } } },
      'unmet',
    ],
    ['is attached to nothing', { ...optOut('optOut'), TargetIds: [] }, 'unmet'],
    ['depends on a condition', optOut(CONDITIONAL), 'indeterminate'],
  ])('RES-11 of a policy that %s: %s', (_, properties, answer) => {
    expect(judged(RES_11, 'AWS::Organizations::Policy', properties)).toEqual([answer]);
  });

  test.each([
    ['RES-11', RES_11],
    ['RES-12', RES_12],
  ])('%s takes an attestation of the last 366 days and none of another id', (id, control) => {
    const answers = (...attestations: Scope['attestations']) => answersOf(control, evidence(topic, { attestations }));
    expect(answers()).toEqual(['unmet']);
    expect(answers(attestation(id))).toEqual(['met']);
    expect(answers(attestation(id, '2025-11-25'))).toEqual(['met']);
    expect(answers(attestation(id, '2025-11-24'))).toEqual(['unmet']);
    expect(answers(attestation(id, '2026-11-27'))).toEqual(['unmet']);
    expect(answers(attestation('RES-1'))).toEqual(['unmet']);
  });

  const REGIONS = { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } };
  const guardrails: readonly Properties[] = [
    {
      Effect: 'Deny',
      NotAction: ['iam:*', 'kms:*', 'sts:*'],
      Resource: '*',
      Condition: { ...REGIONS, ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/break-glass' } },
    },
    {
      Effect: 'Deny',
      Action: 'bedrock:*',
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:RequestedRegion': 'unspecified' },
        ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/global.*' },
      },
    },
    {
      Effect: 'Deny',
      Action: 'kms:ReplicateKey',
      Resource: '*',
      Condition: { StringNotEquals: { 'kms:ReplicaRegion': ['us-west-2'] } },
    },
    {
      Effect: 'Deny',
      Action: ['s3:CreateMultiRegionAccessPoint', 'account:EnableRegion', 'globalaccelerator:Create*'],
      Resource: '*',
    },
    {
      Effect: 'Deny',
      Action: 'bedrock:PutAccountDataRetention',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/officer' } },
    },
  ];
  const control = (statements: unknown, more: Properties = {}) =>
    resource('AWS::Organizations::Policy', {
      Type: 'SERVICE_CONTROL_POLICY',
      TargetIds: ['ou-1'],
      Content: { Statement: statements },
      ...more,
    });
  const perimeter = resource('AWS::Organizations::Policy', {
    Type: 'RESOURCE_CONTROL_POLICY',
    TargetIds: ['ou-1'],
    Content: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: ['s3:*', 'kms:*'],
          Resource: '*',
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
    },
  });

  test('RES-12 is met by all guardrails, in one policy or in several', () => {
    expect(answersOf(RES_12, evidence({ Scp: control(guardrails), Rcp: perimeter }))).toEqual(['met']);
    const [first, ...others] = guardrails;
    expect(answersOf(RES_12, evidence({ A: control([first]), B: control(others), Rcp: perimeter }))).toEqual(['met']);
  });

  test.each(guardrails.map((_, index) => index))('RES-12 is not met without statement %i', (index) => {
    expect(answersOf(RES_12, evidence({ Scp: control(guardrails.toSpliced(index, 1)), Rcp: perimeter }))).toEqual([
      'unmet',
    ]);
  });

  test('RES-12 is not met without the perimeter, by policies attached to nothing or by a list that lets the world in', () => {
    expect(answersOf(RES_12, evidence({ Scp: control(guardrails) }))).toEqual(['unmet']);
    expect(answersOf(RES_12, evidence({ Scp: control(guardrails, { TargetIds: [] }), Rcp: perimeter }))).toEqual([
      'unmet',
    ]);
    const loose = {
      ...guardrails[0],
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'unspecified'] } },
    };
    expect(answersOf(RES_12, evidence({ Scp: control([loose, ...guardrails.slice(1)]), Rcp: perimeter }))).toEqual([
      'unmet',
    ]);
  });

  test('RES-12 is not known for content that cannot be read', () => {
    expect(answersOf(RES_12, evidence({ Scp: control(CONDITIONAL), Rcp: perimeter }))).toEqual(['indeterminate']);
  });
});

describe('RES-13 and RES-14: no global edge, no link that leads outside', () => {
  const endpoint = (ServiceName: unknown, more: Properties = {}): Properties => ({ ServiceName, ...more });
  const api = (Types: unknown): Properties => ({ EndpointConfiguration: { Types } });

  test.each<[string, Control, string, Properties, string]>([
    ['RES-13: a bucket', RES_13, 'AWS::S3::Bucket', {}, 'met'],
    [
      'RES-13: a bucket with acceleration',
      RES_13,
      'AWS::S3::Bucket',
      { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
      'unmet',
    ],
    [
      'RES-13: a bucket without it any more',
      RES_13,
      'AWS::S3::Bucket',
      { AccelerateConfiguration: { AccelerationStatus: 'Suspended' } },
      'met',
    ],
    [
      'RES-13: a bucket with it by condition',
      RES_13,
      'AWS::S3::Bucket',
      { AccelerateConfiguration: CONDITIONAL },
      'indeterminate',
    ],
    ['RES-13: an accelerator', RES_13, 'AWS::GlobalAccelerator::Accelerator', {}, 'unmet'],
    ['RES-13: a distribution', RES_13, 'AWS::CloudFront::Distribution', {}, 'unmet'],
    ['RES-13: an access point of many regions', RES_13, 'AWS::S3::MultiRegionAccessPoint', {}, 'unmet'],
    ['RES-13: an API of the region', RES_13, 'AWS::ApiGateway::RestApi', api(['REGIONAL']), 'met'],
    ['RES-13: an API that says nothing and is EDGE', RES_13, 'AWS::ApiGateway::RestApi', {}, 'unmet'],
    ['RES-13: an API by parameter', RES_13, 'AWS::ApiGateway::RestApi', api(PARAMETER), 'indeterminate'],
    [
      'RES-14: a service of the region',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint({ 'Fn::Sub': 'com.amazonaws.${AWS::Region}.kms' }),
      'met',
    ],
    [
      'RES-14: a service of another region inside',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint('com.amazonaws.us-west-2.s3', { ServiceRegion: 'us-west-2' }),
      'met',
    ],
    ['RES-14: a service of Dublin', RES_14, 'AWS::EC2::VPCEndpoint', endpoint('com.amazonaws.eu-west-1.kms'), 'unmet'],
    [
      'RES-14: a region of Dublin',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint('com.amazonaws.us-east-1.kms', { ServiceRegion: 'eu-west-1' }),
      'unmet',
    ],
    [
      'RES-14: a service of somebody in Dublin',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint('com.amazonaws.vpce.eu-west-1.vpce-svc-1'),
      'unmet',
    ],
    [
      'RES-14: a service of no region',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint('com.amazonaws.s3-global.accesspoint'),
      'unmet',
    ],
    ['RES-14: a service by parameter', RES_14, 'AWS::EC2::VPCEndpoint', endpoint(PARAMETER), 'indeterminate'],
    [
      'RES-14: a region by condition',
      RES_14,
      'AWS::EC2::VPCEndpoint',
      endpoint('com.amazonaws.us-east-1.kms', { ServiceRegion: CONDITIONAL }),
      'indeterminate',
    ],
    ['RES-14: a peer in Ohio', RES_14, 'AWS::EC2::VPCPeeringConnection', { PeerRegion: 'us-east-2' }, 'met'],
    ['RES-14: a peer in Canada', RES_14, 'AWS::EC2::VPCPeeringConnection', { PeerRegion: 'ca-central-1' }, 'unmet'],
    [
      'RES-14: a gateway in Canada',
      RES_14,
      'AWS::EC2::TransitGatewayPeeringAttachment',
      { PeerRegion: 'ca-central-1' },
      'unmet',
    ],
  ])('%s', (_, control, type, properties, answer) => {
    expect(judged(control, type, properties)).toEqual([answer]);
  });
});

describe('RES-15: telemetry stays inside', () => {
  const arn = (region: string) => `arn:aws:lambda:${region}:123456789012:function:forward`;
  const central = (Region: unknown): Properties => ({ Rule: { Destination: { Region } } });
  const accountPolicy = (DestinationArn: unknown): Properties => ({
    PolicyType: 'SUBSCRIPTION_FILTER_POLICY',
    PolicyDocument: typeof DestinationArn === 'string' ? JSON.stringify({ DestinationArn }) : DestinationArn,
  });

  test.each<[string, string, Properties, string]>([
    ['a filter inside', 'AWS::Logs::SubscriptionFilter', { DestinationArn: arn('us-east-1') }, 'met'],
    ['a filter outside', 'AWS::Logs::SubscriptionFilter', { DestinationArn: arn('eu-west-2') }, 'unmet'],
    ['a filter by parameter', 'AWS::Logs::SubscriptionFilter', { DestinationArn: PARAMETER }, 'indeterminate'],
    ['a filter of the account outside', 'AWS::Logs::AccountPolicy', accountPolicy(arn('eu-west-2')), 'unmet'],
    ['a filter of the account by parameter', 'AWS::Logs::AccountPolicy', accountPolicy(PARAMETER), 'indeterminate'],
    ['a link inside', 'AWS::Oam::Link', { SinkIdentifier: 'arn:aws:oam:us-east-1:1:sink/a' }, 'met'],
    ['a link outside', 'AWS::Oam::Link', { SinkIdentifier: 'arn:aws:oam:ap-south-1:1:sink/a' }, 'unmet'],
    ['a centre inside', 'AWS::ObservabilityAdmin::OrganizationCentralizationRule', central('us-west-2'), 'met'],
    ['a centre outside', 'AWS::ObservabilityAdmin::OrganizationCentralizationRule', central('eu-central-1'), 'unmet'],
    [
      'events to a bus outside',
      'AWS::Events::Rule',
      { Targets: [{ Arn: 'arn:aws:events:eu-west-1:1:event-bus/b' }] },
      'unmet',
    ],
    ['a stream to a bucket', 'AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: {} }, 'met'],
    [
      'a stream to a vendor',
      'AWS::KinesisFirehose::DeliveryStream',
      {
        HttpEndpointDestinationConfiguration: {
          EndpointConfiguration: { Url: 'https://aws-kinesis-http-intake.logs.datadoghq.com' },
        },
      },
      'unmet',
    ],
    ['a stream to Splunk', 'AWS::KinesisFirehose::DeliveryStream', { SplunkDestinationConfiguration: {} }, 'unmet'],
    [
      'a stream by condition',
      'AWS::KinesisFirehose::DeliveryStream',
      { HttpEndpointDestinationConfiguration: CONDITIONAL },
      'indeterminate',
    ],
  ])('%s: %s', (_, type, properties, answer) => {
    expect(judged(RES_15, type, properties)).toEqual([answer]);
  });

  test('finds the region of a stream of these templates', () => {
    const given = (region: string) =>
      stack(
        {
          Filter: resource('AWS::Logs::SubscriptionFilter', { DestinationArn: { 'Fn::GetAtt': ['Stream', 'Arn'] } }),
          Stream: resource('AWS::Kinesis::Stream'),
        },
        { region },
      );
    expect(answersOf(RES_15, evidence([given('us-east-1')]))).toEqual(['met']);
    expect(answersOf(RES_15, evidence([given('eu-west-1')]))).toEqual(['unmet']);
  });
});

describe('RES-16: programs are pointed at nothing outside', () => {
  const zone = resource('AWS::ServiceDiscovery::PrivateDnsNamespace', { Name: 'cell.example' });
  const told = (value: unknown, over: Partial<Scope> = {}) => {
    const task = resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Environment: [{ Name: 'URL', Value: value }] }],
    });
    return answersOf(RES_16, evidence({ Task: task, Zone: zone }, over));
  };

  test.each([
    ['a name of the namespace', 'http://llm.cell.example:8000'],
    ['an internal name', 'ws://stt.voice.internal/audio'],
    ['the node itself', 'http://127.0.0.1:9100'],
    ['a private address', 'http://10.1.2.3:8000'],
    ['credentials of the task', 'http://169.254.170.2/v2'],
    ['an API of the region', 'https://kms.us-east-1.amazonaws.com'],
    ['a bucket of another region inside', 'https://weights.s3.us-west-2.amazonaws.com/a'],
    ['an attribute of a resource', { 'Fn::Sub': 'http://${Lb.DNSName}:80' }],
    ['no host', 'Qwen/Qwen3-8B-FP8'],
  ])('is met by %s', (_, value) => {
    const Lb = resource('AWS::ElasticLoadBalancingV2::LoadBalancer');
    const Task = resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Environment: [{ Name: 'URL', Value: value }] }],
    });
    expect(answersOf(RES_16, evidence({ Task, Zone: zone, Lb }))).toEqual(['met']);
  });

  test.each([
    ['a model', 'https://api.openai.com/v1'],
    ['speech', 'wss://eu.api.deepgram.com/v1/listen'],
    ['a public address', 'http://198.51.100.7:8000'],
    ['an address of 172.32', 'http://172.32.0.1'],
    ['an API of London', 'https://bedrock-runtime.eu-west-2.amazonaws.com'],
    ['a name that only looks like AWS', 'https://amazonaws.com.evil.example'],
    ['a name that only looks internal', 'https://internal.evil.example'],
  ])('is not met by %s', (_, value) => {
    expect(told(value)).toEqual(['unmet']);
  });

  test('lets declared hosts through, and not what is below them', () => {
    const outsideHosts = ['crm.example.com'];
    expect(told('https://CRM.example.com/calls', { outsideHosts })).toEqual(['met']);
    expect(told('https://evil.crm.example.com', { outsideHosts })).toEqual(['unmet']);
  });

  test('takes endpoints without region for those of us-east-1', () => {
    expect(told('https://sts.amazonaws.com')).toEqual(['met']);
    expect(told('https://sts.amazonaws.com', { regions: EU })).toEqual(['unmet']);
  });

  test.each([
    ['a parameter', PARAMETER],
    ['a host by parameter', { 'Fn::Sub': 'https://${Anything}/v1' }],
    ['a condition', CONDITIONAL],
    ['a secret', '{{resolve:ssm:/llm/url}}'],
    ['a host put together later', 'https://${HOST}/v1'],
  ])('is not known for %s', (_, value) => {
    expect(told(value)).toEqual(['indeterminate']);
  });

  test.each<[string, string, Properties, string[]]>([
    [
      'a command',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Command: ['sh', '-c', 'curl https://api.elevenlabs.io/v1'] }] },
      ['unmet'],
    ],
    [
      'a module in a command',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Command: ['uvicorn', 'speaches.main:create_app'] }] },
      ['met'],
    ],
    [
      'options of a log driver',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ LogConfiguration: { Options: { 'splunk-url': 'https://x.splunkcloud.com' } } }] },
      ['unmet'],
    ],
    [
      'a file of settings',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::b/a.env' }] }] },
      ['indeterminate'],
    ],
    [
      'a function',
      'AWS::Lambda::Function',
      { Environment: { Variables: { URL: 'https://api.cartesia.ai' } } },
      ['unmet'],
    ],
    [
      'code of a function',
      'AWS::Lambda::Function',
      { Code: { ZipFile: 'fetch("https://api.cartesia.ai/tts")' } },
      ['unmet'],
    ],
    ['a parameter', 'AWS::SSM::Parameter', { Value: 'https://api.assemblyai.com' }, ['unmet']],
    ['a prompt', 'AWS::SSM::Parameter', { Value: 'Be brief. Then hang up.' }, ['met']],
    [
      'user data',
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { UserData: { 'Fn::Base64': '#!/bin/sh\nLLM_HOST=api.openai.com\n' } } },
      ['unmet'],
    ],
    [
      'user data that puts a host together',
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { UserData: 'url = f"https://ec2.{region}.{domain}"' } },
      ['met'],
    ],
    [
      'a destination of events',
      'AWS::Events::ApiDestination',
      { InvocationEndpoint: 'https://hooks.slack.com/x' },
      ['unmet'],
    ],
    [
      'a subscription by web',
      'AWS::SNS::Subscription',
      { Protocol: 'https', Endpoint: 'https://events.pagerduty.com/x' },
      ['unmet'],
    ],
    ['a subscription by mail', 'AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' }, []],
    [
      'an alias in a private zone',
      'AWS::Route53::RecordSet',
      { Type: 'CNAME', ResourceRecords: ['api.openai.com'] },
      ['unmet'],
    ],
  ])('reads %s', (_, type, properties, answers) => {
    expect(judged(RES_16, type, properties)).toEqual(answers);
  });
});

describe('RES-17: images and models come from the region', () => {
  const ECR = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
  const container = (more: Properties) => ({
    ContainerDefinitions: [{ Name: 'llm', Image: `${ECR}/vllm@sha256:0`, ...more }],
  });
  const offline = { Name: 'HF_HUB_OFFLINE', Value: '1' };

  test.each([
    ['an image of the region', {}, 'met'],
    ['an image of Docker Hub', { Image: 'vllm/vllm-openai:latest' }, 'unmet'],
    ['an image of the public gallery', { Image: 'public.ecr.aws/docker/library/nginx:1' }, 'unmet'],
    ['an image of another region', { Image: `${ECR.replace('east-1', 'west-2')}/vllm:1` }, 'unmet'],
    ['an image by parameter', { Image: PARAMETER }, 'indeterminate'],
    ['a model of a hub', { Command: ['--model', 'Qwen/Qwen3-8B'] }, 'unmet'],
    ['a model of a hub, offline', { Command: ['--model', 'Qwen/Qwen3-8B'], Environment: [offline] }, 'met'],
    [
      'a model of a hub, perhaps offline',
      { Command: ['--model=Qwen/Qwen3-8B'], Environment: [{ ...offline, Value: PARAMETER }] },
      'indeterminate',
    ],
    ['a model of a directory', { Command: ['--model', '/weights/qwen'] }, 'met'],
    [
      'a token of a hub',
      { Secrets: [{ Name: 'HF_TOKEN', ValueFrom: 'arn:aws:secretsmanager:us-east-1:1:secret:hf' }] },
      'unmet',
    ],
    [
      'offline switched off',
      {
        Environment: [
          { ...offline, Value: '0' },
          { Name: 'HF_MODEL_ID', Value: 'a/b' },
        ],
      },
      'unmet',
    ],
  ])('%s: %s', (_, more, answer) => {
    expect(judged(RES_17, 'AWS::ECS::TaskDefinition', container(more))).toEqual([answer]);
  });

  test('finds the repository an image refers to', () => {
    const given = evidence({
      Repository: resource('AWS::ECR::Repository'),
      Task: resource('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [{ Image: { 'Fn::Sub': '${Repository.RepositoryUri}:1' } }],
      }),
    });
    expect(answersOf(RES_17, given)).toEqual(['met']);
  });

  test('is not met by a rule that pulls through, nor by user data that downloads', () => {
    expect(judged(RES_17, 'AWS::ECR::PullThroughCacheRule', { UpstreamRegistryUrl: 'ghcr.io' })).toEqual(['unmet']);
    const UserData = '#!/bin/sh\nhuggingface-cli download Qwen/Qwen3-8B';
    expect(judged(RES_17, 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData } })).toEqual(['unmet']);
  });
});

describe('patterns', () => {
  test.each([
    ['*', 'a*', true],
    ['a*c', 'ab*', true],
    ['a?c', 'abc', true],
    ['abc', 'abd*', false],
    ['*x*', 'y*z', true],
    ['', '*', true],
    ['', 'a', false],
  ])('%s and %s share a text: %s', (one, other, answer) => {
    expect(overlap(one, other)).toBe(answer);
    expect(overlap(other, one)).toBe(answer);
  });

  test('contain one another only where no wildcard is left over', () => {
    expect(contains('arn:*', 'arn:a*')).toBe(true);
    expect(contains('arn:a*', 'arn:*')).toBe(false);
    expect(contains('arn:?', 'arn:*')).toBe(false);
  });

  test.each([
    ['api.openai.com', []],
    ['api.mistral.ai', []],
    ['us.anthropic.com', []],
    ['bedrock.amazon.com', []],
    ['us.anthropic.claude', ['us.anthropic.claude']],
    ['sa.anthropic.claude-v9:0', ['sa.anthropic.claude-v9:0']],
    ['eu.newcomer.model-x-v1:0', ['eu.newcomer.model-x-v1:0']],
    ['inference-profile/eu.*', ['eu.*']],
    ['application-inference-profile/eu.x', []],
    ['guardrail-profile/us.guardrail.v1:0', ['us.guardrail.v1:0']],
  ])('of profiles in %s: %p', (text, ids) => {
    expect(profileIdsIn(text).map(({ id }) => id)).toEqual(ids);
  });
});

describe('odd templates', () => {
  const ALL = [
    RES_01,
    RES_02,
    RES_03,
    RES_04,
    RES_05,
    RES_06,
    RES_07,
    RES_08,
    RES_09,
    RES_10,
    RES_11,
    RES_12,
    RES_13,
    RES_14,
    RES_15,
    RES_16,
    RES_17,
  ];
  const TYPES = [
    'AWS::ApiGateway::RestApi',
    'AWS::Backup::BackupPlan',
    'AWS::Bedrock::ApplicationInferenceProfile',
    'AWS::CloudFormation::CustomResource',
    'AWS::CloudFormation::StackSet',
    'AWS::DLM::LifecyclePolicy',
    'AWS::DynamoDB::GlobalTable',
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::VPCEndpoint',
    'AWS::ECR::ReplicationConfiguration',
    'AWS::ECS::TaskDefinition',
    'AWS::Events::Rule',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
    'AWS::KMS::ReplicaKey',
    'AWS::KinesisFirehose::DeliveryStream',
    'AWS::Lambda::Function',
    'AWS::Logs::AccountPolicy',
    'AWS::Organizations::Policy',
    'AWS::S3::Bucket',
    'AWS::SSM::Parameter',
    'AWS::SSO::PermissionSet',
    'AWS::SecretsManager::Secret',
  ];
  const NAMES = [
    'AccelerateConfiguration',
    'BackupPlan',
    'Code',
    'ContainerDefinitions',
    'Content',
    'EndpointConfiguration',
    'Environment',
    'InlinePolicy',
    'LaunchTemplateData',
    'ManagedPolicyArns',
    'ModelSource',
    'MultiRegion',
    'PermissionsBoundary',
    'Policies',
    'PolicyDetails',
    'PolicyDocument',
    'PolicyType',
    'PrimaryKeyArn',
    'Replicas',
    'ReplicaRegions',
    'ReplicationConfiguration',
    'Roles',
    'ServiceName',
    'ServiceToken',
    'StackInstancesGroup',
    'Tags',
    'TargetIds',
    'Targets',
    'Type',
    'Value',
  ];

  test.each([
    ['texts', 'text'],
    ['numbers', 7],
    ['nulls', null],
    ['lists', [[], null, 'x', { Statement: null }]],
    ['objects', { Statement: 'x', Rules: {}, Statements: [1] }],
    ['statements of nonsense', { Statement: [{ Effect: 'Allow', Action: { a: 1 }, Resource: 3, Condition: [1] }, 5] }],
    ['conditions', CONDITIONAL],
    ['unknown functions', { 'Fn::Transform': { Name: 'x' } }],
    ['broken JSON', '{"Statement":'],
  ])('of %s throw nothing', (_, value) => {
    const properties = Object.fromEntries(NAMES.map((name) => [name, value]));
    const resources = Object.fromEntries(TYPES.map((type, index) => [`R${index}`, resource(type, properties)]));
    const loop = { 'Fn::ForEach::Queues': ['Name', ['a', 'b'], value] as unknown as ResourceBody };
    for (const control of ALL) expect(() => control.check(evidence({ ...resources, ...loop }))).not.toThrow();
  });
});
