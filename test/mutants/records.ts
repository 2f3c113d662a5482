import { alter, attribute, both, drop, push, put, removed, without } from './edits';
import type { Json } from './draft';
import { ways, type Kind } from './mutant';
import { amend, exempting, lift, onlyFor, onlyWhen, sparing, turnedRound } from './statements';
import {
  BUCKET,
  BUCKET_POLICY,
  every,
  holds,
  isOfEvent,
  isWorm,
  MANAGED_POLICY,
  policyOf,
  requirementOf,
  TABLE,
} from './subjects';

const LOCK = 'ObjectLockConfiguration';
const DEFAULT = `${LOCK}.Rule.DefaultRetention`;

const unlocked = {
  'its Object Lock is not enabled': put('ObjectLockEnabled', false),
  'it says nothing of Object Lock': both(drop('ObjectLockEnabled'), drop(LOCK)),
  'its lock has no default retention': drop(`${LOCK}.Rule`),
};

/** Classes judged one by one; transcripts are REC-15’s, and postures, which count from an event, also REC-07’s. */
const recordings = holds('recording', 'cdr');
const postures = holds('posture');
const transcripts = holds('transcript');
const governed = { 'its lock mode is GOVERNANCE': put(`${DEFAULT}.Mode`, 'GOVERNANCE') };

/** What a lock keeps longer than the floor may lose a day: the mutant is a day below the floor. */
const shortened = {
  'its lock is one day below the floor': alter(`${DEFAULT}.Days`, (_, draft) => requirementOf(draft).floorDays - 1),
  'its lock counts whole years of 365 days': both(
    put(`${DEFAULT}.Years`, 1),
    alter(`${DEFAULT}.Years`, (_, draft) => Math.floor(requirementOf(draft).floorDays / 365.25)),
    drop(`${DEFAULT}.Days`),
  ),
  'its lock is of one day': put(`${DEFAULT}.Days`, 1),
};

const HOLD = `${DEFAULT}.DefaultEventHold`;

const unheld = {
  'its event hold ends a day below the floor': alter(`${HOLD}.Days`, (_, draft) => requirementOf(draft).floorDays - 1),
  'its event hold is of one day': put(`${HOLD}.Days`, 1),
  'it locks from the making, not from the event': both(
    alter(DEFAULT, (retention, draft) => ({
      ...(retention as Json),
      Days: requirementOf(draft).floorDays,
    })),
    drop(HOLD),
  ),
};

const RULES = 'LifecycleConfiguration.Rules';
const OF_CALLS = ['recording', 'transcript', 'cdr'] as const;
const LOCKED = [...OF_CALLS, 'posture'] as const;
const lifted = (other: string) => both(lift('DenyRetention'), lift(other));

const DISPOSAL = {
  'it hides objects one day early': alter(`${RULES}.0.ExpirationInDays`, (days) => Number(days) - 1),
  'it hides objects on a date': both(
    put(`${RULES}.0.ExpirationDate`, '2027-01-01T00:00:00Z'),
    drop(`${RULES}.0.ExpirationInDays`),
  ),
  'hidden versions stay for ever': drop(`${RULES}.0.NoncurrentVersionExpiration`),
  'it keeps three versions more': put(`${RULES}.0.NoncurrentVersionExpiration.NewerNoncurrentVersions`, 3),
  'its disposal is switched off': put(`${RULES}.0.Status`, 'Disabled'),
  'it disposes of one prefix only': put(`${RULES}.0.Prefix`, 'tmp/'),
  'markers of deleted objects stay': put(`${RULES}.1.ExpiredObjectDeleteMarker`, false),
  'it has no lifecycle': drop('LifecycleConfiguration'),
};

const moved = (storageClass: string, days: (accessible: number) => number) =>
  push(`${RULES}.0.Transitions`, (draft) => ({
    StorageClass: storageClass,
    TransitionInDays: days(requirementOf(draft).accessibleDays),
  }));

