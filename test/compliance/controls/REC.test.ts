import { REC_01 } from '../../../compliance/controls/REC-01';
import { REC_02 } from '../../../compliance/controls/REC-02';
import { REC_03 } from '../../../compliance/controls/REC-03';
import { REC_04 } from '../../../compliance/controls/REC-04';
import { REC_05 } from '../../../compliance/controls/REC-05';
import { REC_06 } from '../../../compliance/controls/REC-06';
import { REC_07 } from '../../../compliance/controls/REC-07';
import { REC_08 } from '../../../compliance/controls/REC-08';
import { REC_09 } from '../../../compliance/controls/REC-09';
import { REC_10 } from '../../../compliance/controls/REC-10';
import { REC_11 } from '../../../compliance/controls/REC-11';
import { REC_12 } from '../../../compliance/controls/REC-12';
import { REC_13 } from '../../../compliance/controls/REC-13';
import { REC_14 } from '../../../compliance/controls/REC-14';
import { REC_15 } from '../../../compliance/controls/REC-15';
import { REC_16 } from '../../../compliance/controls/REC-16';
import type { Control } from '../../../compliance/controls/control';
import type { Evidence, Scope } from '../../../compliance/controls/evidence';
import { requirementsFor } from '../../../compliance/requirements';
import type { ResourceBody } from '../../../compliance/templates/template-set';
import type { DataClass } from '../../../regions/config/schema';
import { answersOf, complaintsOf, evidence, scope, stack, tagged } from '../../support/evidence';

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, ResourceBody>>;

const retained = (retention: unknown, enabled: unknown = true): Properties => ({
  ObjectLockEnabled: enabled,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } },
});

const locked = (mode: unknown, enabled: unknown = true) => retained({ Mode: mode, Days: 2192 }, enabled);

const bucket = (properties: Properties = locked('COMPLIANCE'), dataClass = 'recording'): ResourceBody =>
  tagged('AWS::S3::Bucket', dataClass, properties);

const vault = (properties: Properties, dataClass?: string): Evidence =>
  evidence({ Vault: bucket(properties, dataClass) });

const deny = (actions: unknown, condition?: Properties, over: Properties = {}): Properties => ({
  Effect: 'Deny',
  Principal: '*',
  Action: actions,
  Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Vault', 'Arn'] }, '/*']] },
  ...(condition ? { Condition: condition } : {}),
  ...over,
});

const except = (...arns: readonly unknown[]): Properties => ({ ArnNotEquals: { 'aws:PrincipalArn': arns } });

const OFFICER = 'arn:aws:iam::123456789012:role/records-officer';
const WRITER = 'arn:aws:iam::123456789012:role/writer';

/** A locked bucket with a policy, and the role that writes to it. */
const guarded = (statements: readonly unknown[], over: Properties = {}): Resources => ({
  Vault: bucket({ ...locked('COMPLIANCE'), BucketName: 'calls', ...over }),
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'Vault' }, PolicyDocument: { Statement: statements } },
  },
  Writer: role('writer', [{ Action: 's3:PutObject', Resource: 'arn:aws:s3:::calls/*' }]),
});

const role = (name: string, allowed: readonly Properties[]): ResourceBody => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    Policies: [{ PolicyDocument: { Statement: allowed.map((one) => ({ Effect: 'Allow', ...one })) } }],
  },
});

const PARAMETER = { Ref: 'OfNobody' };
const EITHER = (yes: unknown, no: unknown) => ({ 'Fn::If': ['IsProduction', yes, no] });

/** What is asked of one class of data, changed. */
const asking = (dataClass: DataClass, over: Partial<Scope['requirements'][DataClass]>): Partial<Scope> => {
  const { requirements } = scope();
  return { requirements: { ...requirements, [dataClass]: { ...requirements[dataClass], ...over } } };
};

const NO_FRAMEWORK: Partial<Scope> = { requirements: requirementsFor([]) };

