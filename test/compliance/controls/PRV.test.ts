import type { Scope } from '../../../compliance/controls/evidence';
import { PRV_01 } from '../../../compliance/controls/PRV-01';
import { PRV_02 } from '../../../compliance/controls/PRV-02';
import { PRV_03 } from '../../../compliance/controls/PRV-03';
import { PRV_04 } from '../../../compliance/controls/PRV-04';
import { PRV_05 } from '../../../compliance/controls/PRV-05';
import { PRV_06 } from '../../../compliance/controls/PRV-06';
import { unitsOf } from '../../../compliance/controls/unit';
import { requirementsOf } from '../../../compliance/requirements';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, scope, stack, tagged } from '../../support/evidence';
import { regionPlan } from '../../support/region-plan';

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, ResourceBody>>;

const environment = (settings: Properties) => Object.entries(settings).map(([Name, Value]) => ({ Name, Value }));

const media = (settings: Properties, over: Properties = {}): ResourceBody => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: {
    ContainerDefinitions: [{ Name: 'server' }, { Name: 'agent', Environment: environment(settings), ...over }],
    Tags: [{ Key: 'voicecell:tier', Value: 'media' }],
  },
});

const VAULT: Resources = { Vault: tagged('AWS::S3::Bucket', 'recording') };

