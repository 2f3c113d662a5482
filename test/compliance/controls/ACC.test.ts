import { ACC_01 } from '../../../compliance/controls/ACC-01';
import { ACC_02 } from '../../../compliance/controls/ACC-02';
import { ACC_03 } from '../../../compliance/controls/ACC-03';
import { ACC_04 } from '../../../compliance/controls/ACC-04';
import { ACC_05 } from '../../../compliance/controls/ACC-05';
import { ACC_06 } from '../../../compliance/controls/ACC-06';
import { ACC_07 } from '../../../compliance/controls/ACC-07';
import { ACC_08 } from '../../../compliance/controls/ACC-08';
import { ACC_09 } from '../../../compliance/controls/ACC-09';
import { ACC_10 } from '../../../compliance/controls/ACC-10';
import type { Control } from '../../../compliance/controls/control';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, stack, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;

const resource = (Type: string, Properties: Properties = {}): ResourceBody => ({ Type, Properties });

const vaultKey = (KMSMasterKeyID: unknown): Properties => ({
  BucketName: 'calls',
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
  },
});

const VAULT = {
  Key: resource('AWS::KMS::Key'),
  Vault: tagged('AWS::S3::Bucket', 'recording', vaultKey({ 'Fn::GetAtt': ['Key', 'Arn'] })),
};

