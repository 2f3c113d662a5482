import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CopiesStack } from '../../lib/stacks/copies';
import { RecordsStack } from '../../lib/stacks/records';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { resourcesOf, type Statement, statementsOf } from '../support/template';

const plan = regionPlan();
const { roles } = plan.names;
const roleArn = (name: string): string => `arn:aws:iam::${plan.account}:role/${name}`;

const idsOf = (template: Template, ...types: string[]): string[] =>
  types.flatMap((type) => Object.keys(resourcesOf(template, type)));

let records: Template;
let copies: Template;

const keyStatements = (template: Template, id: string): readonly Statement[] =>
  statementsOf(template, 'AWS::KMS::Key', id);
const policies = (): string[] => idsOf(records, 'AWS::IAM::ManagedPolicy');
const actionsOf = (policy: string): string[] =>
  statementsOf(records, 'AWS::IAM::ManagedPolicy', policy).flatMap(({ Action }) => Action);

beforeAll(() => {
  const app = testApp();
  const copiesStack = new CopiesStack(app, 'copies', { plan });
  const recordsStack = new RecordsStack(app, 'records', { plan });
  copies = templateOf(copiesStack);
  records = templateOf(recordsStack);
});

describe('keys', () => {
  test('rotate, wait 30 days before they go, and are destroyed by break-glass alone', () => {
    for (const template of [records, copies])
      for (const [id, key] of Object.entries(resourcesOf(template, 'AWS::KMS::Key'))) {
        expect(key.Properties).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 });
        expect(keyStatements(template, id)).toContainEqual(
          expect.objectContaining({
            Effect: 'Deny',
            Action: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': [roleArn(roles.breakGlass)] } },
          }),
        );
      }
  });

  test('take a new policy from CloudFormation, so that the stack can still be deployed', () => {
    const statement = keyStatements(copies, 'RecordingsKey').find(({ Sid }) => Sid === 'DenyReconfiguration');
    expect(statement?.Action).toContain('kms:PutKeyPolicy');
    expect(statement?.Condition).toEqual({
      ArnNotEquals: {
        'aws:PrincipalArn': [plan.copies.cfnExecutionRoleArn, roleArn(roles.breakGlass)],
      },
    });
  });

  test('name no principal that may not exist yet', () => {
    const principals = Object.keys(resourcesOf(records, 'AWS::KMS::Key')).flatMap((id) =>
      keyStatements(records, id).map((statement) => statement.Principal?.AWS),
    );
    expect(new Set(principals)).toEqual(new Set(['*', `arn:aws:iam::${plan.account}:root`, undefined]));
  });

  test('let EventBridge publish to the topic without the source conditions it does not send', () => {
    const events = keyStatements(records, 'KeysTopic').find(({ Sid }) => Sid === 'Events');
    expect(events?.Condition).toEqual({
      StringEquals: {
        'kms:EncryptionContext:aws:sns:topicArn': 'arn:aws:sns:us-east-1:123456789012:demo-us-east-1-alarms',
      },
    });
  });
});

describe('roles', () => {
  test('none both decrypts and administers or destroys keys', () => {
    for (const id of policies()) {
      const actions = actionsOf(id);
      const administers = actions.some((action) =>
        /^kms:(Put|Schedule|Disable|Enable|Cancel|CreateGrant)/.test(action),
      );
      expect(actions.includes('kms:Decrypt') && administers).toBe(false);
    }
    expect(policies()).toHaveLength(9);
  });

  test('the writer neither reads nor deletes', () => {
    expect(actionsOf('AccessWriterPolicy').filter((action) => action.startsWith('s3:'))).toEqual([
      's3:GetObjectRetention',
      's3:PutObject',
      's3:ListBucketVersions',
    ]);
  });

  test('only break-glass deletes, and the writer is media tasks of the cells only', () => {
    const deleters = policies().filter((id) => actionsOf(id).some((action) => action.startsWith('s3:Delete')));
    expect(deleters).toEqual([expect.stringMatching(/^AccessBreakGlassPolicy/)]);
    const [trust] = statementsOf(records, 'AWS::IAM::Role', 'AccessWriter');
    expect(trust?.Condition).toEqual({
      ArnEquals: { 'aws:PrincipalArn': plan.cells.map((cell) => roleArn(cell.mediaTaskRole)) },
    });
  });

  test('ask people for MFA, unless their identity provider has', () => {
    const sso = `arn:aws:iam::${plan.account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Reviewers_1`;
    const user = `arn:aws:iam::${plan.account}:user/auditor`;
    const principals = { ...plan.principals, playback: [sso, user] };
    const template = templateOf(new RecordsStack(testApp(), 'records', { plan: regionPlan({ principals }) }));
    const trust = statementsOf(template, 'AWS::IAM::Role', 'AccessPlayback');
    const here = { StringEquals: { 'aws:RequestedRegion': plan.region } };
    expect(trust.map(({ Condition }) => Condition)).toEqual([
      { ...here, ArnLike: { 'aws:PrincipalArn': [sso] } },
      { ...here, Bool: { 'aws:MultiFactorAuthPresent': 'true' }, ArnLike: { 'aws:PrincipalArn': [user] } },
    ]);
  });
});