const ARCHIVE = {
  'a day too early it goes to Glacier': moved('GLACIER', (days) => days - 1),
  'after 30 days it goes to Deep Archive': moved('DEEP_ARCHIVE', () => 30),
  'its instant archive has become Glacier': put(`${RULES}.0.Transitions.*.StorageClass`, 'GLACIER'),
  'Intelligent-Tiering archives after 90 days': put('IntelligentTieringConfigurations', [
    { Id: 'cheap', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
  ]),
};

const DELETION = 'DenyDeletion';
const ROLES = 'arn:aws:iam::*:role/*';

const GUARD = {
  'deletion is denied to nobody': lift(DELETION),
  'deletion of versions is not denied': sparing(DELETION, 's3:DeleteObjectVersion'),
  'deletion of objects is not denied': sparing(DELETION, 's3:DeleteObject'),
  'every role is exempt from the denial of deletion': exempting(DELETION, ROLES),
  'deletion is denied to one role only': onlyFor(DELETION, 'arn:aws:iam::111122223333:role/intern'),
  'deletion is denied without MFA only': onlyWhen(DELETION, 'BoolIfExists', { 'aws:MultiFactorAuthPresent': 'false' }),
  'the denial of deletion allows it': turnedRound(DELETION),
  'deletion is denied below one prefix only': amend(DELETION, (statement) => {
    statement['Resource'] = 'arn:aws:s3:::elsewhere/*';
  }),
};

const INVENTORY = 'InventoryConfigurations';
const listed = (field: string) =>
  alter(`${INVENTORY}.0.OptionalFields`, (fields) => (fields as readonly string[]).filter((one) => one !== field));

const VERIFIED = {
  'it has no inventory': drop(INVENTORY),
  'its inventory is off': put(`${INVENTORY}.0.Enabled`, false),
  'its inventory lists one prefix': put(`${INVENTORY}.0.Prefix`, 'a/'),
  'its inventory lists current versions only': put(`${INVENTORY}.0.IncludedObjectVersions`, 'Current'),
  'its inventory lacks the lock mode': listed('ObjectLockMode'),
  'its inventory lacks the date of the lock': listed('ObjectLockRetainUntilDate'),
  'its inventory lacks the legal hold': listed('ObjectLockLegalHoldStatus'),
  'its inventory lacks the checksum': listed('ChecksumAlgorithm'),
};

const KEPT = {
  'it goes with its stack': attribute('DeletionPolicy', 'Delete'),
  'it says nothing of deletion': attribute('DeletionPolicy', undefined),
  'it goes when it is replaced': attribute('UpdateReplacePolicy', 'Delete'),
  'it says nothing of replacement': attribute('UpdateReplacePolicy', undefined),
  'the CDK empties it': push('Tags', () => ({ Key: 'aws-cdk:auto-delete-objects', Value: 'true' })),
};

const GSI = 'GlobalSecondaryIndexes';
const isOfPerson = ({ IndexName: name }: { readonly IndexName?: unknown }): boolean =>
  name === 'byAgentDate' || name === 'byPersonDate';
const KINESIS = 'arn:aws:kinesis:us-east-1:111122223333';
const officer = ({ id }: { readonly id: string }): boolean => id.includes('RecordsOfficerPolicy');

export const RECORDS: readonly Kind[] = [
  ...ways('REC-01', BUCKET, unlocked, recordings),
  ...ways('REC-01', BUCKET, governed, every(recordings, isWorm)),
  ...ways('REC-02', BUCKET, shortened, recordings),
  ...ways('REC-07', BUCKET, unheld, every(postures, isOfEvent)),
  ...ways('GOV-05', BUCKET, unlocked, postures),
  ...ways('REC-15', BUCKET, { ...unlocked, ...shortened }, transcripts),
  ...ways('REC-15', BUCKET, governed, every(transcripts, isWorm)),
  ...ways(
    'REC-03',
    BUCKET_POLICY,
    {
      'locks may be shortened by headers': lifted('DenyShortRetention'),
      'locks may be weakened by headers': lifted('DenyWeakerLockMode'),
      'locks may be shortened by roles': both(
        exempting('DenyRetention', ROLES),
        exempting('DenyShortRetention', ROLES),
      ),
      'it goes': removed,
    },
    policyOf(...LOCKED),
  ),
  ...ways('REC-04', BUCKET, ARCHIVE, holds(...OF_CALLS)),
  ...ways('REC-05', BUCKET, DISPOSAL, holds(...OF_CALLS)),
  ...ways('REC-06', BUCKET_POLICY, GUARD, policyOf(...LOCKED)),
  ...ways('REC-10', BUCKET, VERIFIED, holds(...LOCKED)),
  ...ways('REC-12', BUCKET, KEPT, holds(...LOCKED, 'log')),
  ...ways(
    'REC-14',
    BUCKET,
    {
      'it keeps an audit trail in place of a lock, and no versions': both(
        push('Tags', () => ({ Key: 'voicecell:ers-mode', Value: 'audit-trail' })),
        put('VersioningConfiguration.Status', 'Suspended'),
      ),
    },
    every(holds(...LOCKED), isWorm),
  ),
  ...ways('REC-09', MANAGED_POLICY, { 'the officer may hold nothing': lift('HoldAndExtend') }, officer),
  ...ways(
    'REC-09',
    MANAGED_POLICY,
    { 'the officer may extend only': sparing('HoldAndExtend', 's3:PutObjectLegalHold') },
    officer,
  ),
  ...ways('REC-11', TABLE, {
    'it has no index': drop(GSI),
    'it has no index by person': without(GSI, isOfPerson),
    'its indexes by person sort by call': put(`${GSI}.*.KeySchema.1.AttributeName`, 'callId'),
  }),
  ...ways('REC-16', TABLE, {
    'its items expire': put('TimeToLiveSpecification', { AttributeName: 'goneAt', Enabled: true }),
    'its changes go nowhere': drop('KinesisStreamSpecification'),
    'its changes go to another stream': put('KinesisStreamSpecification.StreamArn', `${KINESIS}:stream/analytics`),
  }),
  ...ways('REC-16', 'AWS::Kinesis::Stream', { 'nothing takes the changes': removed }),
  ...ways('REC-16', 'AWS::KinesisFirehose::DeliveryStream', {
    'nothing writes the locked copy': removed,
    'it writes where nothing is locked': put('ExtendedS3DestinationConfiguration.BucketARN', 'arn:aws:s3:::acme-lake'),
    'it takes from another stream': put(
      'KinesisStreamSourceConfiguration.KinesisStreamARN',
      `${KINESIS}:stream/analytics`,
    ),
  }),
];
