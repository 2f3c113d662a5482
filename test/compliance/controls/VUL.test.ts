import type { Evidence, Scope } from '../../../compliance/controls/evidence';
import { VUL_01 } from '../../../compliance/controls/VUL-01';
import { VUL_02 } from '../../../compliance/controls/VUL-02';
import { VUL_03 } from '../../../compliance/controls/VUL-03';
import { VUL_04 } from '../../../compliance/controls/VUL-04';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import { answersOf, complaintsOf, evidence, stack } from '../../support/evidence';

const VPC: ResourceBody = { Type: 'AWS::EC2::VPC' };

type Choice = NonNullable<Scope['accountServices']>['config'];

const services = (choice: Choice): NonNullable<Scope['accountServices']> => ({
  config: choice,
  guardDuty: choice,
  inspector: choice === 'create' ? 'existing' : choice,
});

const attested = (id: string) => [{ id, statement: 'it runs', by: 'platform', date: '2026-09-01' }];

describe.each([
  ['VUL-01: Inspector', VUL_01, 'inspector'],
  ['VUL-02: GuardDuty', VUL_02, 'guardduty'],
  ['VUL-03: AWS Config', VUL_03, 'config'],
])('%s, which an account has once', (_, control, id) => {
  test.each<Choice | undefined>(['existing', 'attested', undefined])('wants an attestation when it is %s', (choice) => {
    const accountServices = choice && services(choice);
    const given = (attestations: Scope['attestations']): Evidence =>
      evidence({ Vpc: VPC }, { attestations, ...(accountServices ? { accountServices } : {}) });
    expect(answersOf(control, given([]))).toEqual(['unmet']);
    expect(answersOf(control, given(attested(id)))).toEqual(['met']);
    expect(answersOf(control, given(attested(control.id)))).toEqual(['met']);
  });

  test('does not take a year-old attestation', () => {
    const [old] = attested(id);
    const attestations = old ? [{ ...old, date: '2025-09-01' }] : [];
    expect(answersOf(control, evidence({ Vpc: VPC }, { attestations }))).toEqual(['unmet']);
  });

  test('is not about an app without resources', () => {
    expect(answersOf(control, evidence({}))).toEqual([]);
  });
});

test.each([VUL_02, VUL_03])('what was to be created is asked for, whatever is attested', (control) => {
  const given = evidence({ Vpc: VPC }, { accountServices: services('create'), attestations: attested(control.id) });
  expect(answersOf(control, given)).toEqual(['unmet']);
});

test('a detector of one region does not watch the nodes of another', () => {
  const nodes: ResourceBody = { Type: 'AWS::AutoScaling::AutoScalingGroup' };
  const detector: ResourceBody = {
    Type: 'AWS::GuardDuty::Detector',
    Properties: {
      Enable: true,
      Features: ['S3_DATA_EVENTS', 'EBS_MALWARE_PROTECTION'].map((Name) => ({ Name, Status: 'ENABLED' })),
    },
  };
  const given = (region: string) =>
    evidence([stack({ Detector: detector, Nodes: nodes }), stack({ Nodes: nodes }, { name: 'demo/other', region })], {
      accountServices: services('create'),
    });
  expect(answersOf(VUL_02, given('us-east-1'))).toEqual(['met']);
  expect(answersOf(VUL_02, given('us-west-2'))).toEqual(['met', 'unmet']);
  expect(complaintsOf(VUL_02, given('us-west-2'))[0]).toMatch(/in us-west-2$/);
});

