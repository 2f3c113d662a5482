import { alter, drop, push, put } from './edits';
import type { Draft } from './draft';
import { ways, type Kind } from './mutant';
import { amend, lift, sparing } from './statements';
import { abroad, BUCKET, BUCKET_POLICY, every, FAR_AWAY, holds, MANAGED_POLICY, policyOf } from './subjects';

const RULE = 'ReplicationConfiguration.Rules.0';
const KEY_OF_COPY = `${RULE}.Destination.EncryptionConfiguration.ReplicaKmsKeyID`;
const records = holds('recording', 'transcript', 'cdr', 'posture');
const isSource = ({ stackName }: Draft): boolean => stackName.endsWith('/records');
const replicates = ({ id }: { readonly id: string }): boolean => id.includes('ReplicationPolicy');
const inRegion = (arn: unknown, region: string): string =>
  String(arn).replace(/^(arn:[^:]+:[^:]+:)[^:]+/, `$1${region}`);

const REPLICATED = {
  'it has no second copy': drop('ReplicationConfiguration'),
  'its replication is off': put(`${RULE}.Status`, 'Disabled'),
  'it copies one prefix only': put(`${RULE}.Filter.Prefix`, 'archive/'),
  'it leaves out what KMS encrypts': drop(`${RULE}.SourceSelectionCriteria`),
  'it says no to what KMS encrypts': put(`${RULE}.SourceSelectionCriteria.SseKmsEncryptedObjects.Status`, 'Disabled'),
  'its copy is itself': alter(`${RULE}.Destination.Bucket`, (arn) => String(arn).replace('-copy-', '-')),
};

const LEADING_OUT = {
  'its copy is under a key abroad': alter(KEY_OF_COPY, (arn, draft) => inRegion(arn, abroad(draft))),
  'its copy is under a key far away': alter(KEY_OF_COPY, (arn) => inRegion(arn, FAR_AWAY)),
  'its copy is a bucket nobody shows': put(`${RULE}.Destination.Bucket`, 'arn:aws:s3:::acme-archive'),
  'its copy is a bucket tagged abroad': (draft) => {
    put(`${RULE}.Destination.Bucket`, 'arn:aws:s3:::acme-archive')(draft);
    if (draft.properties['ReplicationConfiguration'])
      push('Tags', () => ({ Key: 'voicecell:replica-jurisdiction', Value: abroad(draft) }))(draft);
  },
} satisfies Parameters<typeof ways>[2];

const LOCKS = 'ReadVersionsAndLocks';

/** Second copies of records, and where they lead. */
export const COPIES: readonly Kind[] = [
  ...ways('REC-08', BUCKET, REPLICATED, records),
  ...ways(
    'REC-08',
    MANAGED_POLICY,
    {
      'replication reads no retention': sparing(LOCKS, 's3:GetObjectRetention'),
      'replication reads no legal hold': sparing(LOCKS, 's3:GetObjectLegalHold'),
      'replication reads nothing': lift(LOCKS),
    },
    replicates,
  ),
  ...ways('RES-04', BUCKET, LEADING_OUT, records),
  ...ways(
    'REC-09',
    BUCKET_POLICY,
    {
      'legal hold is denied to everybody': amend('DenyLegalHold', (statement) => {
        delete statement['Condition'];
      }),
    },
    // S3 copies holds with the objects they are on.
    every(policyOf('recording', 'transcript'), isSource),
  ),
];