describe('the ledger', () => {
  const only = (type: string): Record<string, unknown> => {
    const [found, ...others] = Object.values(resourcesOf(records, type));
    expect(others).toEqual([]);
    return found?.Properties ?? {};
  };
  const cdrKey = { 'Fn::GetAtt': ['KeysCdrKey809A79BC', 'Arn'] };

  test('streams every change to a week of its own, which delivery reads', () => {
    const stream = { 'Fn::GetAtt': [expect.stringMatching(/^LedgerStream/), 'Arn'] };
    expect(only('AWS::DynamoDB::Table')['KinesisStreamSpecification']).toEqual({ StreamArn: stream });
    expect(only('AWS::Kinesis::Stream')).toMatchObject({
      RetentionPeriodHours: 168,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: cdrKey },
    });
    expect(only('AWS::KinesisFirehose::DeliveryStream')).toMatchObject({
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: { KinesisStreamARN: stream },
    });
  });

  test('is written to its locked copy as lines of JSON, under its own key', () => {
    expect(only('AWS::KinesisFirehose::DeliveryStream')).toMatchObject({
      ExtendedS3DestinationConfiguration: {
        BucketARN: { 'Fn::GetAtt': ['CdrBucket1847B18A', 'Arn'] },
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: cdrKey } },
        ProcessingConfiguration: { Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      },
    });
  });

  test('is carried by a role that reads no object and writes nowhere else', () => {
    const actions = actionsOf('LedgerDeliveryRolePolicy');
    expect(actions.filter((action) => action.startsWith('s3:'))).toEqual([
      's3:GetBucketLocation',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
    expect(actions.filter((action) => /^(dynamodb|kinesis):(Put|Delete|Update)/.test(action))).toEqual([]);
  });
});

describe('the stack', () => {
  test('records every read of the vaults and of the ledger, with proof that the log is whole', () => {
    records.hasResourceProperties('AWS::CloudTrail::Trail', {
      EnableLogFileValidation: true,
      IsMultiRegionTrail: true,
      AdvancedEventSelectors: Match.arrayWith([
        Match.objectLike({
          FieldSelectors: Match.arrayWith([
            { Field: 'resources.ARN', StartsWith: plan.trail.dataEventBuckets.map((name) => `arn:aws:s3:::${name}/`) },
          ]),
        }),
      ]),
    });
  });

  test('finds calls by agent, person, number and day', () => {
    const [table] = Object.values(resourcesOf(records, 'AWS::DynamoDB::Table'));
    const indexes = table?.Properties['GlobalSecondaryIndexes'] as { IndexName: string }[];
    expect(indexes.map(({ IndexName }) => IndexName)).toEqual(['byAgentDate', 'byPersonDate', 'byNumberHash', 'byDay']);
    expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification');
    expect(table?.Properties).toMatchObject({ DeletionProtectionEnabled: true, BillingMode: 'PAY_PER_REQUEST' });
  });

  const STATEFUL = [
    'AWS::KMS::Key',
    'AWS::S3::Bucket',
    'AWS::DynamoDB::Table',
    'AWS::Kinesis::Stream',
    'AWS::SecretsManager::Secret',
    'AWS::ECR::Repository',
    'AWS::Logs::LogGroup',
  ];

  test('keeps everything that holds data when it goes', () => {
    const kept = [records, copies].flatMap((template) =>
      [...STATEFUL, 'AWS::S3::BucketPolicy', 'AWS::KMS::Alias'].flatMap((type) =>
        Object.entries(resourcesOf(template, type)),
      ),
    );
    const lost = kept.filter(([id, resource]) => {
      const policies = [resource['DeletionPolicy'], resource['UpdateReplacePolicy']].map(String);
      return !id.startsWith('WeightsBucketPolicy') && !policies.every((policy) => policy.startsWith('Retain'));
    });
    expect(lost.map(([id]) => id)).toEqual([]);
  });

  test('keeps the logical ids of stores, because a new id is a new, empty store', () => {
    expect(idsOf(records, ...STATEFUL)).toEqual([
      'KeysRecordingKey37EFD693',
      'KeysTranscriptKeyD2760814',
      'KeysCdrKey809A79BC',
      'KeysPostureKeyDE48F482',
      'KeysLogKey60548579',
      'KeysTopicKey7986046C',
      'KeysVolumeKey7CAC368F',
      'KeysWeightsKeyB760941F',
      'LogsBucket5C52C3D2',
      'RecordingsBucketB0C8199F',
      'TranscriptsBucket790D2BE6',
      'CdrBucket1847B18A',
      'PostureBucket372A60FA',
      'WeightsBucket670F500A',
      'LedgerTable9343E4AA',
      'LedgerStreamC2E73DD3',
      'NumberKeySecretFEB4D6E0',
      'ImagesSttE5988AE1',
      'ImagesLlm1326D2EE',
      'ImagesTtsD391A8A0',
      'LedgerDeliveryLogGroup5A3A8C99',
      'TrailLogGroup7D672DC9',
      'ReconcilerLogGroupE0CBD904',
    ]);
    expect(idsOf(copies, ...STATEFUL)).toEqual([
      'RecordingsKey12FBABC1',
      'TranscriptsKey8EC7E83D',
      'CdrKey11E58A66',
      'PostureKey23A41B16',
      'AlertsTopicKey70F3DE3E',
      'LogsBucket5C52C3D2',
      'RecordingsBucketB0C8199F',
      'TranscriptsBucket790D2BE6',
      'CdrBucket1847B18A',
      'PostureBucket372A60FA',
    ]);
  });

  test('labels every store with its class of data', () => {
    for (const template of [records, copies])
      for (const type of STATEFUL)
        for (const resource of Object.values(resourcesOf(template, type)))
          expect(resource.Properties['Tags']).toContainEqual({
            Key: 'voicecell:data-class',
            Value: expect.any(String),
          });
  });
});
