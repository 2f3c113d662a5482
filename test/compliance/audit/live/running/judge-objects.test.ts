import { known, type Answer, type Unknown } from '../../../../../aws/answer';
import { judgeBucket } from '../../../../../compliance/audit/live/running/judge-objects';
import {
  DAY_MS,
  type BucketFacts,
  type LockFacts,
  type SampledVersion,
} from '../../../../../compliance/audit/live/running/object-facts';
import { placeIn } from '../../../../../compliance/audit/live/running/place';
import { judgeTrail, type TrailStatus } from '../../../../../compliance/audit/live/running/trails';
import type { Finding } from '../../../../../compliance/audit/posture';
import type { RetentionPlan } from '../../../../../regions/plan/types';
import { lockedSandbox, NOW, type Sandbox } from '../../../../support/running-cell';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = lockedSandbox();
});

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/0a1b';
const MADE = new Date('2026-11-01T10:00:00.900Z');
const DAYS = 2192;

const SIX_YEARS: RetentionPlan = {
  dataClass: 'recording',
  days: DAYS,
  accessibleDays: 0,
  lockMode: 'COMPLIANCE',
  clock: 'creation',
  transitions: [],
  because: 'hipaa',
};

/** S3 counts from the second in which the object was made. */
const until = (days: number, ms = 0): Date => new Date(Date.parse('2026-11-01T10:00:00Z') + days * DAY_MS + ms);

const LOCK: LockFacts = {
  mode: 'COMPLIANCE',
  retainUntil: until(DAYS),
  hasLegalHold: false,
  hasEventHold: false,
  eventDays: 0,
  encryption: 'aws:kms',
  keyArn: KEY,
};

const version = (over: Partial<LockFacts> = {}, entry: Partial<SampledVersion> = {}): SampledVersion => ({
  key: '2026/11/01/call-1.wav',
  versionId: 'v1',
  made: MADE,
  hasChecksum: true,
  lock: known({ ...LOCK, ...over }),
  ...entry,
});

const bucket = (...sampled: readonly SampledVersion[]): BucketFacts => ({
  versions: sampled.length,
  deleteMarkers: 0,
  isPart: false,
  hidden: [],
  sampled,
});

interface Given {
  readonly facts: Answer<BucketFacts | undefined>;
  readonly retention?: RetentionPlan;
  readonly key?: Answer<string>;
}

function judged({ facts, retention = SIX_YEARS, key = known(KEY) }: Given): Finding[] {
  const name = sandbox.plan.names.buckets.recordings;
  const place = placeIn(sandbox.audited, { region: 'us-east-1', type: 'AWS::S3::Bucket', name });
  return judgeBucket({ place, retention, key, facts });
}

const notMet = (given: Given): string[] =>
  judged(given)
    .filter(({ status }) => status !== 'met')
    .map(({ control, status, message }) => `${control} ${status}: ${message}`);

const denied = (action: string): Unknown => ({
  known: false,
  action,
  why: `not allowed: ${action}`,
  remedy: 'allow it',
});