describe('REC-01: records are stored so that nobody can overwrite or delete them', () => {
  const judged = (properties: Properties) => answersOf(REC_01, vault(properties));

  test('is met by a default retention in COMPLIANCE mode', () => {
    expect(judged(locked('COMPLIANCE'))).toEqual(['met']);
  });

  test.each([
    ['no lock at all', {}],
    ['a lock without default retention, which locks nothing', { ObjectLockEnabled: true }],
    ['GOVERNANCE, which an administrator bypasses', locked('GOVERNANCE')],
    ['the lock set to false', locked('COMPLIANCE', false)],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test('is not known when the mode is a parameter without default', () => {
    expect(judged(locked({ Ref: 'Mode' }))).toEqual(['indeterminate']);
  });

  test('asks for GOVERNANCE where no framework asks for WORM', () => {
    const given = evidence({ Vault: bucket(locked('GOVERNANCE')) }, asking('recording', { lockMode: 'GOVERNANCE' }));
    expect(complaintsOf(REC_01, given)).toEqual([]);
  });

  test('is not about buckets that hold no records', () => {
    expect(answersOf(REC_01, evidence({ Logs: tagged('AWS::S3::Bucket', 'log') }))).toEqual([]);
  });
});

describe('REC-02: records are locked for as long as the frameworks ask', () => {
  test.each([
    ['the days of six calendar years', { Mode: 'COMPLIANCE', Days: 2192 }],
    ['days written as text', { Mode: 'COMPLIANCE', Days: '2192' }],
    ['seven years of 365 days', { Mode: 'COMPLIANCE', Years: 7 }],
    ['a hold and the same days after its release', { Mode: 'COMPLIANCE', DefaultEventHold: { Days: 2192 } }],
  ])('is met by %s', (_, retention) => {
    expect(answersOf(REC_02, vault(retained(retention)))).toEqual(['met']);
  });

  test.each([
    ['one day less', { Mode: 'COMPLIANCE', Days: 2191 }],
    ['six years, which S3 takes for 2190 days', { Mode: 'COMPLIANCE', Years: 6 }],
    ['days and years at once, which S3 refuses', { Mode: 'COMPLIANCE', Days: 2192, Years: 7 }],
    ['words', { Mode: 'COMPLIANCE', Days: 'six years' }],
    ['a list', [{ Days: 2192 }]],
    ['no retention', undefined],
  ])('is not met by %s', (_, retention) => {
    expect(answersOf(REC_02, vault(retained(retention)))).toEqual(['unmet']);
  });

  test('is not met without a lock, whatever its configuration says', () => {
    expect(answersOf(REC_02, vault(locked('COMPLIANCE', false)))).toEqual(['unmet']);
  });

  test.each([
    ['a parameter', PARAMETER],
    ['a condition with two outcomes', EITHER(2192, 1)],
  ])('is not known when the days are %s', (_, days) => {
    expect(answersOf(REC_02, vault(retained({ Mode: 'COMPLIANCE', Days: days })))).toEqual(['indeterminate']);
  });

  test.each([
    ['met', 'the hold', { DefaultEventHold: { Days: 2192 } }],
    ['unmet', 'the days from the making', { Days: 2192 }],
  ])('is %s by %s where the clock is an event', (answer, _, retention) => {
    const given = evidence({ Vault: bucket(retained(retention)) }, asking('recording', { clock: 'event' }));
    expect(answersOf(REC_02, given)).toEqual([answer]);
  });

  test('says what was found, who asks and what to write', () => {
    const given = vault(retained({ Mode: 'COMPLIANCE', Years: 6 }));
    expect(complaintsOf(REC_02, given)[0]).toMatch(
      /^unmet Vault: its lock of 2190 days \(.*Years.*\) is too short; 2192 days are asked by hipaa .*DefaultRetention\.Days to 2192$/,
    );
  });

  test('is not about anything where no framework asks', () => {
    expect(answersOf(REC_02, evidence({ Vault: bucket({}) }, NO_FRAMEWORK))).toEqual([]);
  });
});

describe('REC-03: a writer cannot weaken the lock', () => {
  const UPLOAD = ['s3:PutObject', 's3:PutObjectRetention'];
  const weaker = (mode: unknown = 'COMPLIANCE', over: Properties = {}) =>
    deny(UPLOAD, { Null: { 's3:object-lock-mode': 'false' }, StringNotEquals: { 's3:object-lock-mode': mode } }, over);
  const shorter = (days: unknown, operator = 'NumericLessThan') =>
    deny(UPLOAD, { [operator]: { 's3:object-lock-remaining-retention-days': days }, ...except(OFFICER) });
  const judged = (statements: readonly unknown[], over?: Properties) =>
    answersOf(REC_03, evidence(guarded(statements, over)));

  test.each([
    ['a denial of setting retention', [deny('s3:PutObjectRetention')]],
    ['the same for all but the records officer', [deny('s3:PutObjectRetention', except(OFFICER))]],
    ['the same by a pattern of actions', [deny('s3:PutObjectR*')]],
    [
      'the same on the name of the bucket',
      [deny('s3:PutObjectRetention', undefined, { Resource: 'arn:aws:s3:::calls/*' })],
    ],
    ['denials of weaker modes and of fewer days', [weaker(), shorter('2192')]],
    ['fewer days up to one less', [weaker(), shorter(2191, 'NumericLessThanEquals')]],
    ['one statement for each action', [weaker(), ...UPLOAD.map((action) => ({ ...shorter('2192'), Action: action }))]],
  ])('is met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['met']);
  });

  test.each([
    ['no statement', []],
    ['a denial of weaker modes alone', [weaker()]],
    ['a denial of fewer days alone', [shorter('2192')]],
    ['one day too few', [weaker(), shorter('2191')]],
    ['a mode that is weaker', [weaker(['COMPLIANCE', 'GOVERNANCE']), shorter('2192')]],
    ['a denial to the writer alone', [deny('s3:PutObjectRetention', undefined, { Principal: { AWS: WRITER } })]],
    [
      'a denial on the bucket, which has no objects in it',
      [deny('s3:PutObjectRetention', undefined, { Resource: { 'Fn::GetAtt': ['Vault', 'Arn'] } })],
    ],
    ['a denial on one prefix', [deny('s3:PutObjectRetention', undefined, { Resource: 'arn:aws:s3:::calls/old/*' })]],
    ['a denial on another bucket', [deny('s3:PutObjectRetention', undefined, { Resource: 'arn:aws:s3:::recalls/*' })]],
    ['a denial of plain HTTP only', [deny('s3:*', { Bool: { 'aws:SecureTransport': 'false' } })]],
    [
      'a denial of retention but not of lock headers',
      [weaker(), { ...shorter('2192'), Action: 's3:PutObjectRetention' }],
    ],
    ['an allowance', [deny('s3:PutObjectRetention', undefined, { Effect: 'Allow' })]],
  ])('is not met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['unmet']);
  });

  test.each([
    ['the role that writes', WRITER],
    ['a pattern the writer fits', 'arn:aws:iam::123456789012:role/wri*'],
    ['a reference to it', { 'Fn::GetAtt': ['Writer', 'Arn'] }],
    ['everybody', '*'],
    ['every role', 'arn:aws:iam::123456789012:role/*'],
    ['the root user', 'arn:aws:iam::123456789012:root'],
  ])('is not met by an exemption of %s', (_, arn) => {
    const given = evidence(guarded([deny('s3:PutObjectRetention', except(OFFICER, arn))]));
    expect(complaintsOf(REC_03, given)[0]).toMatch(/^unmet Vault: its policy exempts /);
  });

  test('is not met without a default, which lock headers would be needed for', () => {
    expect(judged([deny('s3:PutObjectRetention')], { ObjectLockConfiguration: undefined })).toEqual(['unmet']);
  });

  test.each([
    ['the exempt role', [deny('s3:PutObjectRetention', except(PARAMETER))]],
    ['a whole statement', [EITHER(deny('s3:PutObjectRetention'), deny('s3:DeleteObject'))]],
    ['the days', [weaker(), shorter(PARAMETER)]],
  ])('is not known when %s is a parameter or a condition', (_, statements) => {
    expect(judged(statements)).toEqual(['indeterminate']);
  });

  test('is not known when a policy may be that of this bucket', () => {
    const { Vault: of } = guarded([]);
    const policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: PARAMETER, PolicyDocument: { Statement: [] } },
    };
    expect(answersOf(REC_03, evidence({ ...(of ? { Vault: of } : {}), Policy: policy }))).toEqual(['indeterminate']);
  });

  test('lets GOVERNANCE pass where it is all that is asked', () => {
    const statements = [weaker(['GOVERNANCE', 'COMPLIANCE']), shorter('2192')];
    const given = evidence(guarded(statements), asking('recording', { lockMode: 'GOVERNANCE' }));
    expect(answersOf(REC_03, given)).toEqual(['met']);
  });
});