describe('VUL-02: a detector on the template', () => {
  const judged = (properties: Readonly<Record<string, unknown>>) =>
    answersOf(VUL_02, evidence({ Detector: { Type: 'AWS::GuardDuty::Detector', Properties: properties } }));

  const feature = (name: string, status: unknown = 'ENABLED') => ({ Name: name, Status: status });
  const BOTH = [feature('S3_DATA_EVENTS'), feature('EBS_MALWARE_PROTECTION')];

  test.each([
    ['both features', { Enable: true, Features: BOTH }],
    [
      'the older data sources',
      {
        Enable: 'true',
        DataSources: {
          S3Logs: { Enable: true },
          MalwareProtection: { ScanEc2InstanceWithFindings: { EbsVolumes: true } },
        },
      },
    ],
  ])('is met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['met']);
  });

  test.each([
    ['it bare', { Enable: true }],
    ['it switched off', { Enable: false, Features: BOTH }],
    ['one feature', { Enable: true, Features: [feature('S3_DATA_EVENTS')] }],
    [
      'a feature that is off',
      { Enable: true, Features: [feature('S3_DATA_EVENTS'), feature('EBS_MALWARE_PROTECTION', 'DISABLED')] },
    ],
    ['features as an object', { Enable: true, Features: { S3_DATA_EVENTS: 'ENABLED' } }],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test.each([
    ['Enable', { Enable: { Ref: 'Enable' }, Features: BOTH }],
    ['Features', { Enable: true, Features: { 'Fn::If': ['Prod', BOTH, []] } }],
    [
      'a status',
      { Enable: true, Features: [feature('S3_DATA_EVENTS'), feature('EBS_MALWARE_PROTECTION', { Ref: 'On' })] },
    ],
  ])('is not known when %s is not', (_, properties) => {
    expect(judged(properties)).toEqual(['indeterminate']);
  });
});

describe('VUL-03: a recorder on the template', () => {
  const CHANNEL: ResourceBody = { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'logs' } };
  const judged = (group: unknown, others: Readonly<Record<string, ResourceBody>> = { Channel: CHANNEL }) =>
    answersOf(
      VUL_03,
      evidence({
        Recorder: {
          Type: 'AWS::Config::ConfigurationRecorder',
          Properties: { RoleARN: 'arn:aws:iam::123456789012:role/config', RecordingGroup: group },
        },
        ...others,
      }),
    );

  test.each([
    [{ AllSupported: true }],
    [{ RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }],
    [{ Ref: 'AWS::NoValue' }],
  ])('is met by %j', (group) => {
    expect(judged(group)).toEqual(['met']);
  });

  test.each([
    [{ AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }],
    [{ RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } }],
    [{}],
    ['all'],
  ])('is not met by %j', (group) => {
    expect(judged(group)).toEqual(['unmet']);
  });

  test('is not met without a delivery channel, which starts it', () => {
    expect(judged({ AllSupported: true }, {})).toEqual(['unmet']);
  });

  test('is not known when what it records is a parameter', () => {
    expect(judged({ AllSupported: { Ref: 'All' } })).toEqual(['indeterminate']);
  });
});

describe('VUL-04: drift', () => {
  const rule = (identifier: unknown): ResourceBody => ({
    Type: 'AWS::Config::ConfigRule',
    Properties: { Source: { Owner: 'AWS', SourceIdentifier: identifier } },
  });

  test('is looked for by a Config rule', () => {
    expect(answersOf(VUL_04, evidence({ Rule: rule('CLOUDFORMATION_STACK_DRIFT_DETECTION_CHECK') }))).toEqual(['met']);
  });

  test.each([
    ['another rule', rule('S3_BUCKET_VERSIONING_ENABLED')],
    ['a rule that is a parameter', rule({ Ref: 'Rule' })],
    ['nothing', VPC],
  ])('is not known with %s: only the account shows it', (_, resource) => {
    expect(answersOf(VUL_04, evidence({ Resource: resource }))).toEqual(['indeterminate']);
  });

  test('is met by an attestation, and not by an old one', () => {
    const given = (date: string) =>
      evidence({ Vpc: VPC }, { attestations: [{ id: 'drift', statement: 'nightly', by: 'platform', date }] });
    expect(answersOf(VUL_04, given('2026-09-01'))).toEqual(['met']);
    expect(answersOf(VUL_04, given('2025-09-01'))).toEqual(['unmet']);
  });
});
