import { GOV_01 } from '../../../compliance/controls/GOV-01';
import { GOV_02 } from '../../../compliance/controls/GOV-02';
import { GOV_03 } from '../../../compliance/controls/GOV-03';
import { GOV_04 } from '../../../compliance/controls/GOV-04';
import { GOV_05 } from '../../../compliance/controls/GOV-05';
import { GOV_06 } from '../../../compliance/controls/GOV-06';
import { GOV_07 } from '../../../compliance/controls/GOV-07';
import { GOV_08 } from '../../../compliance/controls/GOV-08';
import { Evidence, type Attestation } from '../../../compliance/controls/evidence';
import { applies } from '../../../compliance/controls/unit';
import { auditTrail, type Waiver } from '../../../compliance/nag/waivers';
import { requirementsFor } from '../../../compliance/requirements';
import { answersOf, complaintsOf, evidence, scope, tagged } from '../../support/evidence';

const attestation = (id: string, over: Partial<Attestation> = {}): Attestation => ({
  id,
  statement: 'it was done',
  by: 'privacy officer',
  date: '2026-09-01',
  ...over,
});

const WAIVER: Waiver = {
  rule: 'AwsSolutions::AwsSolutions-S1',
  scope: ['records/LogBucket/Resource'],
  reason: 'the log bucket is itself the target of access logs',
  owner: 'platform',
  expires: '2027-05-31',
};

const attesting = (...attestations: readonly Attestation[]) => evidence({}, { attestations });

describe.each([
  ['GOV-01: the agreement with AWS', GOV_01, 'baa'],
  ['GOV-02: the undertaking of a third party or an executive officer', GOV_02, 'undertaking'],
  ['GOV-03: the undertaking of AWS and independent access', GOV_03, 'independent-access'],
  ['GOV-06: the risk analysis', GOV_06, 'risk-analysis'],
])('%s', (_, control, word) => {
  test.each([word, control.id])('is attested with the id %s', (id) => {
    expect(answersOf(control, attesting(attestation(id)))).toEqual(['met']);
  });

  test.each([
    ['nothing at all', []],
    ['an attestation of something else', [attestation('soc2-report')]],
    ['one made 367 days ago', [attestation(word, { date: '2025-11-24' })]],
    ['one dated tomorrow', [attestation(word, { date: '2026-11-27' })]],
    ['the date a hurried person writes', [attestation(word, { date: 'Sept 2026' })]],
    ['a day that no month has', [attestation(word, { date: '2026-02-31' })]],
    ['one by nobody', [attestation(word, { by: ' ' })]],
    ['one that says nothing', [attestation(word, { statement: '' })]],
  ])('is not met by %s', (__, attestations) => {
    expect(answersOf(control, attesting(...attestations))).toEqual(['unmet']);
  });

  test.each(['2025-11-25', '2026-11-26'])('holds from its day for 366 days, first and last included: %s', (date) => {
    expect(answersOf(control, attesting(attestation(word, { date })))).toEqual(['met']);
  });

  test('does not grow stale where no clock may be asked', () => {
    const attestations = [attestation(word, { date: '2019-01-01' })];
    expect(answersOf(control, evidence({}, { attestations, today: undefined }))).toEqual(['met']);
  });

  test('says which id it waits for', () => {
    expect(complaintsOf(control, attesting())[0]).toMatch(new RegExp(`id ${control.id} or ${word}$`));
  });

  test('is met by the newer of two attestations', () => {
    const old = attestation(control.id, { date: '2020-01-01' });
    expect(answersOf(control, attesting(old, attestation(word)))).toEqual(['met']);
  });
});