describe('REC-04: records can be read at once for the first two years', () => {
  const rule = (over: Properties) => ({
    ...locked('COMPLIANCE'),
    LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ...over }] },
  });
  const to = (storageClass: unknown, days: unknown) =>
    rule({ Transitions: [{ StorageClass: storageClass, TransitionInDays: days }] });
  const tiering = (tier: string, days: number, status = 'Enabled') => ({
    IntelligentTieringConfigurations: [{ Id: 'Old', Status: status, Tierings: [{ AccessTier: tier, Days: days }] }],
  });

  test.each([
    ['no lifecycle', {}],
    ['GLACIER_IR, read within milliseconds', to('GLACIER_IR', 90)],
    ['GLACIER from the day after two calendar years', to('GLACIER', 731)],
    [
      'a rule that is off',
      rule({ Status: 'Disabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }),
    ],
    ['Intelligent-Tiering without archive tiers', to('INTELLIGENT_TIERING', 0)],
    ['archive tiers that are off', tiering('ARCHIVE_ACCESS', 90, 'Disabled')],
  ])('is met by %s', (_, properties) => {
    expect(answersOf(REC_04, vault(properties))).toEqual(['met']);
  });

  test.each([
    ['GLACIER a day too early', to('GLACIER', 730)],
    ['GLACIER in other letters', to('Glacier', '90')],
    ['DEEP_ARCHIVE', to('DEEP_ARCHIVE', 180)],
    ['a class nobody has heard of', to('FROZEN', 30)],
    ['a date', rule({ Transitions: [{ StorageClass: 'GLACIER', TransitionDate: '2030-01-01' }] })],
    ['the old form of one transition', rule({ Transition: { StorageClass: 'GLACIER', TransitionInDays: 30 } })],
    [
      'noncurrent versions',
      rule({ NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }] }),
    ],
    [
      'a rule for some objects',
      rule({ Prefix: 'old/', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }] }),
    ],
    ['an archive tier of Intelligent-Tiering', tiering('ARCHIVE_ACCESS', 730)],
  ])('is not met by %s', (_, properties) => {
    expect(answersOf(REC_04, vault(properties))).toEqual(['unmet']);
  });

  test.each([
    ['the days are a parameter', to('GLACIER', PARAMETER)],
    ['the rules are a condition', { LifecycleConfiguration: { Rules: EITHER([], [{ Status: 'Enabled' }]) } }],
    ['a rule is a condition', { LifecycleConfiguration: { Rules: [EITHER({ Id: 'A' }, { Id: 'B' })] } }],
  ])('is not known when %s', (_, properties) => {
    expect(answersOf(REC_04, vault(properties))).toEqual(['indeterminate']);
  });

  test('is known when only an expiration is a parameter', () => {
    expect(answersOf(REC_04, vault(rule({ ExpirationInDays: PARAMETER })))).toEqual(['met']);
  });

  test('asks nothing where no framework wants easy access', () => {
    const given = evidence({ Vault: bucket(to('GLACIER', 1)) }, { requirements: requirementsFor(['hipaa']) });
    expect(answersOf(REC_04, given)).toEqual([]);
  });
});

describe('REC-05: records are disposed of when their retention is over', () => {
  const expiring = (over: Properties = {}, markers: Properties = { ExpiredObjectDeleteMarker: true }): Properties => ({
    LifecycleConfiguration: {
      Rules: [
        { Status: 'Enabled', ExpirationInDays: 2192, NoncurrentVersionExpiration: { NoncurrentDays: 1 }, ...over },
        { Status: 'Enabled', ...markers },
      ],
    },
  });
  const judged = (properties: Properties, lock: Properties = locked('COMPLIANCE'), over: Partial<Scope> = {}) =>
    answersOf(REC_05, evidence({ Vault: bucket({ ...lock, ...properties }) }, over));

  test.each([
    ['expiration, then versions, then markers', expiring()],
    ['an empty prefix', expiring({ Prefix: '' })],
    [
      'the old form for noncurrent versions',
      expiring({ NoncurrentVersionExpiration: undefined, NoncurrentVersionExpirationInDays: 1 }),
    ],
  ])('is met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['met']);
  });

  test.each([
    ['no lifecycle', {}],
    ['expiration a day before the lock ends, which hides what is locked', expiring({ ExpirationInDays: 2191 })],
    ['expiration on a date', expiring({ ExpirationInDays: undefined, ExpirationDate: '2040-01-01' })],
    ['no expiration', expiring({ ExpirationInDays: undefined })],
    ['expiration alone, which deletes no version', expiring({ NoncurrentVersionExpiration: undefined })],
    [
      'noncurrent versions of which some stay',
      expiring({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 3 } }),
    ],
    ['markers that stay', expiring({}, {})],
    ['a rule for one prefix', expiring({ Prefix: 'calls/' })],
    ['a rule for a tag', expiring({ TagFilters: [{ Key: 'a', Value: 'b' }] })],
    ['a rule that is off', expiring({ Status: 'Disabled' })],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test('counts the lock where it is longer than the floor', () => {
    expect(judged(expiring(), retained({ Mode: 'COMPLIANCE', Days: 2557 }))).toEqual(['unmet']);
  });

  test.each([
    ['met', 2192],
    ['unmet', 2191],
  ])('is %s when versions nothing locks go after %d days', (answer, days) => {
    const properties = expiring({ NoncurrentVersionExpiration: { NoncurrentDays: days } });
    expect(judged(properties, { VersioningConfiguration: { Status: 'Enabled' } })).toEqual([answer]);
  });

  test('asks a bucket without versions for expiration only', () => {
    expect(judged({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 2192 }] } }, {})).toEqual([
      'met',
    ]);
  });

  test.each([
    ['met', 'on the ceiling', 2192],
    ['unmet', 'a day after it', 2193],
  ])('is %s when the last is gone %s', (answer, _, days) => {
    const over = asking('recording', { ceilingDays: 2192 });
    expect(judged(expiring({ ExpirationInDays: days }), undefined, over)).toEqual([answer]);
  });

  test('takes the floor for the ceiling where it is higher, as config has settled', () => {
    expect(judged(expiring(), undefined, asking('recording', { ceilingDays: 30 }))).toEqual(['met']);
  });

  test('is not known when the days are a parameter', () => {
    expect(judged(expiring({ ExpirationInDays: PARAMETER }))).toEqual(['indeterminate']);
  });

  test('is about prompts too, and about no logs', () => {
    const given = evidence({ Prompts: bucket({}, 'prompt'), Logs: bucket({}, 'log') });
    expect(complaintsOf(REC_05, given)).toEqual([
      expect.stringMatching(/^unmet Prompts: nothing disposes of its objects/),
    ]);
  });
});

