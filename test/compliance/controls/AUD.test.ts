import { AUD_01 } from '../../../compliance/controls/AUD-01';
import { AUD_02 } from '../../../compliance/controls/AUD-02';
import { AUD_03 } from '../../../compliance/controls/AUD-03';
import { AUD_04 } from '../../../compliance/controls/AUD-04';
import { AUD_05 } from '../../../compliance/controls/AUD-05';
import { AUD_06 } from '../../../compliance/controls/AUD-06';
import { AUD_07 } from '../../../compliance/controls/AUD-07';
import { AUD_08 } from '../../../compliance/controls/AUD-08';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { requirementsFor } from '../../../compliance/requirements';
import { answersOf, complaintsOf, evidence, stack, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;

const of = (type: string, properties: Properties = {}): ResourceBody => ({ Type: type, Properties: properties });

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const encrypted = (key: unknown, algorithm = 'aws:kms') => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: key } },
    ],
  },
});

describe('AUD-01: every read and write of a recorded object is in an audit trail', () => {
  const vault = tagged('AWS::S3::Bucket', 'recording', { BucketName: 'clinic-recordings' });
  const trail = (selectors: Properties, over: Properties = {}) =>
    of('AWS::CloudTrail::Trail', { IsLogging: true, ...selectors, ...over });
  const field = (name: string, operator: string, ...values: unknown[]) => ({ Field: name, [operator]: values });
  const dataOf = (...more: unknown[]) => ({
    FieldSelectors: [
      field('eventCategory', 'Equals', 'Data'),
      field('resources.type', 'Equals', 'AWS::S3::Object'),
      ...more,
    ],
  });
  const advanced = (...selectors: unknown[]) => ({ AdvancedEventSelectors: selectors });
  const arn = (operator: string, ...values: unknown[]) => field('resources.ARN', operator, ...values);
  const objects = { 'Fn::Sub': '${Vault.Arn}/' };
  const basic = (values: unknown, kind?: string) => ({
    EventSelectors: [
      { DataResources: [{ Type: 'AWS::S3::Object', Values: values }], ...(kind ? { ReadWriteType: kind } : {}) },
    ],
  });
  const judged = (selectors: Properties, over: Properties = {}) =>
    answersOf(AUD_01, evidence({ Vault: vault, Trail: trail(selectors, over) }));

  test.each([
    ['every object of the account', advanced(dataOf())],
    ['the objects of the vault', advanced(dataOf(arn('StartsWith', objects)))],
    [
      'the vault by name',
      advanced(dataOf(arn('StartsWith', 'arn:aws:s3:::other/', 'arn:aws:s3:::clinic-recordings/'))),
    ],
    ['a prefix of its name', advanced(dataOf(arn('StartsWith', 'arn:aws:s3:::clinic-')))],
    ['all but another bucket', advanced(dataOf(arn('NotStartsWith', 'arn:aws:s3:::clinic-logs/')))],
    [
      'reads by one selector and writes by another',
      advanced(dataOf(field('readOnly', 'Equals', 'true')), dataOf(field('readOnly', 'Equals', 'false'))),
    ],
    ['a basic selector of the vault', basic([{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Vault}/' }])],
    ['a basic selector of every bucket', basic(['arn:aws:s3'], 'All')],
  ])('is met by a trail of %s', (_, selectors) => {
    expect(judged(selectors)).toEqual(['met']);
  });

  test.each([
    ['management events only, which is what a trail has by default', {}],
    ['writes only', basic([objects], 'WriteOnly')],
    ['reads only', advanced(dataOf(field('readOnly', 'Equals', 'true')))],
    ['deletions only', advanced(dataOf(field('eventName', 'Equals', 'DeleteObject')))],
    ['another bucket', advanced(dataOf(arn('StartsWith', 'arn:aws:s3:::clinic-logs/')))],
    ['one folder of the vault', advanced(dataOf(arn('StartsWith', { 'Fn::Sub': '${Vault.Arn}/2026/' })))],
    ['one folder of the vault by a basic selector', basic(['arn:aws:s3:::clinic-recordings/2026/'])],
    ['all but a folder of the vault', advanced(dataOf(arn('NotStartsWith', { 'Fn::Sub': '${Vault.Arn}/2026/' })))],
    [
      'tables',
      advanced({
        FieldSelectors: [
          field('eventCategory', 'Equals', 'Data'),
          field('resources.type', 'Equals', 'AWS::DynamoDB::Table'),
        ],
      }),
    ],
  ])('is not met by a trail of %s', (_, selectors) => {
    expect(judged(selectors)).toEqual(['unmet']);
  });

  test('is not met without a trail, or by one that is off', () => {
    expect(answersOf(AUD_01, evidence({ Vault: vault }))).toEqual(['unmet']);
    expect(judged(advanced(dataOf()), { IsLogging: false })).toEqual(['unmet']);
  });

  test('is not known when the trail may be off or its selectors depend on a condition', () => {
    expect(judged(advanced(dataOf()), { IsLogging: { Ref: 'On' } })).toEqual(['indeterminate']);
    const selectors = { AdvancedEventSelectors: [{ 'Fn::If': ['Data', dataOf(), { Ref: 'AWS::NoValue' }] }] };
    expect(judged(selectors)).toEqual(['indeterminate']);
  });

  test('looks across stacks, and across regions for trails of all regions', () => {
    const across = (over: Properties, region = 'us-west-2') =>
      answersOf(
        AUD_01,
        evidence([
          stack({ Trail: trail(basic(['arn:aws:s3:::clinic-recordings/']), over) }, { name: 'home' }),
          stack({ Vault: vault }, { name: 'copies', region }),
        ]),
      );
    expect(across({}, 'us-east-1')).toEqual(['met']);
    expect(across({ IsMultiRegionTrail: true })).toEqual(['met']);
    expect(across({ IsMultiRegionTrail: { Ref: 'Everywhere' } })).toEqual(['indeterminate']);
    // The region of the copies may have a trail that these templates do not show.
    expect(across({})).toEqual(['indeterminate']);
  });

  test('is not about buckets of logs, whose every record would make another', () => {
    expect(answersOf(AUD_01, evidence({ Logs: tagged('AWS::S3::Bucket', 'log') }))).toEqual([]);
  });
});

describe('AUD-02: trails are tamper-evident and encrypted with a key of the customer', () => {
  const judged = (properties: Properties) =>
    answersOf(AUD_02, evidence({ Trail: of('AWS::CloudTrail::Trail', properties), Key: of('AWS::KMS::Key') }));

  test.each([
    ['both', { EnableLogFileValidation: true, KMSKeyId: arnOf('Key') }, 'met'],
    ['neither, as the console has it', {}, 'unmet'],
    ['validation only', { EnableLogFileValidation: true }, 'unmet'],
    ['a key only', { EnableLogFileValidation: 'false', KMSKeyId: arnOf('Key') }, 'unmet'],
    ['a key of AWS', { EnableLogFileValidation: true, KMSKeyId: 'alias/aws/cloudtrail' }, 'unmet'],
    ['a key that is a parameter', { EnableLogFileValidation: true, KMSKeyId: { Ref: 'TrailKey' } }, 'indeterminate'],
    [
      'validation by condition',
      { EnableLogFileValidation: { 'Fn::If': ['V', true, false] }, KMSKeyId: arnOf('Key') },
      'indeterminate',
    ],
  ])('with %s', (_, properties, answer) => {
    expect(judged(properties)).toEqual([answer]);
  });
});

describe('AUD-03: logs are kept for as long as the frameworks ask', () => {
  const group = (days: unknown, dataClass = 'log') =>
    tagged('AWS::Logs::LogGroup', dataClass, days === undefined ? {} : { RetentionInDays: days });

  test.each([
    ['six calendar years', 2192, 'met'],
    ['more', 3653, 'met'],
    ['a number as text', '2192', 'met'],
    ['one day short', 2191, 'unmet'],
    ['six times 365 days', 2190, 'unmet'],
    ['a year, which is what people write', 365, 'unmet'],
    ['no period stated', undefined, 'unmet'],
    ['a parameter without default', { Ref: 'Days' }, 'indeterminate'],
  ])('a log group with %s', (_, days, answer) => {
    expect(answersOf(AUD_03, evidence({ Group: group(days) }))).toEqual([answer]);
  });

  test('takes a log group that says nothing of itself for one of logs, and one of prompts for what it is', () => {
    const given = { Untold: of('AWS::Logs::LogGroup', { RetentionInDays: 1096 }), Prompts: group(1096, 'prompt') };
    expect(answersOf(AUD_03, evidence(given))).toEqual(['unmet', 'met']);
  });

  test('lets a group keep for ever where the floor is above what CloudWatch can be told', () => {
    const { requirements } = evidence({}).scope;
    const log = { ...requirements.log, floorDays: 3654 };
    const given = evidence(
      { Ever: group(undefined), Longest: group(3653) },
      { requirements: { ...requirements, log } },
    );
    expect(answersOf(AUD_03, given)).toEqual(['met', 'unmet']);
  });

  test('asks for some period even where no framework does', () => {
    const given = evidence({ Stated: group(14), Unstated: group(undefined) }, { requirements: requirementsFor([]) });
    expect(answersOf(AUD_03, given)).toEqual(['met', 'unmet']);
  });

  const rules = (...some: unknown[]) => ({ LifecycleConfiguration: { Rules: some } });
  const expiring = (days: unknown, over: Properties = {}) => ({ Status: 'Enabled', ExpirationInDays: days, ...over });

  test.each([
    ['no disposal', {}, 'met'],
    ['disposal after the floor', rules(expiring(2192)), 'met'],
    ['a rule that is off', rules(expiring(1, { Status: 'Disabled' })), 'met'],
    ['disposal a day early', rules(expiring(2191)), 'unmet'],
    ['a second rule for one folder', rules(expiring(2192), expiring(90, { Prefix: 'trail/' })), 'unmet'],
    ['disposal on a date', rules({ Status: 'Enabled', ExpirationDate: '2030-01-01T00:00:00Z' }), 'unmet'],
    ['disposal after a parameter', rules(expiring({ Ref: 'Days' })), 'indeterminate'],
  ])('a log bucket with %s', (_, properties, answer) => {
    expect(answersOf(AUD_03, evidence({ Logs: tagged('AWS::S3::Bucket', 'log', properties) }))).toEqual([answer]);
  });

  test('takes the bucket a trail delivers to for one of logs, whatever it says', () => {
    const trail = of('AWS::CloudTrail::Trail', { S3BucketName: { Ref: 'Delivered' } });
    const delivered = of('AWS::S3::Bucket', rules(expiring(90)));
    const other = of('AWS::S3::Bucket', rules(expiring(90)));
    expect(answersOf(AUD_03, evidence({ Trail: trail, Delivered: delivered, Other: other }))).toEqual(['unmet']);
  });
});

describe('AUD-04: every flow of every VPC is logged', () => {
  const log = (over: Properties = {}) =>
    of('AWS::EC2::FlowLog', { ResourceId: { Ref: 'Vpc' }, ResourceType: 'VPC', TrafficType: 'ALL', ...over });
  const judged = (given: Readonly<Record<string, ResourceBody>>) =>
    answersOf(AUD_04, evidence({ Vpc: of('AWS::EC2::VPC'), ...given }));

  test.each([
    ['all traffic', { Log: log() }, 'met'],
    ['two logs, one of all traffic', { Rejected: log({ TrafficType: 'REJECT' }), Log: log() }, 'met'],
    ['no flow log', {}, 'unmet'],
    ['rejected traffic only', { Log: log({ TrafficType: 'REJECT' }) }, 'unmet'],
    [
      'a log of one subnet',
      { Log: log({ ResourceId: { Ref: 'Subnet' }, ResourceType: 'Subnet' }), Subnet: of('AWS::EC2::Subnet') },
      'unmet',
    ],
    ['a log of another VPC', { Log: log({ ResourceId: { Ref: 'Other' } }), Other: of('AWS::EC2::Subnet') }, 'unmet'],
    ['a log of a VPC by parameter', { Log: log({ ResourceId: { Ref: 'VpcId' } }) }, 'indeterminate'],
    ['traffic by parameter', { Log: log({ TrafficType: { Ref: 'Traffic' } }) }, 'indeterminate'],
  ])('a VPC with %s', (_, given, answer) => {
    expect(judged(given)).toEqual([answer]);
  });

  test('finds the log in another stack', () => {
    const network = stack(
      { Vpc: of('AWS::EC2::VPC') },
      { name: 'network', Outputs: { Id: { Value: { Ref: 'Vpc' }, Export: { Name: 'vpc' } } } },
    );
    const watch = stack({ Log: log({ ResourceId: { 'Fn::ImportValue': 'vpc' } }) }, { name: 'watch' });
    expect(answersOf(AUD_04, evidence([network, watch]))).toEqual(['met']);
  });
});

describe('AUD-05: what models are asked and answer is logged', () => {
  const prompts = (properties: Properties = { KmsKeyId: arnOf('Key') }) =>
    tagged('AWS::Logs::LogGroup', 'prompt', properties);
  const tier = (name: string) => [{ Key: 'voicecell:tier', Value: name }];
  const task = (group: unknown, name = 'llm') =>
    of('AWS::ECS::TaskDefinition', {
      Tags: tier(name),
      ContainerDefinitions: [{ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': group } } }],
    });
  const judged = (given: Readonly<Record<string, ResourceBody>>) =>
    answersOf(AUD_05, evidence({ Key: of('AWS::KMS::Key'), ...given }));

  test.each([
    ['an encrypted group of prompts', { Task: task({ Ref: 'Group' }), Group: prompts() }, 'met'],
    [
      'the same by name',
      { Task: task('/prompts'), Group: prompts({ KmsKeyId: arnOf('Key'), LogGroupName: '/prompts' }) },
      'met',
    ],
    ['a group of prompts without a key', { Task: task({ Ref: 'Group' }), Group: prompts({}) }, 'unmet'],
    ['a group of logs', { Task: task({ Ref: 'Group' }), Group: tagged('AWS::Logs::LogGroup', 'log') }, 'unmet'],
    [
      'no log at all',
      { Task: of('AWS::ECS::TaskDefinition', { Tags: tier('stt'), ContainerDefinitions: [{}] }), Group: prompts() },
      'unmet',
    ],
    ['a group by parameter', { Task: task({ Ref: 'GroupName' }), Group: prompts() }, 'indeterminate'],
    [
      'a key by parameter',
      { Task: task({ Ref: 'Group' }), Group: prompts({ KmsKeyId: { Ref: 'KeyArn' } }) },
      'indeterminate',
    ],
  ])('an inference task with %s', (_, given, answer) => {
    expect(judged(given)).toEqual([answer]);
  });

  test('nodes that run models without ECS need such a group in their region', () => {
    const node = of('AWS::EC2::Instance', { InstanceType: 'g6.xlarge', Tags: tier('tts') });
    expect(judged({ Node: node })).toEqual(['unmet']);
    expect(judged({ Node: node, Group: prompts() })).toEqual(['met']);
    const away = stack({ Group: prompts({ KmsKeyId: 'k' }) }, { name: 'away', region: 'us-west-2' });
    expect(answersOf(AUD_05, evidence([stack({ Node: node }), away]))).toEqual(['unmet']);
  });

  const caller = of('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'bedrock:InvokeModel*', Resource: '*' }] } }],
  });
  const switching = (group: string) =>
    of('Custom::AWS', {
      Create: {
        'Fn::Join': [
          '',
          [
            '{"service":"Bedrock","action":"PutModelInvocationLoggingConfiguration","parameters":{"loggingConfig":{"cloudWatchConfig":{"logGroupName":"',
            { Ref: group },
            '"}}}}',
          ],
        ],
      },
    });

  test('Bedrock needs a custom resource that switches its logging on, into an encrypted group', () => {
    expect(judged({ Caller: caller })).toEqual(['unmet']);
    expect(judged({ Caller: caller, Switch: switching('Group'), Group: prompts() })).toEqual(['met']);
    expect(judged({ Caller: caller, Switch: switching('Group'), Group: prompts({}) })).toEqual(['unmet']);
    expect(judged({ Caller: caller, Switch: switching('GroupName') })).toEqual(['indeterminate']);
  });

  test('is not about deployments without inference', () => {
    expect(judged({ Media: task({ Ref: 'Group' }, 'media'), Group: tagged('AWS::Logs::LogGroup', 'log') })).toEqual([]);
  });
});

describe('AUD-06: requests are logged, into a bucket that can take such logs', () => {
  const into = (name: unknown) => ({ LoggingConfiguration: { DestinationBucketName: name } });
  const judged = (vault: Properties, logs: Properties = {}) =>
    answersOf(
      AUD_06,
      evidence({ Vault: tagged('AWS::S3::Bucket', 'recording', vault), Logs: tagged('AWS::S3::Bucket', 'log', logs) }),
    );

  test.each([
    ['a bucket without lock', into({ Ref: 'Logs' }), {}, 'met'],
    ['a bucket by name', into('access-logs'), { BucketName: 'access-logs', ...encrypted(undefined, 'AES256') }, 'met'],
    ['no logging', {}, {}, 'unmet'],
    ['a locked bucket', into({ Ref: 'Logs' }), { ObjectLockEnabled: true }, 'unmet'],
    ['a bucket encrypted by KMS', into({ Ref: 'Logs' }), encrypted('k'), 'unmet'],
    ['itself, because no destination is named', { LoggingConfiguration: { LogFilePrefix: 'a/' } }, {}, 'met'],
    [
      'itself, locked, because no destination is named',
      { LoggingConfiguration: { LogFilePrefix: 'a/' }, ObjectLockEnabled: true },
      {},
      'unmet',
    ],
    ['a bucket from elsewhere', into('central-access-logs'), {}, 'indeterminate'],
    ['a bucket by parameter', into({ Ref: 'LogBucket' }), {}, 'indeterminate'],
    [
      'a bucket whose lock is a condition',
      into({ Ref: 'Logs' }),
      { ObjectLockEnabled: { 'Fn::If': ['L', true, false] } },
      'indeterminate',
    ],
  ])('a vault that logs into %s', (_, vault, logs, answer) => {
    expect(judged(vault, logs)).toEqual([answer]);
  });

  const balancer = (attributes: Properties, type = 'application') =>
    of('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: type,
      LoadBalancerAttributes: Object.entries(attributes).map(([key, value]) => ({ Key: key, Value: value })),
    });
  const on = { 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': { Ref: 'Logs' } };

  test.each([
    ['logs', balancer(on), ['met']],
    ['logs off', balancer({ ...on, 'access_logs.s3.enabled': 'false' }), ['unmet']],
    ['no attributes', of('AWS::ElasticLoadBalancingV2::LoadBalancer', {}), ['unmet']],
    ['a switch by parameter', balancer({ ...on, 'access_logs.s3.enabled': { Ref: 'On' } }), ['indeterminate']],
    ['nothing to log, of type gateway', balancer({}, 'gateway'), []],
    [
      'classic logs',
      of('AWS::ElasticLoadBalancing::LoadBalancer', {
        AccessLoggingPolicy: { Enabled: true, S3BucketName: { Ref: 'Logs' } },
      }),
      ['met'],
    ],
    ['no classic logs', of('AWS::ElasticLoadBalancing::LoadBalancer'), ['unmet']],
  ])('a load balancer with %s', (_, given, answers) => {
    expect(answersOf(AUD_06, evidence({ Balancer: given, Logs: tagged('AWS::S3::Bucket', 'log') }))).toEqual(answers);
  });
});

describe('AUD-07: somebody is told when the lock, policy or key of records is changed', () => {
  const NAMES = ['PutBucketObjectLockConfiguration', 'PutBucketPolicy', 'PutObjectRetention', 'ScheduleKeyDeletion'];
  const rule = (detail: Properties, over: Properties = {}) => {
    const pattern = { 'detail-type': ['AWS API Call via CloudTrail'], detail };
    return of('AWS::Events::Rule', {
      EventPattern: pattern,
      Targets: [{ Id: 'Topic', Arn: { Ref: 'Topic' } }],
      ...over,
    });
  };
  const vault = tagged('AWS::S3::Bucket', 'recording', {
    BucketName: 'clinic-recordings',
    ...encrypted({ Ref: 'Key' }),
  });
  const judged = (...rules: ResourceBody[]) => {
    const named = Object.fromEntries(rules.map((one, index) => [`Rule${index}`, one]));
    return answersOf(
      AUD_07,
      evidence({ Vault: vault, Key: of('AWS::KMS::Key'), Topic: of('AWS::SNS::Topic'), ...named }),
    );
  };
  const ofKeys = rule({ eventName: ['ScheduleKeyDeletion'] });
  const ofBucket = (bucketName: unknown) => rule({ eventName: NAMES.slice(0, 3), requestParameters: { bucketName } });

  test.each([
    ['one rule of all four', [rule({ eventName: NAMES })]],
    [
      'rules for the bucket and for its key',
      [
        ofBucket(['clinic-recordings']),
        rule({ eventName: ['ScheduleKeyDeletion'], requestParameters: { keyId: [{ Ref: 'Key' }] } }),
      ],
    ],
    ['a prefix of the name', [ofBucket([{ prefix: 'clinic-' }]), ofKeys]],
    ['the bucket by reference', [ofBucket([{ Ref: 'Vault' }]), ofKeys]],
    ['prefixes of event names', [rule({ eventName: [{ prefix: 'Put' }, { wildcard: 'Schedule*Deletion' }] })]],
    [
      'all but reads',
      [
        rule({
          eventName: [{ 'anything-but': ['GetObject'] }],
          eventSource: ['s3.amazonaws.com', 'kms.amazonaws.com'],
        }),
      ],
    ],
  ])('is met by %s', (_, rules) => {
    expect(judged(...rules)).toEqual(['met']);
  });

  test.each([
    ['no rule', []],
    ['no rule for the key', [ofBucket(['clinic-recordings'])]],
    [
      'the name that S3 gives the permission instead of the event',
      [
        rule({
          eventName: [
            'PutBucketObjectLockConfiguration',
            'PutBucketPolicy',
            's3:PutObjectRetention',
            'ScheduleKeyDeletion',
          ],
        }),
      ],
    ],
    ['a rule without target', [rule({ eventName: NAMES }, { Targets: [] })]],
    ['a rule that is off', [rule({ eventName: NAMES }, { State: 'DISABLED' })]],
    ['a bus that AWS sends nothing to', [rule({ eventName: NAMES }, { EventBusName: 'alerts' })]],
    ['a rule for another bucket', [ofBucket(['clinic-logs']), ofKeys]],
    ['a rule for refused calls only', [rule({ eventName: NAMES, errorCode: ['AccessDenied'] })]],
    ['a rule for S3 alone', [rule({ eventName: NAMES, eventSource: ['s3.amazonaws.com'] })]],
    ['a schedule', [of('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'a' }] })]],
  ])('is not met by %s', (_, rules) => {
    expect(judged(...rules)).toEqual(['unmet']);
  });

  test('is not known when a rule may be off or its pattern depends on a condition', () => {
    expect(judged(rule({ eventName: NAMES }, { State: { Ref: 'State' } }))).toEqual(['indeterminate']);
    expect(judged(rule({ eventName: { 'Fn::If': ['All', NAMES, []] } }))).toEqual(['indeterminate']);
  });

  test('takes rules of the region of the bucket only', () => {
    const rules = stack({ Rule: rule({ eventName: NAMES }) }, { name: 'guard' });
    const at = (region: string) => stack({ Vault: vault, Key: of('AWS::KMS::Key') }, { name: 'records', region });
    expect(answersOf(AUD_07, evidence([rules, at('us-east-1')]))).toEqual(['met']);
    expect(answersOf(AUD_07, evidence([rules, at('us-west-2')]))).toEqual(['indeterminate']);
  });

  test('asks for changes to the data retention of Bedrock where it is used', () => {
    const endpoint = of('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.bedrock-runtime' });
    expect(complaintsOf(AUD_07, evidence({ Endpoint: endpoint }))).toEqual([
      expect.stringContaining('PutAccountDataRetention'),
    ]);
    const given = evidence({ Endpoint: endpoint, Rule: rule({ eventName: ['PutAccountDataRetention'] }) });
    expect(answersOf(AUD_07, given)).toEqual(['met']);
  });
});

describe('AUD-08: log groups are protected from deletion', () => {
  test.each([
    ['protection', { DeletionProtectionEnabled: true }, 'met'],
    ['none, as CloudFormation has it', {}, 'unmet'],
    ['protection off', { DeletionProtectionEnabled: false }, 'unmet'],
    ['protection by parameter', { DeletionProtectionEnabled: { Ref: 'Protect' } }, 'indeterminate'],
  ])('with %s', (_, properties, answer) => {
    expect(answersOf(AUD_08, evidence({ Group: of('AWS::Logs::LogGroup', properties) }))).toEqual([answer]);
  });
});