describe('GOV-04: every store says what it holds', () => {
  const judged = (type: string, properties: Readonly<Record<string, unknown>>) =>
    answersOf(GOV_04, evidence({ Store: { Type: type, Properties: properties } }));

  const tags = (value: unknown) => [{ Key: 'voicecell:data-class', Value: value }];

  test.each([
    ['AWS::S3::Bucket', { Tags: tags('recording') }],
    ['AWS::S3::Bucket', { Tags: tags('none') }],
    ['AWS::ECR::Repository', { Tags: tags('image') }],
    ['AWS::EFS::FileSystem', { FileSystemTags: tags('prompt') }],
    ['AWS::Backup::BackupVault', { BackupVaultTags: { 'voicecell:data-class': 'cdr' } }],
    ['AWS::DynamoDB::GlobalTable', { Replicas: [{ Tags: tags('cdr') }, { Tags: tags('cdr') }] }],
    [
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'volume', Tags: tags('log') }] } },
    ],
  ])('is met by a class on %s', (type, properties) => {
    expect(judged(type, properties)).toEqual(['met']);
  });

  test.each([
    ['AWS::S3::Bucket', {}],
    ['AWS::S3::Bucket', { Tags: tags('recordings') }],
    ['AWS::S3::Bucket', { Tags: tags('phi') }],
    ['AWS::S3::Bucket', { Tags: tags({ Ref: 'AWS::NoValue' }) }],
    ['AWS::Logs::LogGroup', { Tags: [{ Key: 'data-class', Value: 'log' }] }],
    ['AWS::SQS::Queue', { Tags: 'voicecell:data-class' }],
    ['AWS::KinesisFirehose::DeliveryStream', {}],
    ['AWS::Kinesis::Stream', {}],
    ['AWS::RDS::DBInstance', {}],
    ['AWS::EC2::Volume', {}],
    ['AWS::Backup::BackupVault', { BackupVaultTags: {} }],
    ['AWS::DynamoDB::GlobalTable', { Replicas: [{ Tags: tags('cdr') }, {}] }],
    ['AWS::DynamoDB::GlobalTable', {}],
    [
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance', Tags: tags('log') }] } },
    ],
  ])('is not met by %s with %j', (type, properties) => {
    expect(judged(type, properties)).toEqual(['unmet']);
  });

  test.each([
    ['AWS::S3::Bucket', { Tags: tags({ Ref: 'Class' }) }],
    ['AWS::S3::Bucket', { Tags: { 'Fn::If': ['Prod', tags('log'), tags('none')] } }],
    ['AWS::S3::Bucket', { Tags: [{ Key: { Ref: 'Key' }, Value: 'log' }] }],
    ['AWS::DynamoDB::GlobalTable', { Replicas: { Ref: 'Replicas' } }],
  ])('is not known of %s with %j', (type, properties) => {
    expect(judged(type, properties)).toEqual(['indeterminate']);
  });

  test('is not about what stores nothing', () => {
    expect(judged('AWS::SNS::Topic', {})).toEqual([]);
  });
});

describe('GOV-05: posture reports are kept as long as documentation', () => {
  const judged = (retention: unknown, enabled: unknown = true) =>
    answersOf(
      GOV_05,
      evidence(
        {
          Reports: tagged('AWS::S3::Bucket', 'posture', {
            ObjectLockEnabled: enabled,
            ObjectLockConfiguration: { Rule: { DefaultRetention: retention } },
          }),
        },
        { requirements: requirementsFor(['hipaa']) },
      ),
    );

  test.each([
    ['six calendar years of days', { Mode: 'COMPLIANCE', Days: 2192 }],
    ['GOVERNANCE, where nobody asks for WORM', { Mode: 'GOVERNANCE', Days: 2192 }],
    ['six years after a report leaves effect', { Mode: 'COMPLIANCE', DefaultEventHold: { Days: 2192 } }],
    ['seven years', { Mode: 'GOVERNANCE', Years: 7 }],
  ])('is met by %s', (_, retention) => {
    expect(judged(retention)).toEqual(['met']);
  });

  test.each([
    ['one day short', { Mode: 'COMPLIANCE', Days: 2191 }],
    ['six years of 365 days, as a hurried engineer writes', { Mode: 'COMPLIANCE', Years: 6 }],
    ['a lock without a period', undefined],
  ])('is not met by %s', (_, retention) => {
    expect(judged(retention)).toEqual(['unmet']);
  });

  test('is not met without Object Lock', () => {
    expect(judged({ Mode: 'COMPLIANCE', Days: 2192 }, false)).toEqual(['unmet']);
  });

  test('is not known when the days are a parameter', () => {
    expect(judged({ Mode: 'COMPLIANCE', Days: { Ref: 'Days' } })).toEqual(['indeterminate']);
  });

  test('asks for a bucket where there is none, and for nothing where no framework does', () => {
    const resources = { Logs: tagged('AWS::S3::Bucket', 'log') };
    expect(answersOf(GOV_05, evidence(resources))).toEqual(['unmet']);
    expect(answersOf(GOV_05, evidence(resources, { requirements: requirementsFor([]) }))).toEqual([]);
  });
});