describe('PRV-01: consent is decided and media nodes are told', () => {
  const judged = (resource: ResourceBody, over: Partial<Scope> = {}, others: Resources = VAULT) =>
    answersOf(PRV_01, evidence({ Task: resource, ...others }, over));

  test.each([
    ['a notice', { CONSENT_MODE: 'notice' }],
    ['a beep', { CONSENT_MODE: 'beep' }],
    ['a question and what a no means', { CONSENT_MODE: 'explicit-dtmf', CONSENT_ON_REFUSAL: 'hangup' }],
  ])('is met by %s', (_, settings) => {
    expect(judged(media(settings))).toEqual(['met']);
  });

  test.each([
    ['none, where calls are recorded', { CONSENT_MODE: 'none' }],
    ['nothing', {}],
    ['a word that a hurried engineer makes up', { CONSENT_MODE: 'one-party' }],
    ['an empty word', { CONSENT_MODE: '' }],
    ['a question without what a no means', { CONSENT_MODE: 'explicit-voice' }],
    ['a no that is ignored', { CONSENT_MODE: 'explicit-voice', CONSENT_ON_REFUSAL: 'continue' }],
  ])('is not met by %s', (_, settings) => {
    expect(judged(media(settings))).toEqual(['unmet']);
  });

  test('is met by none where nothing is recorded', () => {
    expect(judged(media({ CONSENT_MODE: 'none' }), {}, {})).toEqual(['met']);
  });

  test.each<[string, NonNullable<Scope['consent']>, string]>([
    ['the same', { mode: 'notice', onRefusal: 'no-record' }, 'met'],
    ['another mode', { mode: 'explicit-dtmf', onRefusal: 'no-record' }, 'unmet'],
    ['none', { mode: 'none', onRefusal: 'no-record' }, 'unmet'],
  ])('holds the template against a deployment that declares %s', (_, consent, answer) => {
    expect(judged(media({ CONSENT_MODE: 'notice' }), { consent })).toEqual([answer]);
  });

  test('is not met by two containers that are told different things', () => {
    const [server, agent] = ['beep', 'notice'].map((mode) => ({ Environment: environment({ CONSENT_MODE: mode }) }));
    const task = media({});
    const given = { ...task, Properties: { ...task.Properties, ContainerDefinitions: [server, agent] } };
    expect(judged(given)).toEqual(['unmet']);
  });

  test.each([
    ['it is a parameter', media({ CONSENT_MODE: { Ref: 'Mode' } })],
    [
      'it is a secret',
      media({}, { Secrets: [{ Name: 'CONSENT_MODE', ValueFrom: 'arn:aws:ssm:us-east-1:1:parameter/m' }] }),
    ],
    [
      'a file in a bucket may say it',
      media({}, { EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::config/agent.env' }] }),
    ],
    [
      'the environment is a condition',
      media({}, { Environment: { 'Fn::If': ['Prod', [], [{ Name: 'A', Value: 'b' }]] } }),
    ],
    ['a name is a parameter', media({}, { Environment: [{ Name: { Ref: 'Name' }, Value: 'notice' }] })],
  ])('is not known when %s', (_, resource) => {
    expect(judged(resource)).toEqual(['indeterminate']);
  });

  test('is not about a template without media nodes, unless it records by a declared none', () => {
    expect(answersOf(PRV_01, evidence(VAULT))).toEqual([]);
    expect(answersOf(PRV_01, evidence(VAULT, { consent: { mode: 'none', onRefusal: 'no-record' } }))).toEqual([
      'unmet',
    ]);
  });
});

describe('PRV-02: evidence of consent outlives recordings', () => {
  const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } as const;
  const ledger = (properties: Properties = {}, policies: Properties = RETAINED): ResourceBody => ({
    ...tagged('AWS::DynamoDB::Table', 'cdr', properties),
    ...policies,
  });
  const locked = (retention: unknown) =>
    tagged('AWS::S3::Bucket', 'cdr', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: retention } },
    });
  const judged = (resource: ResourceBody) => answersOf(PRV_02, evidence({ ...VAULT, Store: resource }));

  test.each([
    ['a ledger that is kept', ledger()],
    ['a bucket that locks as long', locked({ Mode: 'COMPLIANCE', Days: 2192 })],
  ])('is met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['met']);
  });

  test.each([
    ['a ledger that expires', ledger({ TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } })],
    ['a ledger that goes with its stack', ledger({}, {})],
    ['a ledger that goes when it is replaced', ledger({}, { DeletionPolicy: 'Retain' })],
    ['a bucket one day short', locked({ Mode: 'COMPLIANCE', Days: 2191 })],
    ['a table of something else', { ...tagged('AWS::DynamoDB::Table', 'none'), ...RETAINED }],
  ])('is not met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['unmet']);
  });

  test.each([
    ['expiry is a parameter', ledger({ TimeToLiveSpecification: { Enabled: { Ref: 'Ttl' } } })],
    ['a lock is a parameter', locked({ Mode: 'COMPLIANCE', Days: { Ref: 'Days' } })],
  ])('is not known when %s', (_, resource) => {
    expect(judged(resource)).toEqual(['indeterminate']);
  });

  describe('in two regions', () => {
    const locking = (dataClass: string, over: Properties = {}): ResourceBody =>
      tagged('AWS::S3::Bucket', dataClass, {
        BucketName: `${dataClass}s`,
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192 } } },
        ...over,
      });
    const copying = (to: string) => ({
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${to}` } }] },
    });
    const east = (resources: Resources) => stack(resources, { name: 'demo/east' });
    const west = (resources: Resources) => stack(resources, { name: 'demo/west', region: 'us-west-2' });
    const asked = (...stacks: readonly ReturnType<typeof stack>[]) => complaintsOf(PRV_02, evidence(stacks));
    const ofVault = expect.stringMatching(/^unmet Vault: nothing in its region/);

    test('each needs a store of its own', () => {
      expect(asked(east({ ...VAULT, Ledger: ledger() }), west({ ...VAULT, Ledger: ledger() }))).toEqual([]);
      expect(asked(east({ ...VAULT, Ledger: ledger() }), west(VAULT))).toEqual([ofVault]);
      expect(asked(east({ ...VAULT, Ledger: ledger() }), west({ ...VAULT, Ledger: ledger({}, {}) }))).toEqual([
        expect.stringMatching(/^unmet Ledger: it goes with its stack/),
      ]);
    });

    test('a store of the same region may stand in another stack', () => {
      expect(asked(east(VAULT), stack({ Ledger: ledger() }, { name: 'demo/ledger' }))).toEqual([]);
    });

    test('a replica of recordings needs none, and a replica of evidence serves no recordings beside it', () => {
      const source = { ...VAULT, Vault: locking('recording', copying('recording-copies')), Ledger: ledger() };
      const copy = locking('recording', { BucketName: 'recording-copies' });
      expect(asked(east(source), west({ Copy: copy }))).toEqual([]);
      const delivered = { ...VAULT, Store: locking('cdr', copying('cdr-copies')) };
      const copies = { ...VAULT, Copy: locking('cdr', { BucketName: 'cdr-copies' }) };
      expect(asked(east(delivered), west(copies))).toEqual([ofVault]);
    });

    test('a global table serves every region it is in', () => {
      const replica = (region: string) => ({ Region: region, Tags: [{ Key: 'voicecell:data-class', Value: 'cdr' }] });
      const everywhere = {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: { Replicas: ['us-east-1', 'us-west-2'].map(replica) },
        ...RETAINED,
      };
      expect(asked(east({ ...VAULT, Ledger: everywhere }), west(VAULT))).toEqual([]);
    });

    test('stacks that say no region are not taken to be deployed to one', () => {
      const nowhere = (name: string, resources: Resources) => ({ ...stack(resources, { name }), region: undefined });
      expect(asked(nowhere('demo/a', { ...VAULT, Ledger: ledger() }))).toEqual([]);
      expect(asked(nowhere('demo/a', VAULT), nowhere('demo/b', { Ledger: ledger() }))).toEqual([ofVault]);
    });
  });

  test('a locked bucket does not make up for a ledger that goes with its stack', () => {
    const store = locked({ Mode: 'COMPLIANCE', Days: 2192 });
    expect(answersOf(PRV_02, evidence({ ...VAULT, Store: store, Ledger: ledger({}, {}) }))).toEqual(['unmet']);
  });

  test('names the recordings where nothing keeps evidence, and nothing where nothing is recorded', () => {
    expect(complaintsOf(PRV_02, evidence(VAULT))[0]).toMatch(/^unmet Vault: nothing in its region keeps evidence/);
    expect(answersOf(PRV_02, evidence({ Ledger: ledger() }))).toEqual([]);
  });
});

describe('PRV-03: callers are told that they talk to a machine', () => {
  const judged = (value: unknown, over: Partial<Scope> = {}) =>
    answersOf(PRV_03, evidence({ Task: media(value === undefined ? {} : { AI_DISCLOSURE: value }) }, over));

  test.each([
    ['always', 'met'],
    ['outbound', 'met'],
    ['never', 'unmet'],
    ['Always', 'unmet'],
    [true, 'unmet'],
    [undefined, 'unmet'],
    [{ Ref: 'Disclosure' }, 'indeterminate'],
    [{ 'Fn::If': ['Demo', 'never', 'always'] }, 'indeterminate'],
  ])('a node that is told %j is %s', (value, answer) => {
    expect(judged(value)).toEqual([answer]);
  });

  test('holds the template against what the deployment declares', () => {
    expect(judged('always', { aiDisclosure: 'always' })).toEqual(['met']);
    expect(judged('outbound', { aiDisclosure: 'always' })).toEqual(['unmet']);
  });

  test('is not about a template without media nodes', () => {
    expect(answersOf(PRV_03, evidence(VAULT, { aiDisclosure: 'never' }))).toEqual([]);
  });
});

describe('PRV-04: nothing must be kept longer than it may be', () => {
  const asked = (floorDays: unknown, ceilingDays: number | undefined): Partial<Scope> => {
    const { requirements } = scope();
    return {
      requirements: { ...requirements, prompt: { ...requirements.prompt, floorDays: Number(floorDays), ceilingDays } },
    };
  };

  test.each([
    [2192, 2192, ['met']],
    [2192, 2191, ['unmet']],
    [0, 30, ['met']],
    [2192, undefined, []],
  ])('a floor of %d under a ceiling of %j is %j', (floor, ceiling, answers) => {
    expect(answersOf(PRV_04, evidence({}, asked(floor, ceiling)))).toEqual(answers);
  });

  test('is settled by whoever decides which wins, for a year', () => {
    const settled = (date: string) => ({
      ...asked(2192, 30),
      attestations: [
        { id: 'baa', statement: 'accepted', by: 'counsel', date: '2026-09-01' },
        { id: 'PRV-04', statement: 'GDPR 17(3)(b): prompts stay six years', by: 'counsel', date },
      ],
    });
    expect(answersOf(PRV_04, evidence({}, settled('2026-09-01')))).toEqual(['met']);
    expect(answersOf(PRV_04, evidence({}, settled('2025-09-01')))).toEqual(['unmet']);
  });

  describe('where a contract sets the ceiling', () => {
    const settledBy = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'counsel', expires: '2027-06-30' };
    const contract = (over: object = {}) => ({
      requirements: requirementsOf({
        frameworks: ['hipaa'],
        retention: { transcript: { ceiling: { days: 400, because: 'the contract with Acme', ...over } } },
      }),
    });

    test('names both sides while nobody has settled it', () => {
      expect(complaintsOf(PRV_04, evidence({}, contract()))).toEqual([
        expect.stringMatching(/^unmet -: transcript must be kept 2192 days \(hipaa .*400 \(the contract with Acme\)/),
      ]);
    });

    test('names who settled it, on what basis and until when', () => {
      expect(PRV_04.check(evidence({}, contract({ settledBy })))).toEqual([
        {
          answer: 'met',
          message: expect.stringContaining(
            'counsel attested until 2027-06-30 that the longer duty wins: GDPR Article 17',
          ),
        },
      ]);
    });

    test.each([
      ['2027-06-30', 'met'],
      ['2027-07-01', 'unmet'],
      [undefined, 'met'],
    ])('asked on %s what is settled until 2027-06-30 is %s', (today, answer) => {
      expect(answersOf(PRV_04, evidence({}, { ...contract({ settledBy }), today }))).toEqual([answer]);
    });

    test('says of what is over that it is stale', () => {
      expect(complaintsOf(PRV_04, evidence({}, { ...contract({ settledBy }), today: '2027-07-01' }))).toEqual([
        expect.stringContaining('what counsel settled is stale: it ended on 2027-06-30'),
      ]);
    });

    test('hears of it from the plan of the deployment', () => {
      const [unit] = unitsOf([regionPlan({ requirements: contract({ settledBy }).requirements })]);
      expect(answersOf(PRV_04, evidence({}, unit?.scope))).toEqual(['met']);
    });

    test('lets an attestation take the place of what has ended', () => {
      const attestations = [{ id: 'PRV-04', statement: 'the law wins', by: 'counsel', date: '2027-07-01' }];
      const given = { ...contract({ settledBy }), attestations, today: '2027-07-02' };
      expect(answersOf(PRV_04, evidence({}, given))).toEqual(['met']);
    });
  });
});

describe('PRV-05: no card data reaches a recording', () => {
  const BOTH = { CARD_PAUSE_RESUME: 'true', CARD_DTMF_MASK: 'true' };
  const judged = (settings: Properties, over: Partial<Scope> = {}) =>
    answersOf(PRV_05, evidence({ Task: media(settings) }, over));
  const declaring = (cardData: Scope['cardData']) => ({ cardData });

  test.each([
    ['pause and mask', BOTH, 'met'],
    ['a pause alone', { CARD_PAUSE_RESUME: 'true' }, 'unmet'],
    ['a mask that is off', { ...BOTH, CARD_DTMF_MASK: 'false' }, 'unmet'],
    ['a mask that is a parameter', { ...BOTH, CARD_DTMF_MASK: { Ref: 'Mask' } }, 'indeterminate'],
    ['nothing, and nobody says that none give cards', {}, 'unmet'],
  ])('nodes that are told %s: %s', (_, settings, answer) => {
    expect(judged(settings)).toEqual([answer]);
  });

  test.each(['PRV-05', 'no-card-data'])('is met by an attestation %s where nobody takes cards', (id) => {
    const attestations = [{ id, statement: 'card payments go to another line', by: 'compliance', date: '2026-09-01' }];
    expect(judged({}, { attestations })).toEqual(['met']);
  });

  test('wants nodes to be told what a deployment declares, whatever is attested', () => {
    const attestations = [{ id: 'PRV-05', statement: 'none', by: 'compliance', date: '2026-09-01' }];
    const declared = declaring({ pauseResume: true, dtmfMask: true });
    expect(judged({}, { ...declared, attestations })).toEqual(['unmet']);
    expect(judged(BOTH, declared)).toEqual(['met']);
    expect(judged(BOTH, declaring({ pauseResume: true, dtmfMask: false }))).toEqual(['unmet', 'met']);
  });

  test('is not about a template that neither takes nor records calls', () => {
    expect(answersOf(PRV_05, evidence({ Logs: tagged('AWS::S3::Bucket', 'log') }))).toEqual([]);
  });
});

describe('PRV-06: names, tags and keys tell of nobody', () => {
  const judged = (type: string, properties: Properties) =>
    answersOf(PRV_06, evidence({ Resource: { Type: type, Properties: properties } }));
  const bucket = (properties: Properties) => judged('AWS::S3::Bucket', properties);
  const tags = (value: unknown) => ({ Tags: [{ Key: 'owner', Value: value }] });

  test.each([
    ['an account id in a name', { BucketName: 'clinics-us-east-1-recordings-123456789012' }],
    ['a team in a tag', tags('team:voice@platform')],
    ['an offset of time', tags('2026-11-26T00:00:00+02:00')],
    ['a version', tags('1.2.3+20261126')],
    ['seven digits', tags('+1234567')],
  ])('is met by %s', (_, properties) => {
    expect(bucket(properties)).toEqual(['met']);
  });

  test.each([
    ['an address in a tag, the owner of many a template', tags('jane.doe@clinics.example.com')],
    ['a number in a tag', tags('+12025550123')],
    ['eight digits', tags('+12345678')],
    ['a number as people write it', tags('+1 (202) 555-0123')],
    ['a tel: address', tags('tel:911')],
    ['an address as the key of a tag', { Tags: [{ Key: 'mail:jane@example.com', Value: 'x' }] }],
    ['tags as a map', { Tags: { contact: 'jane@example.com' } }],
    ['a number in a name', { BucketName: { 'Fn::Sub': 'line-+12025550123-${AWS::Region}' } }],
    ['a number in a prefix', { LifecycleConfiguration: { Rules: [{ Prefix: 'calls/+12025550123/' }] } }],
  ])('is not met by %s', (_, properties) => {
    expect(bucket(properties)).toEqual(['unmet']);
  });

  test.each([
    ['AWS::Logs::LogGroup', { LogGroupName: '/voice/+442071234567' }],
    ['AWS::IAM::User', { UserName: 'jane.doe@example.com' }],
    [
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ LogConfiguration: { Options: { 'awslogs-group': '/calls/a@b.example' } } }] },
    ],
    [
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: environment({ RECORDING_KEY_TEMPLATE: 'calls/{caller}/{id}.wav' }) }] },
    ],
    [
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: environment({ S3_PREFIX: 'calls/%(from)s/' }) }] },
    ],
    ['AWS::Lambda::Function', { Environment: { Variables: { KEY_PATTERN: '<ani>/${date}' } } }],
    [
      'AWS::KinesisFirehose::DeliveryStream',
      { ExtendedS3DestinationConfiguration: { Prefix: 'cdr/!{partitionKeyFromQuery:caller}/' } },
    ],
    [
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { TagSpecifications: [{ Tags: [{ Key: 'Name', Value: 'x@y.example' }] }] } },
    ],
  ])('is not met by %s with %j', (type, properties) => {
    expect(judged(type, properties)).toEqual(['unmet']);
  });

  test.each([
    ['who receives alarms', 'AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' }],
    [
      'who watches the budget',
      'AWS::Budgets::Budget',
      { NotificationsWithSubscribers: [{ Subscribers: [{ Address: 'ops@example.com' }] }] },
    ],
    [
      'the numbers a node serves',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: environment({ FALLBACK_NUMBER: '+12025550100' }) }] },
    ],
    [
      'a key by opaque id',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: environment({ KEY_TEMPLATE: '{deployment}/{callId}.wav' }) }] },
    ],
  ])('takes %s for no name', (_, type, properties) => {
    expect(judged(type, properties)).not.toContain('unmet');
  });

  test.each([
    ['a tag is a parameter', tags({ Ref: 'Owner' })],
    ['the tags are a condition', { Tags: { 'Fn::If': ['Prod', [], tags('a').Tags] } }],
    ['a name is imported', { BucketName: { 'Fn::ImportValue': 'elsewhere' } }],
  ])('is not known when %s', (_, properties) => {
    expect(bucket(properties)).toEqual(['indeterminate']);
  });

  test('reads names of stacks and defaults of parameters, and does not repeat what it found', () => {
    const given = evidence([
      stack(
        {},
        { name: 'demo/jane@example.com', Parameters: { Line: { Default: '+12025550123' }, Size: { Default: 3 } } },
      ),
    ]);
    expect(answersOf(PRV_06, given)).toEqual(['unmet', 'unmet']);
    expect(complaintsOf(PRV_06, given).join()).not.toMatch(/jane@|2025550123/);
  });
});