const OBJECTS = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Vault', 'Arn'] }, '/*']] };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };

const allow = (Action: unknown, Resource: unknown, rest: Properties = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});

const document = (...Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });

const inline = (...statements: readonly unknown[]): Properties => ({
  Policies: [{ PolicyName: 'duties', PolicyDocument: document(...statements) }],
});

const ofRole = (control: Control, role: Properties, others: Readonly<Record<string, ResourceBody>> = {}) =>
  answersOf(control, evidence({ ...VAULT, Role: resource('AWS::IAM::Role', role), ...others }));

describe('ACC-01: duties around records are separate', () => {
  test.each([
    ['a writer that only writes', inline(allow(['s3:PutObject', 's3:AbortMultipartUpload'], OBJECTS))],
    ['a reader that only reads', inline(allow(['s3:GetObject'], OBJECTS), allow('kms:Decrypt', KEY))],
    ['an administrator of keys that uses none', inline(allow(['kms:EnableKeyRotation', 'kms:DisableKey'], KEY))],
    ['a role for emergencies that deletes', inline(allow('s3:DeleteObject*', OBJECTS), allow('kms:Sched*', KEY))],
    [
      'a writer that reads another bucket',
      inline(allow('s3:PutObject', OBJECTS), allow('s3:*', 'arn:aws:s3:::other/*')),
    ],
    [
      'a denial of the other side',
      inline(allow('s3:*', OBJECTS), { ...allow(['s3:Get*', 's3:Delete*'], OBJECTS), Effect: 'Deny' }),
    ],
  ])('is met by %s', (_, role) => {
    expect(ofRole(ACC_01, role)).toEqual(['met']);
  });

  test.each([
    ['s3:*, because it was quicker', inline(allow('s3:*', '*'))],
    ['a writer that may look', inline(allow(['s3:PutObject', 's3:GetObject'], OBJECTS))],
    ['a writer that tidies up', inline(allow('s3:PutObject', OBJECTS), allow('s3:DeleteObjectVersion', OBJECTS))],
    ['a reader that decides over the key', inline(allow('s3:Get*', OBJECTS), allow('kms:*', KEY))],
    ['a path of the bucket, by its name', inline(allow(['s3:Put*', 's3:Get*'], 'arn:aws:s3:::calls/2026/*'))],
    ['a name with a wildcard', inline(allow(['s3:Put*', 's3:Get*'], 'arn:aws-us-gov:s3:::call*'))],
    ['everything but other things', inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    ["AWS's own full access", { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] }],
    [
      'a denial of a part of the objects only',
      inline(allow('s3:*', OBJECTS), { ...allow(['s3:Get*', 's3:Delete*'], 'arn:aws:s3:::calls/x/*'), Effect: 'Deny' }),
    ],
  ])('is not met by %s', (_, role) => {
    expect(ofRole(ACC_01, role)).toEqual(['unmet']);
  });

  test('adds up what is inline, attached and granted by the policies of bucket and key', () => {
    const others = {
      Attached: resource('AWS::IAM::ManagedPolicy', {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: document(allow('kms:PutKeyPolicy', KEY)),
      }),
      BucketPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: { Ref: 'Vault' },
        PolicyDocument: document(
          allow('s3:GetObject', OBJECTS, { Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } }),
        ),
      }),
    };
    expect(complaintsOf(ACC_01, evidence({ ...VAULT, Role: resource('AWS::IAM::Role'), ...others }))).toEqual([
      'unmet Role: it may administer the key of and read records; give each duty a role of its own',
    ]);
  });

  test.each([
    ['a parameter as the action', inline(allow('s3:PutObject', OBJECTS), allow({ Ref: 'Action' }, OBJECTS))],
    ['a parameter as the resource', inline(allow('s3:PutObject', OBJECTS), allow('s3:GetObject', { Ref: 'Where' }))],
    ['a statement under a condition', inline({ 'Fn::If': ['Debug', allow('s3:*', '*'), { Ref: 'AWS::NoValue' }] })],
    ['a policy of elsewhere', { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/legacy'] }],
  ])('is not known with %s', (_, role) => {
    expect(ofRole(ACC_01, role)).toEqual(['indeterminate']);
  });

  test('is not about roles that may do nothing to records, nor about a deployment without any', () => {
    expect(ofRole(ACC_01, inline(allow('s3:*', 'arn:aws:s3:::weights/*')))).toEqual([]);
    expect(ofRole(ACC_01, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM'] })).toEqual(
      [],
    );
    expect(answersOf(ACC_01, evidence({ Role: resource('AWS::IAM::Role', inline(allow('*', '*'))) }))).toEqual([]);
  });
});

const CLOSED = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: 'true',
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
};

const closedBut = (change: Properties) => ({
  ...CLOSED,
  PublicAccessBlockConfiguration: { ...CLOSED.PublicAccessBlockConfiguration, ...change },
});

describe('ACC-02: no bucket can be made public', () => {
  const judged = (properties: Properties) =>
    answersOf(ACC_02, evidence({ Bucket: tagged('AWS::S3::Bucket', 'none', properties) }));

  test('is met by four flags and no access control lists', () => {
    expect(judged(CLOSED)).toEqual(['met']);
  });

  test.each<readonly [string, Properties]>([
    ['nothing said', {}],
    ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map(
      (flag) => [`${flag} off`, closedBut({ [flag]: false })] as const,
    ),
    ['a flag left out', closedBut({ RestrictPublicBuckets: { Ref: 'AWS::NoValue' } })],
    ['lists kept for log delivery', { ...CLOSED, OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }],
    ['owners not enforced', { PublicAccessBlockConfiguration: CLOSED.PublicAccessBlockConfiguration }],
    ['a list where an object belongs', { ...CLOSED, PublicAccessBlockConfiguration: [true, true, true, true] }],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test.each([
    ['a parameter', closedBut({ BlockPublicPolicy: { Ref: 'Block' } })],
    ['a condition', { ...CLOSED, OwnershipControls: { 'Fn::If': ['Old', CLOSED.OwnershipControls, {}] } }],
  ])('is not known with %s', (_, properties) => {
    expect(judged(properties)).toEqual(['indeterminate']);
  });
});

const SSO = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Play_0a1b2c3d4e5f6071';
const ACCOUNT = { AWS: 'arn:aws:iam::123456789012:root' };

const trust = (Principal: unknown, Condition?: Properties, Action = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition ? { Condition } : {}),
});

describe('ACC-03: people who read records have shown a second factor', () => {
  const listener = (...statements: readonly unknown[]): Properties => ({
    ...inline(allow('s3:GetObject', OBJECTS)),
    AssumeRolePolicyDocument: document(...statements),
  });
  const without = (operator: string) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'sts:AssumeRole',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  });
  const saml = trust({ Federated: 'arn:aws:iam::123456789012:saml-provider/Okta' }, {}, 'sts:AssumeRoleWithSAML');

  test.each([
    ['IAM users with MFA', [trust(ACCOUNT, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })]],
    ['the same as a boolean', [trust(ACCOUNT, { Bool: { 'aws:multifactorauthpresent': true } })]],
    ['roles of Identity Center', [trust(ACCOUNT, { ArnLike: { 'aws:PrincipalArn': [SSO] } })]],
    ['such a role as the principal', [trust({ AWS: SSO })]],
    ['a denial of whoever has none', [trust(ACCOUNT), without('BoolIfExists')]],
  ])('is met by %s', (_, statements) => {
    expect(ofRole(ACC_03, listener(...statements))).toEqual(['met']);
  });

  test.each([
    ['the whole account', [trust(ACCOUNT)]],
    [
      'BoolIfExists, which long-lived keys pass',
      [trust(ACCOUNT, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })],
    ],
    ['a denial that long-lived keys pass', [trust(ACCOUNT), without('Bool')]],
    ['one of two that has none', [trust({ AWS: SSO }), trust({ AWS: 'arn:aws:iam::210987654321:root' })]],
    ['a name beside that of Identity Center', [trust(ACCOUNT, { ArnLike: { 'aws:PrincipalArn': [SSO, '*'] } })]],
  ])('is not met by %s', (_, statements) => {
    expect(ofRole(ACC_03, listener(...statements))).toEqual(['unmet']);
  });

  test.each([
    [
      'a parameter as the condition',
      listener(trust(ACCOUNT, { Bool: { 'aws:MultiFactorAuthPresent': { Ref: 'Mfa' } } })),
    ],
    ['a trust policy that cannot be read', { ...listener(), AssumeRolePolicyDocument: { Ref: 'Trust' } }],
    ['an identity provider of which nobody says what it asks', listener(saml)],
  ])('is not known with %s', (_, role) => {
    expect(ofRole(ACC_03, role)).toEqual(['indeterminate']);
  });

  test.each([
    ['2026-11-26', 'met'],
    ['2025-11-25', 'met'],
    ['2025-11-24', 'indeterminate'],
    ['2026-11-27', 'indeterminate'],
  ])('takes an attestation of %s of what the provider asks: %s', (date, answer) => {
    const attestations = [{ id: 'mfa', statement: 'Okta asks everybody for a key', by: 'security officer', date }];
    const given = evidence({ ...VAULT, Role: resource('AWS::IAM::Role', listener(saml)) }, { attestations });
    expect(answersOf(ACC_03, given)).toEqual([answer]);
  });

  test('is not about roles of services, nor about people who read no records', () => {
    expect(ofRole(ACC_03, listener(trust({ Service: 'transcribe.amazonaws.com' })))).toEqual([]);
    expect(ofRole(ACC_03, { AssumeRolePolicyDocument: document(trust(ACCOUNT)) })).toEqual([]);
  });
});

describe('ACC-04: credentials of instances go no further than to themselves', () => {
  const V2 = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
  const launched = (MetadataOptions: unknown) => ({
    Nodes: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions } }),
  });
  const judged = (resources: Readonly<Record<string, ResourceBody>>) => answersOf(ACC_04, evidence(resources));

  test.each([
    ['IMDSv2 within one hop', V2],
    ['the hop as text', { ...V2, HttpPutResponseHopLimit: '1' }],
    ['no service at all', { HttpEndpoint: 'disabled' }],
  ])('is met by %s', (_, options) => {
    expect(judged(launched(options))).toEqual(['met']);
  });

  test.each([
    ['nothing said', undefined],
    ['IMDSv1 too', { ...V2, HttpTokens: 'optional' }],
    ['two hops, as containers on a bridge want', { ...V2, HttpPutResponseHopLimit: 2 }],
    ['the default of the account', { HttpTokens: 'required' }],
  ])('is not met by %s', (_, options) => {
    expect(judged(launched(options))).toEqual(['unmet']);
  });

  test.each([
    ['a parameter', { ...V2, HttpTokens: { Ref: 'Tokens' } }],
    ['a condition', { 'Fn::If': ['Old', { HttpTokens: 'optional' }, V2] }],
  ])('is not known with %s', (_, options) => {
    expect(judged(launched(options))).toEqual(['indeterminate']);
  });

  test('asks launch configurations and instances too, the latter by their template where they say nothing', () => {
    expect(judged({ Old: resource('AWS::AutoScaling::LaunchConfiguration', { MetadataOptions: V2 }) })).toEqual([
      'met',
    ]);
    expect(judged({ Old: resource('AWS::AutoScaling::LaunchConfiguration') })).toEqual(['unmet']);
    expect(judged({ One: resource('AWS::EC2::Instance') })).toEqual(['unmet']);
    const byTemplate = resource('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: { Ref: 'Nodes' } } });
    expect(judged({ ...launched(V2), One: byTemplate })).toEqual(['met', 'met']);
    expect(judged({ ...launched({}), One: byTemplate })).toEqual(['unmet', 'unmet']);
    expect(judged({ One: byTemplate })).toEqual(['indeterminate']);
  });
});

describe('ACC-05: sessions end within an hour', () => {
  test.each([
    [undefined, 'met'],
    [3600, 'met'],
    ['3600', 'met'],
    [3601, 'unmet'],
    [43200, 'unmet'],
    ['PT1H', 'indeterminate'],
    [{ Ref: 'Seconds' }, 'indeterminate'],
    [{ 'Fn::If': ['Long', 43200, 3600] }, 'indeterminate'],
  ])('a role with MaxSessionDuration %p is %s', (MaxSessionDuration, answer) => {
    const role = resource('AWS::IAM::Role', MaxSessionDuration === undefined ? {} : { MaxSessionDuration });
    expect(answersOf(ACC_05, evidence({ Role: role }))).toEqual([answer]);
  });

  test.each([
    ['PT1H', 'met'],
    ['PT60M', 'met'],
    ['PT1H1M', 'unmet'],
    ['PT12H', 'unmet'],
    ['P1D', 'indeterminate'],
  ])('a permission set with SessionDuration %s is %s', (SessionDuration, answer) => {
    expect(answersOf(ACC_05, evidence({ Set: resource('AWS::SSO::PermissionSet', { SessionDuration }) }))).toEqual([
      answer,
    ]);
  });
});

describe('ACC-06: nobody gets a long-lived credential', () => {
  test('is met where only roles are made', () => {
    expect(answersOf(ACC_06, evidence({ Role: resource('AWS::IAM::Role') }))).toEqual(['met']);
  });

  test.each(['AWS::IAM::User', 'AWS::IAM::AccessKey', 'AWS::IAM::ServiceSpecificCredential'])(
    'is not met by %s',
    (type) => {
      expect(answersOf(ACC_06, evidence({ Role: resource('AWS::IAM::Role'), Sip: resource(type) }))).toEqual(['unmet']);
    },
  );

  test('is not about templates without identities', () => {
    expect(answersOf(ACC_06, evidence(VAULT))).toEqual([]);
  });
});

describe('ACC-07: secrets are in Secrets Manager', () => {
  const inTask = (Name: string, Value: unknown) =>
    resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Environment: [{ Name, Value }] }] });
  const judged = (body: ResourceBody) =>
    answersOf(ACC_07, evidence({ It: body, Secret: resource('AWS::SecretsManager::Secret') }));
  const booted = (UserData: unknown) => resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData } });
  const script = (...lines: readonly string[]) => booted({ 'Fn::Base64': ['#!/bin/bash', ...lines].join('\n') });

  test.each([
    ['HF_TOKEN', 'hf_abcdefghijklmnopqrstuv'],
    ['SIP_PASSWORD', 'hunter2'],
    ['AMI_SECRET', '1234'],
    ['apiKey', 'changeme'],
    ['DATABASE_URL', 'postgres://agent:hunter2@db.internal/calls'],
    ['KEY', 'AKIAIOSFODNN7EXAMPLE'],
    ['PEM', '-----BEGIN PRIVATE KEY-----\nMIIE'],
    ['DB_PASSWORD', '{{resolve:ssm:/db/password}}'],
    ['ANYTHING', '{{resolve:secretsmanager:db:SecretString:password}}'],
  ])('is not met by %s=%s in the environment of a container', (name, value) => {
    expect(judged(inTask(name, value))).toEqual(['unmet']);
  });

  test.each([
    ['MAX_TOKENS', '512'],
    ['TOKENIZER', 'cl100k_base'],
    ['CERTIFICATE_SECRET_ARN', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:sip-AbCdEf'],
    ['SIP_SECRET', { Ref: 'Secret' }],
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['TOKEN_URL', 'https://login.example.com/token'],
    ['PRIVATE_SUBNET', 'subnet-0a1b2c'],
    ['REGION', '{{resolve:ssm:/region}}'],
  ])('is met by %s=%p, which gives nothing away', (name, value) => {
    expect(judged(inTask(name, value))).toEqual(['met']);
  });

  test('is met by a secret that the agent injects', () => {
    const Secrets = [{ Name: 'HF_TOKEN', ValueFrom: { Ref: 'Secret' } }];
    const task = resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Secrets }] });
    expect(judged(task)).toEqual([]);
  });

  test.each([
    ['an export', script('export HF_TOKEN=hf_abcdefghijklmnop')],
    ['a line of a file', script('cat > manager.conf <<EOF', '[admin]', 'secret = mysecret', 'EOF')],
    ['JSON within', script(`echo '{"password": "hunter2"}' > /etc/app.json`)],
    ['an option', script('register --user agent --password hunter2')],
    ['base64 written by hand', booted(Buffer.from('#!/bin/bash\nTOKEN=abcdef').toString('base64'))],
    ['a dynamic reference', booted({ 'Fn::Base64': { 'Fn::Sub': 'PW={{resolve:secretsmanager:db}}' } })],
    [
      'an option of a container',
      resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Command: ['serve', '--api-key', 'abc'] }] }),
    ],
    ['a variable of a function', resource('AWS::Lambda::Function', { Environment: { Variables: { API_KEY: 'abc' } } })],
    [
      'a parameter of Systems Manager',
      resource('AWS::SSM::Parameter', { Name: '/sip/password', Type: 'String', Value: 'hunter2' }),
    ],
    ['a secret that is written out', resource('AWS::SecretsManager::Secret', { SecretString: 'hunter2' })],
    ['one written out as JSON', resource('AWS::SecretsManager::Secret', { SecretString: '{"password":"hunter2"}' })],
  ])('is not met by %s', (_, body) => {
    expect(judged(body)).toEqual(['unmet']);
  });

  test.each([
    [
      'a token fetched when it runs',
      script(
        'TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token)',
        'curl -H "X-aws-ec2-metadata-token: $TOKEN" x',
      ),
    ],
    [
      'code that signs requests',
      script('credentials = self._metadata.credentials()', 'headers = {"x-amz-security-token": credentials["Token"]}'),
    ],
    ['a secret that is generated', resource('AWS::SSM::Parameter', { Name: '/sip/realm', Value: 'example.com' })],
  ])('is met by %s', (_, body) => {
    expect(judged(body)).toEqual(['met']);
  });

  test('knows parameters: one with NoEcho is a secret in plain, a default is one for all to read', () => {
    const told = (Parameters: Readonly<Record<string, { Default?: unknown; NoEcho?: boolean }>>) =>
      complaintsOf(ACC_07, evidence([stack({ Task: inTask('REALM', { Ref: 'Given' }) }, { Parameters })]));
    expect(told({ Given: { NoEcho: true } })).toEqual([
      'unmet Task: a secret is filled into REALM; keep it in Secrets Manager and name its ARN',
    ]);
    expect(told({ Given: {}, SipPassword: { Default: 'hunter2' } })).toEqual([
      'unmet -: the default of parameter SipPassword of demo/stack gives a secret away; keep it in Secrets Manager and name its ARN',
    ]);
    expect(told({ Given: {}, SipPasswordArn: { Default: 'arn:aws:secretsmanager:x' } })).toEqual([]);
  });

  test.each([
    ['a secret by name whose value is a parameter', inTask('SIP_PASSWORD', { Ref: 'Given' })],
    [
      'an environment under a condition',
      resource('AWS::Lambda::Function', { Environment: { Variables: { Ref: 'All' } } }),
    ],
    ['user data that cannot be read', booted({ Ref: 'Script' })],
    ['containers that cannot be read', resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: { Ref: 'All' } })],
  ])('is not known with %s', (_, body) => {
    expect(judged(body)).toEqual(['indeterminate']);
  });

  test('never repeats the secret', () => {
    expect(complaintsOf(ACC_07, evidence({ Task: inTask('SIP_PASSWORD', 'hunter2') })).join()).not.toContain('hunter2');
  });
});

describe('ACC-08: emergencies have a role, and its use is told', () => {
  const ALL_EVENTS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  const ROLE = { BreakGlass: resource('AWS::IAM::Role', { RoleName: 'acme-break-glass' }) };
  const pattern = (roleArn: unknown) => ({
    source: ['aws.sts'],
    detail: { eventName: ['AssumeRole'], requestParameters: { roleArn: [roleArn] } },
  });
  const rule = (EventPattern: unknown, over: Properties = {}) => ({
    Rule: resource('AWS::Events::Rule', {
      EventPattern,
      State: ALL_EVENTS,
      Targets: [{ Id: 'Topic', Arn: 'arn' }],
      ...over,
    }),
  });
  const counted = (FilterPattern: string, actions: readonly string[] = ['arn']) => ({
    Filter: resource('AWS::Logs::MetricFilter', {
      FilterPattern,
      MetricTransformations: [{ MetricNamespace: 'Trail', MetricName: 'BreakGlass', MetricValue: '1' }],
    }),
    Alarm: resource('AWS::CloudWatch::Alarm', { Namespace: 'Trail', MetricName: 'BreakGlass', AlarmActions: actions }),
  });
  const judged = (resources: Readonly<Record<string, ResourceBody>>) =>
    answersOf(ACC_08, evidence({ ...VAULT, ...resources }));
  const BY_NAME = 'arn:aws:iam::123456789012:role/acme-break-glass';

  test.each([
    ['a rule on its ARN', rule(pattern(BY_NAME))],
    ['a rule that refers to it', rule(pattern({ 'Fn::GetAtt': ['BreakGlass', 'Arn'] }))],
    ['a rule on every role', rule({ source: ['aws.sts'], detail: { eventName: ['AssumeRole'] } })],
    ['a rule written as text', rule(JSON.stringify(pattern(BY_NAME)))],
    [
      'a filter with an alarm',
      counted('{ $.eventName = "AssumeRole*" && $.requestParameters.roleArn = "*:role/acme-*-glass" }'),
    ],
  ])('is met by %s', (_, alert) => {
    expect(judged({ ...ROLE, ...alert })).toEqual(['met']);
  });

  test.each([
    ['no alert', {}],
    ['a rule that does not see events which only read', rule(pattern(BY_NAME), { State: 'ENABLED' })],
    ['a rule that tells nobody', rule(pattern(BY_NAME), { Targets: [] })],
    ['a filter on changes of trust', counted('{ $.eventName = "UpdateAssumeRolePolicy" }')],
    ['a rule on another role', rule(pattern('arn:aws:iam::123456789012:role/deployer'))],
    ['an alarm that tells nobody', counted('{ $.eventName = "AssumeRole" }', [])],
  ])('is not met by %s', (_, alert) => {
    expect(judged({ ...ROLE, ...alert })).toEqual(['unmet']);
  });

  test('is not known when the pattern is', () => {
    expect(judged({ ...ROLE, ...rule({ 'Fn::If': ['Watch', pattern(BY_NAME), {}] }) })).toEqual(['indeterminate']);
  });

  test('asks for a role where there are records, and for nothing where there are none', () => {
    expect(judged({ Other: resource('AWS::IAM::Role', { RoleName: 'deployer' }) })).toEqual(['unmet']);
    expect(answersOf(ACC_08, evidence({ Other: resource('AWS::IAM::Role') }))).toEqual([]);
  });
});

describe('ACC-09: containers have no power over their node', () => {
  const task = (container: Properties, more: Properties = {}) =>
    answersOf(
      ACC_09,
      evidence({ T: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [container], ...more }) }),
    );
  const adding = (...Add: readonly unknown[]) => ({ LinuxParameters: { Capabilities: { Add, Drop: ['ALL'] } } });
  const mounting = (SourcePath: string) => ({ Volumes: [{ Name: 'v', Host: { SourcePath } }] });

  test.each<[string, Properties, Properties]>([
    ['says nothing', {}, {}],
    ['is not privileged', { Privileged: false }, {}],
    ['may bind low ports', adding('NET_BIND_SERVICE'), {}],
    ['mounts a folder of its own', {}, mounting('/var/run/voicecell')],
    ['shares a name space with its task', {}, { PidMode: 'task' }],
  ])('is met by one that %s', (_, container, more) => {
    expect(task(container, more)).toEqual(['met']);
  });

  test.each<[string, Properties, Properties]>([
    ['is privileged', { Privileged: true }, {}],
    ['is privileged in words', { Privileged: 'true' }, {}],
    ['has the rights of an administrator', adding('NET_ADMIN', 'SYS_ADMIN'), {}],
    ['has every capability', adding('CAP_ALL'), {}],
    ['sees the processes of its node', {}, { PidMode: 'host' }],
    ['mounts the socket of the engine', {}, mounting('/var/run/docker.sock')],
    ['mounts the folder of the socket', {}, mounting('/run')],
    ['mounts the node', {}, mounting('/')],
  ])('is not met by one that %s', (_, container, more) => {
    expect(task(container, more)).toEqual(['unmet']);
  });

  test.each<[string, Properties, Properties]>([
    ['privilege', { Privileged: { Ref: 'Debug' } }, {}],
    ['capabilities', adding({ Ref: 'Capability' }), {}],
    ['processes', {}, { PidMode: { Ref: 'Mode' } }],
  ])('is not known where its %s is a parameter', (_, container, more) => {
    expect(task(container, more)).toEqual(['indeterminate']);
  });

  test.each([
    ['no word about it', {}, 'met'],
    ['false', { EnableExecuteCommand: false }, 'met'],
    ['true', { EnableExecuteCommand: true }, 'unmet'],
    ['a parameter', { EnableExecuteCommand: { Ref: 'Debug' } }, 'indeterminate'],
  ])('of a shell in the tasks of a service, with %s', (_, properties, answer) => {
    expect(answersOf(ACC_09, evidence({ S: resource('AWS::ECS::Service', properties) }))).toEqual([answer]);
  });
});

describe('ACC-10: policies let in nobody of another account', () => {
  const root = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
  const by = (Principal: unknown, Condition?: Properties) =>
    document({ Effect: 'Allow', Action: '*', Resource: '*', Principal, ...(Condition ? { Condition } : {}) });
  const comparing = (key: string, value: unknown, operator = 'StringEquals') => ({ [operator]: { [key]: value } });
  const judged = (policy: unknown) =>
    answersOf(ACC_10, evidence({ P: resource('AWS::SNS::TopicPolicy', { PolicyDocument: policy }) }));
  const nameless = (policy: unknown) => {
    const { account: _, ...anywhere } = stack({ K: resource('AWS::KMS::Key', { KeyPolicy: policy }) }, PARAMETERS);
    return answersOf(ACC_10, evidence([anywhere]));
  };
  const PARAMETERS = { Parameters: { Partner: { Type: 'String' } } };

  test.each<[string, unknown]>([
    ['the account', by(root)],
    ['a service of AWS', by({ Service: 'logs.us-east-1.amazonaws.com' })],
    ['everybody of the account', by('*', comparing('AWS:SourceOwner', '123456789012'))],
    ['one role', by({ AWS: '*' }, comparing('aws:PrincipalArn', 'arn:aws:iam::123456789012:role/w', 'ArnEquals'))],
    ['the organization', by('*', comparing('aws:PrincipalOrgID', 'o-a1b2c3d4e5'))],
    ['nobody, as it denies', document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' })],
  ])('is met by a policy that lets in %s', (_, policy) => {
    expect(judged(policy)).toEqual(['met']);
  });

  test.each<[string, unknown]>([
    ['everybody', by('*')],
    ['everybody of AWS', by({ AWS: '*' })],
    ['everybody but over TLS', by('*', comparing('aws:SecureTransport', 'true', 'Bool'))],
    [
      'everybody whose account is not said',
      by('*', comparing('aws:PrincipalAccount', '123456789012', 'StringEqualsIfExists')),
    ],
    ['everybody but one account', by('*', comparing('aws:PrincipalAccount', '123456789012', 'StringNotEquals'))],
    ['everybody of any account', by('*', comparing('aws:PrincipalAccount', '*', 'StringLike'))],
    ['everybody of another account', by('*', comparing('aws:SourceAccount', '999988887777'))],
    ['another account', by({ AWS: 'arn:aws:iam::999988887777:root' })],
    ['another account by its number', by({ AWS: ['123456789012', '999988887777'] })],
  ])('is not met by one that lets in %s', (_, policy) => {
    expect(judged(policy)).toEqual(['unmet']);
  });

  test.each<[string, unknown]>([
    ['a parameter', by({ AWS: { Ref: 'Partner' } })],
    ['a user of another service', by({ CanonicalUser: '79a59df900b949e5' })],
    ['a role that is gone', by({ AWS: 'AROAEXAMPLEID1234567' })],
  ])('is not known of one that lets in %s', (_, policy) => {
    expect(judged(policy)).toEqual(['indeterminate']);
  });

  test('of a stack for any account, its own account is its own, and a parameter may be anybody’s', () => {
    expect(nameless(by(root))).toEqual(['met']);
    expect(nameless(by({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } }))).toEqual(['indeterminate']);
    expect(nameless(by({ AWS: 'arn:aws:iam::999988887777:root' }))).toEqual(['indeterminate']);
    expect(nameless(by('*'))).toEqual(['unmet']);
  });

  test('is asked of keys, buckets, topics, queues, secrets and repositories that have a policy', () => {
    const open = {
      PolicyDocument: by('*'),
      KeyPolicy: by('*'),
      ResourcePolicy: by('*'),
      RepositoryPolicyText: by('*'),
    };
    const types = [
      'S3::BucketPolicy',
      'KMS::Key',
      'SQS::QueuePolicy',
      'SecretsManager::ResourcePolicy',
      'ECR::Repository',
    ];
    for (const type of types)
      expect([type, answersOf(ACC_10, evidence({ P: resource(`AWS::${type}`, open) }))]).toEqual([type, ['unmet']]);
    expect(answersOf(ACC_10, evidence({ K: resource('AWS::KMS::Key') }))).toEqual([]);
  });
});

describe('odd input', () => {
  const controls = [ACC_01, ACC_02, ACC_03, ACC_04, ACC_05, ACC_06, ACC_07, ACC_08, ACC_09, ACC_10];
  const ODD: readonly unknown[] = [null, 7, 'text', [], [null], { 'Fn::If': [] }, { Ref: 'Nothing' }, [[{}]]];
  const KEYS = [
    'Policies',
    'ManagedPolicyArns',
    'AssumeRolePolicyDocument',
    'MaxSessionDuration',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'BucketEncryption',
    'LaunchTemplateData',
    'UserData',
    'ContainerDefinitions',
    'EventPattern',
    'EnableExecuteCommand',
    'Volumes',
    'KeyPolicy',
    'PolicyDocument',
    'Targets',
    'Tags',
  ];
  const TYPES = [
    'AWS::IAM::Role',
    'AWS::S3::Bucket',
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::Instance',
    'AWS::ECS::Service',
    'AWS::ECS::TaskDefinition',
    'AWS::Events::Rule',
    'AWS::KMS::Key',
    'AWS::SNS::TopicPolicy',
  ];

  test.each(controls.map((control) => [control.id, control] as const))('%s never throws', (_, control) => {
    for (const value of ODD)
      for (const type of TYPES) {
        const odd = resource(type, Object.fromEntries(KEYS.map((key) => [key, value])));
        expect(() => control.check(evidence({ ...VAULT, Odd: odd, Bare: { Type: type } }))).not.toThrow();
      }
  });
});