describe('GOV-07: suppressed findings have a reason, an owner and an end', () => {
  const judged = (metadata: Readonly<Record<string, unknown>>) =>
    answersOf(GOV_07, evidence({ Role: { Type: 'AWS::IAM::Role', Metadata: metadata } }));

  const nag = (reason?: unknown, over = {}) => ({
    cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason, ...over }] },
  });
  const GOOD = 'Keys are opaque (owner=platform expires=2027-01-31)';
  const acknowledged = (...reasons: readonly unknown[]) =>
    new Evidence(
      evidence({}).set,
      scope(),
      reasons.map((reason) => ({ place: 'demo/stack/Role', id: 'AwsSolutions::AwsSolutions-IAM5', reason })),
    );

  test.each<[what: string, reasons: readonly unknown[], answers: readonly string[]]>([
    ['as the ledger writes them', [GOOD, auditTrail(WAIVER)], ['met']],
    ['without owner and end', [GOOD, 'accepted by the team'], ['unmet']],
    ['without a word', ['', undefined], ['unmet', 'unmet']],
    ['that have ended', ['Keys are opaque (owner=platform expires=2026-11-25)'], ['unmet']],
    ['that there are none of', [], []],
  ])('judges acknowledgements %s', (_, reasons, answers) => {
    expect(answersOf(GOV_07, acknowledged(...reasons))).toEqual(answers);
  });

  test('says where an acknowledgement is made, of what, and what it lacks', () => {
    expect(complaintsOf(GOV_07, acknowledged('accepted by the team'))).toEqual([
      'unmet -: on demo/stack/Role, AwsSolutions::AwsSolutions-IAM5 is suppressed without owner=, expires=; add it',
    ]);
  });

  test.each([
    ['cdk-nag', nag(GOOD)],
    ['cdk-nag, encoded', nag(Buffer.from(GOOD).toString('base64'), { is_reason_encoded: true })],
    ['cfn-nag', { cfn_nag: { rules_to_suppress: [{ id: 'W11', reason: GOOD }] } }],
    ['Checkov', { checkov: { skip: [{ id: 'CKV_AWS_18', comment: GOOD }] } }],
    ['the day itself', nag('Keys are opaque (owner=platform expires=2026-11-26)')],
  ])('is met by %s', (_, metadata) => {
    expect(judged(metadata)).toEqual(['met']);
  });

  test.each([
    ['no reason', nag()],
    ['what a hurried engineer writes', nag('false positive')],
    ['an owner and an end, but no reason', nag('owner=platform expires=2027-01-31')],
    ['no owner', nag('Keys are opaque (expires=2027-01-31)')],
    ['no end', nag('Keys are opaque (owner=platform)')],
    ['an end in the past', nag('Keys are opaque (owner=platform expires=2026-11-25)')],
    ['Guard, which takes no reason', { guard: { SuppressedRules: ['S3_BUCKET_LOGGING_ENABLED'] } }],
    ['one good and one bad', { ...nag(GOOD), checkov: { skip: [{ id: 'CKV_AWS_18' }] } }],
  ])('is not met by %s', (_, metadata) => {
    expect(judged(metadata)).toEqual(['unmet']);
  });

  test('is not known when the reason is a parameter', () => {
    expect(judged(nag({ Ref: 'Reason' }))).toEqual(['indeterminate']);
  });

  test.each([{}, { 'aws:cdk:path': 'demo/Role' }, { cdk_nag: 'all' }, { cdk_nag: { rules_to_suppress: {} } }])(
    'is not about metadata such as %j',
    (metadata) => {
      expect(judged(metadata)).toEqual([]);
    },
  );
});

test('a firm under the Taping Rule alone reviews its recordings; undertakings are asked of records under 17a-4', () => {
  const asked = [GOV_02, GOV_03, GOV_08].filter((control) => applies(control, { frameworks: ['finra-taping'] }));
  expect(asked).toEqual([GOV_08]);
});

describe('GOV-08: supervisory review leaves evidence', () => {
  const table = (over = {}, properties = {}) => ({
    ...tagged('AWS::DynamoDB::Table', 'cdr', { TableName: 'call-reviews', ...properties }),
    DeletionPolicy: 'Retain',
    ...over,
  });
  const judged = (resource: ReturnType<typeof table>) => answersOf(GOV_08, evidence({ Table: resource }));

  test.each([
    ['a table of reviews', table()],
    [
      'an index by state of review',
      table({}, { TableName: 'ledger', GlobalSecondaryIndexes: [{ IndexName: 'bySupervisor' }] }),
    ],
  ])('is met by %s', (_, resource) => {
    expect(judged(resource)).toEqual(['met']);
  });

  test.each([
    ['a table that goes with its stack', table({ DeletionPolicy: 'Delete' })],
    ['a table that expires', table({}, { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } })],
    ['a table of calls alone', table({}, { TableName: 'ledger' })],
    [
      'a table of code reviews',
      { ...table(), ...tagged('AWS::DynamoDB::Table', 'none', { TableName: 'code-reviews' }) },
    ],
    ['a queue, which forgets', tagged('AWS::SQS::Queue', 'cdr', { QueueName: 'supervisory-review' })],
  ])('is not met by %s', (_, resource) => {
    expect(answersOf(GOV_08, evidence({ Store: resource }))).toEqual(['unmet']);
  });

  test('is not known when expiry is a condition', () => {
    const expiry = { Enabled: { 'Fn::If': ['Short', true, false] } };
    expect(judged(table({}, { TimeToLiveSpecification: expiry }))).toEqual(['indeterminate']);
  });

  test('is met by an attestation where reviews are kept elsewhere', () => {
    const given = evidence(
      { Table: tagged('AWS::DynamoDB::Table', 'cdr') },
      { attestations: [attestation('supervisory-review')] },
    );
    expect(answersOf(GOV_08, given)).toEqual(['met']);
  });
});