describe('REC-06: nobody deletes or hides a record', () => {
  const DELETE = ['s3:DeleteObject', 's3:DeleteObjectVersion'];
  const judged = (statements: readonly unknown[]) => answersOf(REC_06, evidence(guarded(statements)));

  test.each([
    ['a denial to everybody', [deny(DELETE)]],
    [
      'a denial to all but break-glass',
      [deny('s3:DeleteObject*', except('arn:aws:iam::123456789012:role/break-glass'))],
    ],
    [
      'one to all but people of Identity Center',
      [
        deny(DELETE, {
          ArnNotLike: {
            'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Emergency_*',
          },
        }),
      ],
    ],
    ['a denial of all but reading', [deny(undefined, undefined, { NotAction: 's3:Get*' })]],
  ])('is met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['met']);
  });

  test.each([
    ['nothing', []],
    ['a denial of versions alone, which leaves hiding', [deny('s3:DeleteObjectVersion')]],
    ['a denial of hiding alone', [deny('s3:DeleteObject')]],
    [
      'a denial to other organizations',
      [deny(DELETE, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } })],
    ],
    ['a denial that exempts the writer', [deny(DELETE, except(WRITER))]],
    ['a denial of deleting the bucket', [deny('s3:DeleteBucket')]],
  ])('is not met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['unmet']);
  });

  test('is not known when the policy is a condition', () => {
    const resources = guarded([]);
    const policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'calls', PolicyDocument: EITHER({}, { a: 1 }) },
    };
    expect(answersOf(REC_06, evidence({ ...resources, Policy: policy }))).toEqual(['indeterminate']);
  });
});

describe('REC-07: where the period counts from an event, records are held until it', () => {
  const RELEASE = ['s3:PutObject', 's3:PutObjectRetention'];
  const held = retained({ Mode: 'COMPLIANCE', DefaultEventHold: { Days: 2192 } });
  const release = deny(RELEASE, { StringEquals: { 's3:object-lock-event-hold': 'OFF' }, ...except(OFFICER) });
  const judged = (statements: readonly unknown[], lock: Properties = held, clock: 'event' | 'creation' = 'event') =>
    answersOf(REC_07, evidence(guarded(statements, lock), asking('recording', { clock })));

  test.each([
    ['a hold that the officer alone releases', [release]],
    ['a hold where only the officer sets retention', [deny('s3:PutObjectRetention', except(OFFICER))]],
  ])('is met by %s', (_, statements) => {
    expect(judged(statements)).toEqual(['met']);
  });

  test.each([
    ['a hold that anybody releases', [], held],
    [
      'a hold that the writer releases',
      [deny(RELEASE, { StringEquals: { 's3:object-lock-event-hold': 'OFF' }, ...except(WRITER) })],
      held,
    ],
    ['a denial of holds that are set', [deny(RELEASE, { StringEquals: { 's3:object-lock-event-hold': 'ON' } })], held],
    ['days from the making', [release], locked('COMPLIANCE')],
    ['a day too few', [release], retained({ Mode: 'COMPLIANCE', DefaultEventHold: { Days: 2191 } })],
    ['six years of 365 days', [release], retained({ Mode: 'COMPLIANCE', DefaultEventHold: { Years: 6 } })],
  ])('is not met by %s', (_, statements, lock) => {
    expect(judged(statements, lock)).toEqual(['unmet']);
  });

  test.each([
    ['the days of the hold', [release], retained({ DefaultEventHold: { Days: PARAMETER } })],
    ['the releaser', [deny('s3:PutObjectRetention', except(PARAMETER))], held],
  ])('is not known when %s is a parameter', (_, statements, lock) => {
    expect(judged(statements, lock)).toEqual(['indeterminate']);
  });

  test('is not about records whose clock starts when they are made', () => {
    expect(judged([], {}, 'creation')).toEqual([]);
  });

  test('is about a bucket of postures, which count from when they are replaced', () => {
    expect(answersOf(REC_07, vault({}, 'posture'))).toEqual(['unmet']);
  });
});

