import { requirementsFor } from '../../compliance/requirements';
import { retentionFor } from '../../regions/plan/retention';
import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { CopiesStack } from '../../lib/stacks/copies';
import { RecordsStack } from '../../lib/stacks/records';
import type { RetentionPlan } from '../../regions/plan/types';
import { VAULTS } from '../../regions/plan/vaults';
import { denies, type Request } from '../support/bucket-policy';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';
import { bucketNamed, lockOf, resourcesOf, type Statement, statementsOf } from '../support/template';

const plan = regionPlan();
const { buckets, roles } = plan.names;
const roleArn = (name: string): string => `arn:aws:iam::${plan.account}:role/${name}`;
const policyOf = (template: Template, bucket: string): readonly Statement[] =>
  statementsOf(template, 'AWS::S3::BucketPolicy', `${bucket}BucketPolicy`);

let records: Template;
let copies: Template;
let copiesStack: Stack;

const vaults = (): (readonly Statement[])[] => [policyOf(records, 'Recordings'), policyOf(records, 'Transcripts')];
const deniedEverywhere = (request: Request): boolean => vaults().every((policy) => denies(policy, request));
const deniedSomewhere = (request: Request): boolean => vaults().some((policy) => denies(policy, request));
const onBucket = (action: string, principal: string): Request => ({ actions: [action], principal, onBucket: true });

beforeAll(() => {
  const app = testApp();
  copiesStack = new CopiesStack(app, 'copies', { plan });
  const recordsStack = new RecordsStack(app, 'records', { plan });
  copies = templateOf(copiesStack);
  records = templateOf(recordsStack);
});