describe('locks of objects', () => {
  test('versions that are locked as planned are met, and say how many were looked at', () => {
    const findings = judged({ facts: known(bucket(version(), version({ hasLegalHold: true }, { versionId: 'v2' }))) });
    expect(findings.map(({ control, status }) => `${control} ${status}`)).toEqual([
      'REC-01 met',
      'REC-02 met',
      'REC-10 met',
      'ENC-01 met',
      'REC-06 met',
    ]);
    expect(findings[1]).toMatchObject({
      stack: 'sandbox/us-east-1/records',
      resource: expect.stringMatching(/^RecordingsBucket/),
      message: '2 sampled of 2 versions are locked for 2192 days or more; 1 are under legal hold',
    });
  });

  test('what the plan asks and no framework does is asked by the house', () => {
    expect(judged({ facts: known(bucket(version())) })[0]?.framework).toEqual(['house']);
  });

  test.each([
    ['the very day', until(DAYS), []],
    ['a day later', until(DAYS + 1), []],
    ['a millisecond short', until(DAYS, -1), ['REC-02']],
    ['six years of 365 days', until(6 * 365), ['REC-02']],
    ['never', undefined, ['REC-02']],
  ])('a lock that ends on %s is held against the days of the plan', (_, retainUntil, controls) => {
    const found = notMet({ facts: known(bucket(version({ retainUntil }))) });
    expect(found.map((line) => line.slice(0, 6))).toEqual(controls);
  });

  test.each([
    ['COMPLIANCE', 'COMPLIANCE', 0],
    ['COMPLIANCE', 'GOVERNANCE', 0],
    ['GOVERNANCE', 'GOVERNANCE', 0],
    ['GOVERNANCE', 'COMPLIANCE', 1],
  ] as const)('a lock in %s mode where %s is planned gives %d findings', (mode, lockMode, count) => {
    const retention = { ...SIX_YEARS, lockMode };
    expect(notMet({ facts: known(bucket(version({ mode }))), retention })).toHaveLength(count);
  });

  test('an object without any lock is found by mode and by period, and named', () => {
    expect(notMet({ facts: known(bucket(version(), version({ mode: undefined, retainUntil: undefined }))) })).toEqual([
      'REC-01 unmet: 2026/11/01/call-1.wav has no lock',
      'REC-02 unmet: 2026/11/01/call-1.wav is locked for 0 days from its making, planned are 2192',
    ]);
  });

  test.each([
    ['held, and kept long enough after it', { hasEventHold: true, eventDays: DAYS, retainUntil: undefined }, []],
    ['held, and kept too short after it', { hasEventHold: true, eventDays: 1, retainUntil: undefined }, ['REC-02']],
    ['released, with its date', {}, []],
    ['never held', { retainUntil: undefined }, ['REC-02', 'REC-07']],
  ])('where the clock is an event, a version is %s', (_, over, controls) => {
    const retention: RetentionPlan = { ...SIX_YEARS, clock: 'event' };
    const found = notMet({ facts: known(bucket(version(over))), retention });
    expect(found.map((line) => line.slice(0, 6))).toEqual(controls);
  });

  test.each([
    [{ encryption: 'AES256', keyArn: undefined }, 'is encrypted by AES256, without a key'],
    [{ keyArn: 'arn:aws:kms:us-east-1:111122223333:key/other' }, 'is encrypted with arn:aws:kms'],
  ])('an object under another key than its class has is found', (over, message) => {
    expect(notMet({ facts: known(bucket(version(over))) })).toEqual([
      expect.stringContaining(`ENC-01 unmet: 2026/11/01/call-1.wav ${message}`),
    ]);
  });

  test('an object without a checksum is found', () => {
    expect(notMet({ facts: known(bucket(version({}, { hasChecksum: false }))) })).toEqual([
      'REC-10 unmet: 2026/11/01/call-1.wav has no checksum',
    ]);
  });

  test('a delete marker that hides a record before its days are over is found; disposal is not', () => {
    const facts = (ageDays: number) =>
      known({ ...bucket(version()), deleteMarkers: 1, hidden: [{ key: '2026/11/01/call-1.wav', ageDays }] });
    expect(notMet({ facts: facts(DAYS) })).toEqual([]);
    expect(notMet({ facts: facts(3.9) })).toEqual([
      'REC-06 unmet: 2026/11/01/call-1.wav was hidden by a delete marker when it was 3 days old',
    ]);
  });

  test('an empty bucket is met, and says that it shows nothing yet', () => {
    const findings = judged({ facts: known(bucket()) });
    expect(new Set(findings.map(({ status, message }) => `${status}: ${message}`))).toEqual(
      new Set(['met: no object yet']),
    );
  });

  test('a bucket that is not there is unmet', () => {
    expect(notMet({ facts: known(undefined) })).toContain('REC-01 unmet: the bucket is not there');
  });

  test('what may not be read is not met, and names the action', () => {
    const lines = notMet({ facts: denied('s3:ListBucketVersions') });
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/indeterminate: .+ not allowed: s3:ListBucketVersions$/);
    const unread = notMet({ facts: known(bucket(version({}, { lock: denied('s3:GetObjectVersion') }))) });
    expect(unread.map((line) => line.slice(0, 20))).toEqual([
      'REC-01 indeterminate',
      'REC-02 indeterminate',
      'ENC-01 indeterminate',
    ]);
    expect(notMet({ facts: known(bucket(version())), key: denied('kms:DescribeKey') })).toEqual([
      'ENC-01 indeterminate: the key of its class cannot be told: not allowed: kms:DescribeKey',
    ]);
  });

  test('a large bucket says that not all of it was listed', () => {
    const [found] = judged({ facts: known({ ...bucket(version()), versions: 1000, isPart: true }) });
    expect(found?.message).toContain('1 sampled of 1000 versions that were listed of many are locked');
  });
});

describe('delivery of the trail', () => {
  const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);

  const CLEAN: TrailStatus = { IsLogging: true, StartLoggingTime: hoursAgo(500), LatestDeliveryTime: hoursAgo(1) };

  function trail(status: Answer<TrailStatus | undefined>): string[] {
    const name = sandbox.plan.names.trail;
    const place = placeIn(sandbox.audited, { region: 'us-east-1', type: 'AWS::CloudTrail::Trail', name });
    return judgeTrail(place, status, NOW).map(
      ({ control, status: answer, message }) => `${control} ${answer}: ${message}`,
    );
  }

  test('one that delivered within a day is met, and so is one that has just begun', () => {
    const met = ['AUD-01 met: it logs, and delivers what it logs', 'AUD-02 met: digests of its files are delivered'];
    expect(trail(known(CLEAN))).toEqual(met);
    expect(trail(known({ IsLogging: true, StartLoggingTime: hoursAgo(23) }))).toEqual(met);
  });

  test.each<[string, TrailStatus, string]>([
    ['is stopped', { IsLogging: false }, 'AUD-01 unmet: it does not log'],
    [
      'last delivered before a day',
      { LatestDeliveryTime: hoursAgo(25) },
      'AUD-01 unmet: it has delivered nothing since',
    ],
    [
      'never delivered',
      { LatestDeliveryTime: undefined, StartLoggingTime: hoursAgo(25) },
      'AUD-01 unmet: it has never delivered anything',
    ],
    ['is refused by its bucket', { LatestDeliveryError: 'AccessDenied' }, 'AUD-01 unmet: its bucket does not take'],
    ['is refused by its log group', { LatestCloudWatchLogsDeliveryError: 'x' }, 'AUD-01 unmet: its log group does not'],
    ['delivers no digests', { LatestDigestDeliveryError: 'AccessDenied' }, 'AUD-02 unmet: its digests are not'],
  ])('one that %s is found', (_, over, message) => {
    const unmet = trail(known({ ...CLEAN, ...over })).filter((line) => line.includes(' unmet'));
    expect(unmet).toEqual([expect.stringContaining(message)]);
  });

  test('one that is not there is unmet, one that may not be asked is not met', () => {
    expect(trail(known(undefined))[0]).toBe('AUD-01 unmet: the trail is not there');
    expect(trail(denied('cloudtrail:GetTrailStatus'))).toEqual([
      expect.stringMatching(/^AUD-01 indeterminate: .+GetTrailStatus$/),
      expect.stringMatching(/^AUD-02 indeterminate: .+GetTrailStatus$/),
    ]);
  });
});