describe('REC-08: every record has a second locked copy in the jurisdiction', () => {
  const KMS = {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  };
  const ENCRYPTED = { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } };
  const LOCKS = ['s3:GetObjectRetention', 's3:GetObjectLegalHold'];

  interface Case {
    readonly rule?: Properties;
    readonly source?: Properties;
    readonly copy?: Properties;
    readonly region?: string;
    readonly actions?: unknown;
    readonly replicator?: unknown;
  }

  const replicated = ({
    rule = {},
    source = {},
    copy = locked('COMPLIANCE'),
    region = 'us-east-2',
    actions = LOCKS,
    replicator,
  }: Case = {}) => {
    const one = { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::calls-copy' }, ...ENCRYPTED, ...rule };
    const replication = { Role: replicator ?? { 'Fn::GetAtt': ['Replicator', 'Arn'] }, Rules: [one] };
    return evidence([
      stack({
        Vault: bucket({ ...locked('COMPLIANCE'), ...KMS, ReplicationConfiguration: replication, ...source }),
        Replicator: role('replicator', [{ Action: actions, Resource: { 'Fn::Sub': '${Vault.Arn}/*' } }]),
      }),
      stack({ Copy: bucket({ BucketName: 'calls-copy', ...copy }) }, { name: 'demo/copies', region }),
    ]);
  };

  test('is met by replication to a bucket that is locked as the source, in another region; the copy needs none', () => {
    expect(answersOf(REC_08, replicated())).toEqual(['met']);
  });

  test('is met by objects without KMS that no criterion selects', () => {
    expect(
      answersOf(
        REC_08,
        replicated({ source: { BucketEncryption: undefined }, rule: { SourceSelectionCriteria: undefined } }),
      ),
    ).toEqual(['met']);
  });

  test.each<[string, Case]>([
    ['no replication', { source: { ReplicationConfiguration: undefined } }],
    ['a copy that is not locked', { copy: {} }],
    ['a copy that is locked in GOVERNANCE mode', { copy: locked('GOVERNANCE') }],
    ['a copy that is locked for a day less', { copy: retained({ Mode: 'COMPLIANCE', Days: 2191 }) }],
    ['a copy outside the jurisdiction', { region: 'eu-west-1' }],
    ['a rule that is off', { rule: { Status: 'Disabled' } }],
    ['a rule for one prefix', { rule: { Filter: { Prefix: 'calls/' } } }],
    ['a rule for a tag', { rule: { Filter: { TagFilter: { Key: 'copy', Value: 'yes' } } } }],
    ['a rule that forgets encrypted objects', { rule: { SourceSelectionCriteria: undefined } }],
    [
      'a role that cannot read legal holds',
      { actions: ['s3:GetObjectRetention', 's3:GetObjectVersionForReplication'] },
    ],
  ])('is not met by %s', (_, given) => {
    expect(answersOf(REC_08, replicated(given))[0]).toBe('unmet');
  });

  test.each<[string, Case]>([
    ['the destination is a parameter', { rule: { Destination: { Bucket: PARAMETER } } }],
    ['the destination is in no template', { rule: { Destination: { Bucket: 'arn:aws:s3:::elsewhere' } } }],
    ['the role is in no template', { replicator: 'arn:aws:iam::123456789012:role/elsewhere' }],
    ['what the role may do is a parameter', { actions: PARAMETER }],
    ['the lock of the copy is a parameter', { copy: locked(PARAMETER) }],
  ])('is not known when %s', (_, given) => {
    expect(answersOf(REC_08, replicated(given))[0]).toBe('indeterminate');
  });

  describe('by backup', () => {
    const backedUp = (lock: unknown, selection: Properties = { Resources: [{ 'Fn::GetAtt': ['Vault', 'Arn'] }] }) =>
      evidence({
        Vault: bucket(),
        Safe: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'safe', LockConfiguration: lock } },
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'safe' }] } },
        },
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: selection },
        },
      });

    test.each([
      ['met', 'a vault locked for good', { MinRetentionDays: 2192, ChangeableForDays: 3 }],
      ['unmet', 'one whose lock can be lifted', { MinRetentionDays: 2192 }],
      ['unmet', 'one locked for a day less', { MinRetentionDays: 2191, ChangeableForDays: 3 }],
      ['unmet', 'one without lock', undefined],
    ])('is %s by %s', (answer, _, lock) => {
      expect(answersOf(REC_08, backedUp(lock))).toEqual([answer]);
    });

    test.each([
      [
        'met',
        'by tag',
        {
          ListOfTags: [
            { ConditionType: 'STRINGEQUALS', ConditionKey: 'voicecell:data-class', ConditionValue: 'recording' },
          ],
        },
      ],
      [
        'unmet',
        'by another tag',
        {
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'voicecell:data-class', ConditionValue: 'log' }],
        },
      ],
      ['unmet', 'but left out again', { Resources: ['*'], NotResources: [{ 'Fn::GetAtt': ['Vault', 'Arn'] }] }],
      ['indeterminate', 'by a parameter', { Resources: [PARAMETER] }],
    ])('is %s when it is selected %s', (answer, _, selection) => {
      expect(answersOf(REC_08, backedUp({ MinRetentionDays: 2192, ChangeableForDays: 3 }, selection))).toEqual([
        answer,
      ]);
    });
  });
});

describe('REC-09: a role that does not write can put records under legal hold', () => {
  const HOLD = { Action: 's3:PutObjectLegalHold', Resource: 'arn:aws:s3:::calls/*' };
  const judged = (allowed: readonly Properties[], statements: readonly unknown[] = []) =>
    answersOf(REC_09, evidence({ ...guarded(statements), Officer: role('records-officer', allowed) }));

  test.each([
    ['a role that names the action', [HOLD], []],
    ['a role exempt from the denial of holds', [HOLD], [deny('s3:PutObjectLegalHold', except(OFFICER))]],
    ['a role that plain HTTP is denied to', [HOLD], [deny('s3:*', { Bool: { 'aws:SecureTransport': 'false' } })]],
  ])('is met by %s', (_, allowed, statements) => {
    expect(judged(allowed, statements)).toEqual(['met']);
  });

  test.each([
    ['nobody', [], []],
    ['a wildcard, which holds by accident', [{ ...HOLD, Action: 's3:*' }], []],
    ['a role for another bucket', [{ ...HOLD, Resource: 'arn:aws:s3:::other/*' }], []],
    ['a role that writes too', [HOLD, { ...HOLD, Action: 's3:PutObject' }], []],
    ['a role that the bucket denies holds', [HOLD], [deny('s3:PutObjectLegalHold')]],
  ])('is not met by %s', (_, allowed, statements) => {
    expect(judged(allowed, statements)).toEqual(['unmet']);
  });

  test('is not known when the bucket of a holder is a parameter', () => {
    expect(judged([{ ...HOLD, Resource: PARAMETER }])).toEqual(['indeterminate']);
  });
});

describe('REC-10: that records are complete and unchanged can be verified', () => {
  const FIELDS = ['ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus', 'ChecksumAlgorithm'];
  const inventory = (over: Properties = {}) => ({
    ...locked('COMPLIANCE'),
    InventoryConfigurations: [
      { Id: 'Proof', Enabled: true, IncludedObjectVersions: 'All', OptionalFields: FIELDS, ...over },
    ],
  });

  test.each([
    ['an inventory of lock and checksum', inventory()],
    ['one with more fields', inventory({ OptionalFields: ['Size', ...FIELDS] })],
  ])('is met by %s', (_, properties) => {
    expect(answersOf(REC_10, vault(properties))).toEqual(['met']);
  });

  test.each([
    ['no inventory', locked('COMPLIANCE')],
    ['one without fields', inventory({ OptionalFields: undefined })],
    ['one without checksums', inventory({ OptionalFields: FIELDS.slice(0, 3) })],
    ['one of current versions', inventory({ IncludedObjectVersions: 'Current' })],
    ['one of a prefix', inventory({ Prefix: 'calls/' })],
    ['one that is off', inventory({ Enabled: false })],
  ])('is not met by %s', (_, properties) => {
    expect(answersOf(REC_10, vault(properties))).toEqual(['unmet']);
  });

  test('is not known when the inventories are a condition', () => {
    expect(answersOf(REC_10, vault({ InventoryConfigurations: [EITHER({}, { Enabled: true })] }))).toEqual([
      'indeterminate',
    ]);
  });
});