describe('the vault', () => {
  const upload: Request = { actions: ['s3:PutObject'], principal: roleArn(roles.writer) };

  test('takes a plain upload of the recorder', () => {
    expect(deniedSomewhere(upload)).toBe(false);
  });

  const withLock = (mode: string, days: string): Request => ({
    ...upload,
    actions: ['s3:PutObject', 's3:PutObjectRetention'],
    keys: { 's3:object-lock-mode': mode, 's3:object-lock-remaining-retention-days': days },
  });

  test.each([
    ['a weaker lock mode', withLock('GOVERNANCE', '2192')],
    ['a shorter retention', withLock('COMPLIANCE', '2191')],
    ['even the lock it would get anyway', withLock('COMPLIANCE', '2192')],
    ['a legal hold', { ...upload, actions: ['s3:PutObject', 's3:PutObjectLegalHold'] }],
    ['no KMS encryption', { ...upload, keys: { 's3:x-amz-server-side-encryption': 'AES256' } }],
    ['another key', { ...upload, keys: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:::other' } }],
    ['its own key', { ...upload, keys: { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' } }],
  ])('refuses an upload that asks for %s', (_, request: Request) => {
    expect(deniedEverywhere(request)).toBe(true);
  });

  test('refuses a weaker mode on the upload alone, should S3 not ask for the retention action', () => {
    expect(deniedEverywhere({ ...withLock('GOVERNANCE', '2192'), actions: ['s3:PutObject'] })).toBe(true);
    expect(deniedEverywhere({ ...withLock('COMPLIANCE', '1'), actions: ['s3:PutObject'] })).toBe(true);
  });

  test.each([
    ['s3:PutObjectRetention', roles.recordsOfficer],
    ['s3:PutObjectLegalHold', roles.recordsOfficer],
    ['s3:BypassGovernanceRetention', roles.breakGlass],
    ['s3:DeleteObject', roles.breakGlass],
    ['s3:DeleteObjectVersion', roles.breakGlass],
  ])('leaves %s to %s', (action, role) => {
    const request = (principal: string): Request => ({ actions: [action], principal });
    expect(deniedSomewhere(request(roleArn(role)))).toBe(false);
    for (const other of Object.values(roles).filter((name) => name !== role))
      expect(deniedEverywhere(request(roleArn(other)))).toBe(true);
    expect(deniedEverywhere(request(`arn:aws:iam::${plan.account}:root`))).toBe(true);
    expect(deniedEverywhere(request(plan.names.cfnExecutionRoleArn))).toBe(true);
  });

  test.each([
    's3:PutBucketObjectLockConfiguration',
    's3:PutLifecycleConfiguration',
    's3:PutReplicationConfiguration',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketVersioning',
    's3:PutEncryptionConfiguration',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketOwnershipControls',
    's3:PutBucketLogging',
    's3:DeleteBucket',
  ])('leaves %s to CloudFormation', (action) => {
    expect(deniedSomewhere(onBucket(action, plan.names.cfnExecutionRoleArn))).toBe(false);
    for (const role of Object.values(roles)) expect(deniedEverywhere(onBucket(action, roleArn(role)))).toBe(true);
  });

  test('lets the officer extend a lock that has less than the floor to run', () => {
    const extend = { ...withLock('COMPLIANCE', '400'), actions: ['s3:PutObjectRetention'] };
    expect(deniedSomewhere({ ...extend, principal: roleArn(roles.recordsOfficer) })).toBe(false);
  });

  test('locks for the days of the plan, never in years', () => {
    for (const name of [buckets.recordings, buckets.transcripts])
      expect(lockOf(records, name)).toEqual({ Mode: 'COMPLIANCE', Days: 2192 });
    expect(lockOf(records, buckets.cdr)).toEqual({ Mode: 'GOVERNANCE', Days: 2192 });
  });

  test('guards the copy of the ledger and posture reports as it guards recordings', () => {
    const guards = (id: string) => policyOf(records, id).map(({ Sid }) => Sid);
    for (const id of ['Cdr', 'Posture']) expect(guards(id)).toEqual(guards('Recordings'));
  });

  test('holds posture reports until they are superseded, and for the days of the plan after that', () => {
    expect(lockOf(records, buckets.posture)).toEqual({ Mode: 'GOVERNANCE', DefaultEventHold: { Days: 2557 } });
    const release = {
      actions: ['s3:PutObjectRetention'],
      keys: { 's3:object-lock-event-hold': 'OFF' },
    };
    const policy = policyOf(records, 'Posture');
    expect(denies(policy, { ...release, principal: roleArn(roles.recordsOfficer) })).toBe(false);
    for (const role of [roles.writer, roles.playback, roles.keyAdmin])
      expect(denies(policy, { ...release, principal: roleArn(role) })).toBe(true);
  });

  test('moves nothing to a tier that takes time to read, and disposes of every version after its retention', () => {
    const rules = bucketNamed(records, buckets.recordings)['LifecycleConfiguration'];
    expect(rules).toEqual({
      Rules: [
        expect.objectContaining({
          Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }],
          ExpirationInDays: 2192,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        }),
        expect.objectContaining({ ExpiredObjectDeleteMarker: true }),
      ],
    });
  });

  const rulesOf = (template: Template, name: string): Readonly<Record<string, unknown>>[] =>
    (bucketNamed(template, name)['LifecycleConfiguration'] as { Rules: Readonly<Record<string, unknown>>[] }).Rules;

  test('and every copy of it disposes when its lock has run out, not before, and leaves no marker behind', () => {
    const kept = VAULTS.flatMap(({ dataClass, bucket, copy }) => [
      { dataClass, rules: rulesOf(records, buckets[bucket]) },
      { dataClass, rules: rulesOf(copies, buckets[copy]) },
    ]);
    for (const { dataClass, rules } of kept) {
      const { days } = plan.retention[dataClass];
      const [dispose, markers, ...others] = rules;
      // A version that is current is hidden after the days; hidden, it is taken a day later, unless S3 finds it locked or held.
      expect(dispose).toMatchObject({
        Status: 'Enabled',
        ExpirationInDays: days,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      });
      expect(markers).toMatchObject({ Status: 'Enabled', ExpiredObjectDeleteMarker: true });
      expect(others).toEqual([]);
    }
    expect(kept).toHaveLength(8);
  });

  test.each(['recording', 'transcript', 'cdr', 'posture'] as const)(
    'of %s has no rule for a part of it',
    (dataClass) => {
      const vault = VAULTS.find((one) => one.dataClass === dataClass);
      for (const rule of rulesOf(records, buckets[vault?.bucket ?? 'recordings']))
        for (const narrowing of [
          'Prefix',
          'TagFilters',
          'ObjectSizeGreaterThan',
          'ObjectSizeLessThan',
          'ExpirationDate',
        ])
          expect(rule).not.toHaveProperty(narrowing);
    },
  );

  test('accepts TLS 1.2 and later only', () => {
    const policies = Object.values(resourcesOf(records, 'AWS::S3::BucketPolicy'));
    for (const { Properties } of policies)
      expect(JSON.stringify(Properties)).toContain('"Condition":{"NumericLessThan":{"s3:TlsVersion":1.2}}');
    expect(policies).toHaveLength(6);
  });
});

describe('the copies', () => {
  test('are locked exactly as strictly as the vault', () => {
    for (const { bucket, copy } of VAULTS)
      expect(lockOf(copies, buckets[copy])).toEqual(lockOf(records, buckets[bucket]));
  });

  test('take replicas whose lock has aged on the way, and locks from nobody else', () => {
    const replica = {
      actions: ['s3:ReplicateObject', 's3:PutObjectRetention', 's3:PutObjectLegalHold'],
      keys: { 's3:object-lock-mode': 'COMPLIANCE', 's3:object-lock-remaining-retention-days': '2190' },
    };
    const policy = policyOf(copies, 'Recordings');
    expect(denies(policy, { ...replica, principal: roleArn(roles.replication) })).toBe(false);
    expect(denies(policy, { ...replica, principal: roleArn(roles.writer) })).toBe(true);
  });

  test('are configured by CloudFormation of their own region', () => {
    const policy = policyOf(copies, 'Recordings');
    expect(denies(policy, onBucket('s3:PutBucketPolicy', plan.copies.cfnExecutionRoleArn))).toBe(false);
    expect(denies(policy, onBucket('s3:PutBucketPolicy', plan.names.cfnExecutionRoleArn))).toBe(true);
  });

  test('lie in the region of the plan, which records reach by name only', () => {
    expect(copiesStack.region).toBe('us-west-2');
    expect(copiesStack.dependencies).toEqual([]);
    expect(JSON.stringify([records.toJSON(), copies.toJSON()])).not.toMatch(/Fn::ImportValue|ExportsOutput|Custom::/);
    expect(bucketNamed(records, buckets.recordings)['ReplicationConfiguration']).toMatchObject({
      Rules: [
        {
          Status: 'Enabled',
          DeleteMarkerReplication: { Status: 'Disabled' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          Destination: {
            Bucket: `arn:aws:s3:::${buckets.recordingsCopy}`,
            EncryptionConfiguration: {
              ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:123456789012:alias/demo-us-east-1-recording-copy',
            },
          },
        },
      ],
    });
  });
});

describe('a plan that would under-retain is refused', () => {
  const { recording, voicemail } = plan.retention;
  const refused = (retention: Partial<Record<'recording' | 'voicemail', RetentionPlan>>): (() => void) => {
    const weak = regionPlan({ retention: { ...plan.retention, ...retention } });
    return () => new RecordsStack(testApp(), 'records', { plan: weak });
  };

  test('when it states no lock', () => {
    expect(refused({ recording: { ...recording, lockMode: undefined } })).toThrow(/no lock mode for recording/);
  });

  test('when voicemail needs longer than the recordings it is kept with', () => {
    expect(refused({ voicemail: { ...voicemail, days: 2193 } })).toThrow(/make recording as strict/);
  });
});

test('in a rehearsal both lock modes are accepted, for the one day it asks for', () => {
  const retention = retentionFor(requirementsFor([]));
  const template = templateOf(new RecordsStack(testApp(), 'records', { plan: regionPlan({ retention }) }));
  expect(lockOf(template, buckets.recordings)).toEqual({ Mode: 'GOVERNANCE', Days: 1 });
  expect(JSON.stringify(bucketNamed(template, buckets.recordings))).not.toContain('GLACIER');
  const stronger = { 's3:object-lock-mode': 'COMPLIANCE', 's3:object-lock-remaining-retention-days': '1' };
  const request = { actions: ['s3:PutObjectRetention'], principal: roleArn(roles.recordsOfficer), keys: stronger };
  expect(denies(policyOf(template, 'Recordings'), request)).toBe(false);
});
