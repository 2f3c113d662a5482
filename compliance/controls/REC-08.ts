import { isKnown } from '../templates/evaluate';
import { isRecord, type Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { backedUp } from './shared/backup';
import { isRoleHidden, mayOnObjects } from './shared/denials';
import { locksFor, lockOf } from './shared/object-lock';
import { bucketsToLock, type KeptBucket } from './shared/records';
import { copiesAll, copiesIn, destinationOf, replicationRules, type ReplicationRule } from './shared/replication';

function judge(evidence: Evidence, kept: KeptBucket): Judgement {
  const { bucket, requirement } = kept;
  const { lockMode = 'COMPLIANCE', floorDays } = requirement;
  const backup = backedUp(evidence, bucket, { lockMode, floorDays, regions: evidence.scope.regions });
  if (backup === 'met') return met(bucket, 'a backup plan copies it into a locked backup vault');
  const found = replicationRules(evidence, bucket).map((rule) => replica(evidence, kept, rule));
  const best = ['met', 'indeterminate', 'unmet']
    .flatMap((answer) => found.filter((one) => one.answer === answer))
    .at(0);
  if (best?.answer === 'met') return best;
  if (backup === 'indeterminate' || !isKnown(evidence.at(bucket, 'ReplicationConfiguration')))
    return unclear(bucket, 'its second copy cannot be read; write its replication or its backup out');
  return best ?? unmet(bucket, 'it has no second copy; replicate it to a locked bucket in the jurisdiction');
}

function replica(evidence: Evidence, kept: KeptBucket, rule: ReplicationRule): Judgement {
  const { bucket } = kept;
  const to = destinationOf(rule);
  const copy = evidence.resourceOf(to, 'AWS::S3::Bucket');
  if (!copy) return unclear(bucket, `the lock of its copy ${shown(to)} is in none of the templates`);
  if (!isKnown(rule)) return unclear(bucket, 'its replication cannot be read; write it out');
  const problem = ofRule(evidence, bucket, rule) ?? ofCopy(evidence, kept, copy);
  if (problem) return unmet(bucket, problem);
  if (!lockOf(evidence, copy).known) return unclear(bucket, `the lock of its copy ${copy.logicalId} cannot be read`);
  return ofRole(evidence, bucket) ?? met(bucket, `it is copied to ${copy.logicalId}, which is locked as it is`);
}

function ofRule(evidence: Evidence, bucket: Resource, rule: ReplicationRule): string | undefined {
  if (!copiesAll(rule)) return 'its replication copies some objects only; take the filter away';
  if (rule['Status'] !== 'Enabled') return 'its replication is not in force; set Status to Enabled';
  const { SourceSelectionCriteria: criteria } = rule;
  const encrypted = isRecord(criteria) ? criteria['SseKmsEncryptedObjects'] : undefined;
  const copiesEncrypted = isRecord(encrypted) && encrypted['Status'] === 'Enabled';
  const byKms = String(evidence.at(bucket, ALGORITHM)).startsWith('aws:kms');
  return byKms && !copiesEncrypted
    ? 'its replication leaves out objects encrypted with KMS, which is all of them; enable SseKmsEncryptedObjects'
    : undefined;
}

const ALGORITHM = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';

function ofCopy(evidence: Evidence, { bucket, requirement }: KeptBucket, copy: Resource): string | undefined {
  const { region } = copy.stack;
  const lock = lockOf(evidence, copy);
  if (copy === bucket) return 'it is replicated to itself';
  if (region === undefined || !evidence.scope.regions.includes(region))
    return `its copy lies in ${region ?? 'no stated region'}, outside the jurisdiction`;
  return lock.known && !locksFor(lock, requirement.lockMode ?? 'COMPLIANCE', requirement.floorDays)
    ? `its copy ${copy.logicalId} is locked less than is asked; lock it as the source`
    : undefined;
}

/** Without these S3 copies no locked object. */
function ofRole(evidence: Evidence, bucket: Resource): Judgement | undefined {
  const role = evidence.resourceOf(evidence.at(bucket, 'ReplicationConfiguration.Role'), 'AWS::IAM::Role');
  if (!role) return unclear(bucket, 'the role that replicates it is in none of the templates');
  const missing = ['s3:GetObjectRetention', 's3:GetObjectLegalHold'].filter(
    (action) => !mayOnObjects(evidence, role, action, bucket),
  );
  if (missing.length > 0 && isRoleHidden(evidence, role))
    return unclear(bucket, `what its replication role ${role.logicalId} may do cannot be read`);
  return missing.length > 0
    ? unmet(bucket, `its replication role ${role.logicalId} may not ${missing.join(', ')}, so that no lock is copied`)
    : undefined;
}

export const REC_08: Control = {
  id: 'REC-08',
  title: 'Every record has a second copy, locked as the first, inside the jurisdiction.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(f)(2)' },
    { authority: 'hipaa', text: '45 CFR 164.308(a)(7)(ii)(A)' },
    { authority: 'soc2', text: 'TSC 2017 A1.2' },
  ],
  severity: 'error',
  sources: ['A1', 'F4'],
  checkedOn: '2026-11-22',
  builds: 'Replication of every vault bucket to a bucket with the same lock in another region of the jurisdiction.',
  onTemplate:
    'A replication rule copies all objects, KMS-encrypted ones included, to a bucket of these templates that is locked as asked and lies in the jurisdiction, by a role that reads locks; or a backup plan copies into a locked backup vault there.',
  live: 's3:GetBucketReplication; s3:HeadBucket and s3:GetBucketObjectLockConfiguration of the destination',
  check: (evidence) => {
    const copies = copiesIn(evidence);
    return bucketsToLock(evidence)
      .filter(({ bucket }) => !copies.has(bucket))
      .map((kept) => judge(evidence, kept));
  },
};