describe('REC-11: records are catalogued by person and date', () => {
  const key = (hash: string, range?: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' }] : []),
  ];
  const index = (hash: unknown, range?: string) => ({
    IndexName: 'byOne',
    KeySchema: typeof hash === 'string' ? key(hash, range) : hash,
  });
  const reader = (over: Properties = {}) =>
    role('officer', [
      { Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: { 'Fn::Sub': '${Calls.Arn}/index/*' }, ...over },
      { Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Vault.Arn}/*' } },
    ]);
  const judged = (indexes: unknown, reads = reader(), table: Properties = {}) =>
    answersOf(
      REC_11,
      evidence({
        Calls: tagged('AWS::DynamoDB::Table', 'cdr', {
          KeySchema: key('callId', 'item'),
          GlobalSecondaryIndexes: indexes,
          ...table,
        }),
        Vault: bucket(),
        Officer: reads,
      }),
    );

  test.each([
    ['an index from agent to start', [index('agentId', 'startedAt')]],
    ['one of several', [index('numberHash'), index('registeredPerson', 'callDate')]],
    ['one key made of both', [index('agentId#date')]],
  ])('is met by %s', (_, indexes) => {
    expect(judged(indexes)).toEqual(['met']);
  });

  test('is met by the key of the table itself', () => {
    expect(judged(undefined, reader(), { KeySchema: key('agentId', 'timestamp') })).toEqual(['met']);
  });

  test.each([
    ['no index', undefined],
    ['an index by person alone', [index('agentId')]],
    ['an index by date alone', [index('day', 'startedAt')]],
    ['an index without keys', [{ IndexName: 'odd' }]],
  ])('is not met by %s', (_, indexes) => {
    expect(judged(indexes)).toEqual(['unmet']);
  });

  test.each([
    ['nobody who may query', reader({ Action: 'dynamodb:GetItem' })],
    ['a reader of another table', reader({ Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/other' })],
  ])('is not met by %s', (_, reads) => {
    expect(judged([index('agentId', 'startedAt')], reads)).toEqual(['unmet']);
  });

  test.each([
    ['the names of the keys say nothing', [index('GSI1PK', 'GSI1SK')]],
    ['the indexes are a condition', EITHER([], [index('agentId', 'startedAt')])],
  ])('is not known when %s', (_, indexes) => {
    expect(judged(indexes)).toEqual(['indeterminate']);
  });

  test('is not known when what the reader may read is a parameter', () => {
    expect(judged([index('agentId', 'startedAt')], reader({ Resource: PARAMETER }))).toEqual(['indeterminate']);
  });

  test('is told of the bucket when there is no catalogue at all', () => {
    expect(complaintsOf(REC_11, evidence({ Vault: bucket() }))).toEqual([
      expect.stringMatching(/^unmet Vault: nothing catalogues its records/),
    ]);
  });

  test('finds tables of several regions by the tags of their replicas', () => {
    const table = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        KeySchema: key('callId'),
        Replicas: [{ Region: 'us-east-1', Tags: [{ Key: 'voicecell:data-class', Value: 'cdr' }] }],
      },
    };
    expect(complaintsOf(REC_11, evidence({ Calls: table }))).toEqual([expect.stringMatching(/^unmet Calls: /)]);
  });
});

describe('REC-12: buckets of records outlive their stack', () => {
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const judged = (over: Partial<ResourceBody>, others: Resources = {}) =>
    answersOf(REC_12, evidence({ Vault: { ...bucket(), ...over }, ...others }));
  const eraser = (name: unknown) => ({
    Eraser: { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: name } },
  });

  test.each([
    ['Retain for both', kept],
    ['a deletion only when the first creation fails', { ...kept, DeletionPolicy: 'RetainExceptOnCreate' }],
  ])('is met by %s', (_, over) => {
    expect(judged(over)).toEqual(['met']);
  });

  test.each([
    ['nothing, which means Delete', {}],
    ['Retain on deletion alone', { DeletionPolicy: 'Retain' }],
    ['Delete on replacement', { ...kept, UpdateReplacePolicy: 'Delete' }],
    ['RemovalPolicy.DESTROY', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
  ])('is not met by %s', (_, over) => {
    expect(judged(over)).toEqual(['unmet']);
  });

  test('is not met by autoDeleteObjects, which empties what is retained', () => {
    expect(judged(kept, eraser({ Ref: 'Vault' }))).toEqual(['unmet']);
  });

  test.each([
    ['a policy is an intrinsic', { ...kept, DeletionPolicy: PARAMETER }, {}],
    ['what is emptied is a parameter', kept, eraser(PARAMETER)],
  ])('is not known when %s', (_, over, others) => {
    expect(judged(over, others)).toEqual(['indeterminate']);
  });

  test('is about logs that must be kept, and not about weights', () => {
    expect(answersOf(REC_12, evidence({ Logs: bucket({}, 'log'), Weights: bucket({}, 'weights') }))).toEqual(['unmet']);
  });
});

describe('REC-13: somebody states the period of medical records', () => {
  const said = (id: string, date: string, today: string | undefined = '2026-11-26'): Evidence =>
    evidence(
      { Vault: bucket() },
      {
        attestations: [{ id, statement: 'ten years, as the state asks', by: 'privacy officer', date }],
        ...(today ? { today } : {}),
      },
    );

  test.each([
    ['the control', 'REC-13', '2026-09-01'],
    ['the word for it', 'medical-record-period', '2026-09-01'],
    ['a day twelve months ago', 'REC-13', '2025-11-25'],
  ])('is met by an attestation that names %s', (_, id, date) => {
    expect(answersOf(REC_13, said(id, date))).toEqual(['met']);
  });

  test.each([
    ['stale', 'REC-13', '2025-11-24'],
    ['of the future', 'REC-13', '2026-11-27'],
    ['of something else', 'baa', '2026-09-01'],
  ])('is not met by an attestation that is %s', (_, id, date) => {
    expect(answersOf(REC_13, said(id, date))).toEqual(['unmet']);
  });

  test('is not met when nobody says so', () => {
    expect(answersOf(REC_13, evidence({ Vault: bucket() }))).toEqual(['unmet']);
  });

  test('is not about a deployment that keeps no records', () => {
    expect(answersOf(REC_13, evidence({ Logs: bucket({}, 'log') }))).toEqual([]);
  });
});

describe('REC-14: the audit trail in place of the lock is complete', () => {
  const trail = (over: Properties = {}): ResourceBody => ({
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      IsLogging: true,
      EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: [{ 'Fn::Sub': '${Vault.Arn}/' }] }] }],
      ...over,
    },
  });
  const NO_DELETE = deny('s3:DeleteObjectVersion', except(OFFICER));
  const audited = (statements: readonly unknown[], over: Properties = {}, record = trail()): Evidence => {
    const resources = guarded(statements);
    const tags = [
      { Key: 'voicecell:data-class', Value: 'recording' },
      { Key: 'voicecell:ers-mode', Value: 'audit-trail' },
    ];
    const properties = { BucketName: 'calls', VersioningConfiguration: { Status: 'Enabled' }, ...over, Tags: tags };
    return evidence({ ...resources, Vault: { Type: 'AWS::S3::Bucket', Properties: properties }, Trail: record });
  };

  test('is met by versions, a trail of their changes and a denial of deleting them', () => {
    expect(answersOf(REC_14, audited([NO_DELETE]))).toEqual(['met']);
  });

  test.each([
    ['versions that are suspended', audited([NO_DELETE], { VersioningConfiguration: { Status: 'Suspended' } })],
    ['versions that anybody deletes', audited([])],
    ['a trail that is off', audited([NO_DELETE], {}, trail({ IsLogging: false }))],
    ['a trail of management events', audited([NO_DELETE], {}, trail({ EventSelectors: undefined }))],
    [
      'a trail of reads',
      audited(
        [NO_DELETE],
        {},
        trail({
          EventSelectors: [
            {
              ReadWriteType: 'ReadOnly',
              DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::calls/'] }],
            },
          ],
        }),
      ),
    ],
  ])('is not met by %s', (_, given) => {
    expect(answersOf(REC_14, given)).toEqual(['unmet']);
  });

  test.each([
    ['versioning is a parameter', audited([NO_DELETE], { VersioningConfiguration: { Status: PARAMETER } })],
    ['the selectors of the trail are a parameter', audited([NO_DELETE], {}, trail({ EventSelectors: PARAMETER }))],
  ])('is not known when %s', (_, given) => {
    expect(answersOf(REC_14, given)).toEqual(['indeterminate']);
  });

  test('takes the place of the rules on locks, which do not ask again', () => {
    const given = audited([]);
    expect([REC_02, REC_03, REC_08, REC_10].flatMap((control) => answersOf(control, given))).toEqual([]);
  });

  test('is not about buckets that are locked', () => {
    expect(answersOf(REC_14, evidence({ Vault: bucket() }))).toEqual([]);
  });
});

describe('REC-15: transcripts and voicemails are kept by the rules of recordings', () => {
  const judged = (dataClass: string, statements: readonly unknown[], over: Properties = {}) => {
    const resources = guarded(statements);
    return complaintsOf(
      REC_15,
      evidence({ ...resources, Vault: bucket({ BucketName: 'calls', ...locked('COMPLIANCE'), ...over }, dataClass) }),
    );
  };
  const GUARD = deny('s3:PutObjectRetention', except(OFFICER));

  test.each(['transcript', 'voicemail'])('is met by a %s bucket with lock, period, guard and access', (dataClass) => {
    expect(judged(dataClass, [GUARD])).toEqual([]);
  });

  test.each([
    ['REC-01', 'GOVERNANCE', [GUARD], locked('GOVERNANCE')],
    ['REC-02', 'a day less', [GUARD], retained({ Mode: 'COMPLIANCE', Days: 2191 })],
    ['REC-03', 'no guard', [], {}],
    [
      'REC-04',
      'an early archive',
      [GUARD],
      {
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }] }],
        },
      },
    ],
  ])('breaks %s with %s', (id, _, statements, over) => {
    expect(judged('transcript', statements, over)).toEqual([
      expect.stringMatching(new RegExp(`^unmet Vault: ${id}: `)),
    ]);
  });

  test('is not known when the lock is a parameter', () => {
    expect(judged('transcript', [GUARD], locked(PARAMETER))).toEqual([
      expect.stringMatching(/^indeterminate Vault: REC-01: /),
    ]);
  });

  test.each([
    ['a table', 'AWS::DynamoDB::Table'],
    ['a log group', 'AWS::Logs::LogGroup'],
  ])('is not met by transcripts in %s, which nothing locks', (_, type) => {
    expect(answersOf(REC_15, evidence({ Transcripts: tagged(type, 'transcript') }))).toEqual(['unmet']);
  });

  test('is met by a log group that delivers to a locked bucket of transcripts', () => {
    const given = evidence({
      ...guarded([GUARD]),
      Vault: bucket({ BucketName: 'calls', ...locked('COMPLIANCE') }, 'transcript'),
      Transcripts: tagged('AWS::Logs::LogGroup', 'transcript', { LogGroupName: '/calls/transcripts' }),
      Filter: {
        Type: 'AWS::Logs::SubscriptionFilter',
        Properties: { LogGroupName: { Ref: 'Transcripts' }, DestinationArn: { 'Fn::GetAtt': ['Hose', 'Arn'] } },
      },
      Hose: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: { ExtendedS3DestinationConfiguration: { BucketARN: { 'Fn::GetAtt': ['Vault', 'Arn'] } } },
      },
    });
    expect(complaintsOf(REC_15, given)).toEqual([]);
  });

  test('is not about recordings, which have these rules of their own', () => {
    expect(answersOf(REC_15, evidence({ Vault: bucket({}) }))).toEqual([]);
  });
});

describe('REC-16: the data of calls is kept in a copy that nobody can change', () => {
  const arnOf = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
  const HOSE = (over: Properties = {}): ResourceBody => ({
    Type: 'AWS::KinesisFirehose::DeliveryStream',
    Properties: { ExtendedS3DestinationConfiguration: { BucketARN: arnOf('Vault') }, ...over },
  });
  const byPipe: Resources = {
    Pipe: { Type: 'AWS::Pipes::Pipe', Properties: { Source: arnOf('Calls', 'StreamArn'), Target: arnOf('Hose') } },
    Hose: HOSE(),
  };
  const byKinesis: Resources = {
    Stream: { Type: 'AWS::Kinesis::Stream' },
    Hose: HOSE({ KinesisStreamSourceConfiguration: { KinesisStreamARN: arnOf('Stream') } }),
  };
  const byFunction = (resource: unknown): Resources => ({
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: arnOf('Calls', 'StreamArn'), FunctionName: { Ref: 'Copier' } },
    },
    Copier: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Copying') } },
    Copying: role('copying', [{ Action: 's3:PutObject', Resource: resource }]),
  });
  const byExport = (name: unknown, state = 'ENABLED'): Resources => ({
    Nightly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        State: state,
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime',
          Input: { 'Fn::Sub': ['{"TableArn":"${Calls.Arn}","S3Bucket":"${name}"}', { name }] },
        },
      },
    },
  });
  const STREAM = { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
  const pipe = (over: Properties): Resources => ({
    ...byPipe,
    Pipe: {
      Type: 'AWS::Pipes::Pipe',
      Properties: { Source: arnOf('Calls', 'StreamArn'), Target: arnOf('Hose'), ...over },
    },
  });
  const PITR = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  const TO_KINESIS = { KinesisStreamSpecification: { StreamArn: arnOf('Stream') } };
  const given = (ways: Resources, table: Properties = {}, copy = bucket(locked('COMPLIANCE'), 'cdr')): Evidence =>
    evidence({ Calls: tagged('AWS::DynamoDB::Table', 'cdr', { ...STREAM, ...table }), Vault: copy, ...ways });

  test.each([
    ['a pipe from its stream', given(byPipe)],
    ['Kinesis', given(byKinesis, TO_KINESIS)],
    ['a function whose role writes there', given(byFunction({ 'Fn::Sub': '${Vault.Arn}/*' }))],
    ['a nightly export', given(byExport({ Ref: 'Vault' }), PITR)],
    [
      'a time to live that is off',
      given(byPipe, { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false } }),
    ],
  ])('is met by %s', (_, evidenced) => {
    expect(complaintsOf(REC_16, evidenced)).toEqual([]);
    expect(answersOf(REC_16, evidenced)).toEqual(['met']);
  });

  test.each([
    ['a table alone', given({}, PITR)],
    ['a time to live', given(byPipe, { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } })],
    ['a stream nobody reads', given({ Hose: HOSE() })],
    ['a stream of keys', given(byPipe, { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } })],
    ['no stream', given(byPipe, { StreamSpecification: undefined })],
    ['a pipe that is stopped', given(pipe({ DesiredState: 'STOPPED' }))],
    [
      'a pipe that leaves changes behind',
      given(pipe({ SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] } } })),
    ],
    ['a function that may write anywhere', given(byFunction('*'))],
    ['an export that is off', given(byExport({ Ref: 'Vault' }, 'DISABLED'), PITR)],
    ['an export without point-in-time recovery', given(byExport({ Ref: 'Vault' }))],
    ['a bucket without lock', given(byPipe, {}, bucket({}, 'cdr'))],
    ['a bucket locked for a day less', given(byPipe, {}, bucket(retained({ Mode: 'COMPLIANCE', Days: 2191 }), 'cdr'))],
    ['a bucket of another class', given(byPipe, {}, bucket(locked('COMPLIANCE'), 'log'))],
  ])('is not met by %s', (_, evidenced) => {
    expect(answersOf(REC_16, evidenced)).toEqual(['unmet']);
  });

  test.each([
    ['whether items expire is a parameter', given(byPipe, { TimeToLiveSpecification: { Enabled: PARAMETER } })],
    [
      'the bucket is in no template',
      given({ ...byPipe, Hose: HOSE({ ExtendedS3DestinationConfiguration: { BucketARN: PARAMETER } }) }),
    ],
    ['the lock of the bucket is a parameter', given(byPipe, {}, bucket(locked(PARAMETER), 'cdr'))],
  ])('is not known when %s', (_, evidenced) => {
    expect(answersOf(REC_16, evidenced)).toEqual(['indeterminate']);
  });

  test('asks nothing where nobody asks to keep the data of calls', () => {
    const resources = { Calls: tagged('AWS::DynamoDB::Table', 'cdr') };
    expect(answersOf(REC_16, evidence(resources, NO_FRAMEWORK))).toEqual([]);
  });
});

describe('controls on records', () => {
  const ALL: readonly Control[] = [
    REC_01,
    REC_02,
    REC_03,
    REC_04,
    REC_05,
    REC_06,
    REC_07,
    REC_08,
    REC_09,
    REC_10,
    REC_11,
    REC_12,
    REC_14,
    REC_15,
    REC_16,
  ];
  const ODD: readonly unknown[] = [
    null,
    7,
    'text',
    [],
    [[null]],
    [null],
    { Ref: 'Nothing' },
    { 'Fn::If': ['C', 1, 2] },
    {},
  ];
  const KEYS = [
    'ObjectLockEnabled',
    'ObjectLockConfiguration',
    'LifecycleConfiguration',
    'ReplicationConfiguration',
    'InventoryConfigurations',
    'VersioningConfiguration',
    'IntelligentTieringConfigurations',
    'KeySchema',
    'GlobalSecondaryIndexes',
    'TimeToLiveSpecification',
    'PolicyDocument',
    'Policies',
    'Source',
    'Target',
    'BackupSelection',
    'EventSelectors',
  ];
  const TYPES = [
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::DynamoDB::Table',
    'AWS::IAM::Role',
    'AWS::Pipes::Pipe',
    'AWS::Scheduler::Schedule',
    'AWS::Backup::BackupSelection',
    'AWS::CloudTrail::Trail',
  ];

  test.each(ODD)('take %j for a property without throwing, and never for met', (odd) => {
    const properties = Object.fromEntries(KEYS.map((key) => [key, odd]));
    const given = evidence(
      Object.fromEntries(
        TYPES.map((type, at) => [`R${at}`, tagged(type, type.includes('Dynamo') ? 'cdr' : 'transcript', properties)]),
      ),
    );
    const judged = ALL.flatMap((control) => answersOf(control, given).map((answer) => `${control.id} ${answer}`));
    expect(judged.filter((one) => one.endsWith(' met'))).toEqual([]);
  });
});
