import { isKnown } from '../templates/evaluate';
import { asList } from '../templates/template-set';
import { met, unclear, unmet, type Control } from './control';
import { isTrue, overLocked, type BucketRule } from './shared/records';

const judge: BucketRule = (evidence, { bucket }) => {
  const all = evidence.list(bucket, INVENTORIES);
  const problems = all.map(problemOf);
  if (problems.includes(undefined)) return [met(bucket, 'its inventory lists lock and checksum of every version')];
  if (!isKnown(evidence.at(bucket, INVENTORIES)))
    return [unclear(bucket, 'its inventory cannot be read; write InventoryConfigurations out')];
  return [unmet(bucket, problems[0] ?? `it has no inventory to verify it by; add one with ${FIELDS.join(', ')}`)];
};

const INVENTORIES = 'InventoryConfigurations';

const FIELDS = [
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'ChecksumAlgorithm',
] as const;

/** Why an inventory proves nothing of some record; undefined when it does. */
function problemOf(inventory: Readonly<Record<string, unknown>>): string | undefined {
  const listed = asList(inventory['OptionalFields']);
  const missing = FIELDS.filter((field) => !listed.includes(field));
  if (!isTrue(inventory['Enabled'])) return 'its inventory is not enabled; set Enabled';
  if ((inventory['Prefix'] ?? '') !== '') return 'its inventory lists one prefix only; take Prefix away';
  if (inventory['IncludedObjectVersions'] !== 'All')
    return 'its inventory leaves out hidden versions; set IncludedObjectVersions to All';
  return missing.length > 0 ? `its inventory lacks ${missing.join(', ')}; add them to OptionalFields` : undefined;
}

export const REC_10: Control = {
  id: 'REC-10',
  title: 'That the stored records are complete and unchanged can be verified by machine.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(f)(2)' }],
  severity: 'error',
  sources: ['A1', 'F4'],
  checkedOn: '2026-11-22',
  builds:
    'Uploads with a checksum, which buckets with Object Lock demand; a daily inventory of every version with its lock and checksum.',
  onTemplate:
    'Every bucket of records has an enabled inventory of all versions with lock mode, retention date, legal hold and checksum algorithm; that uploads carry a checksum no template shows.',
  live: 's3:ListBucketInventoryConfigurations; s3:GetObjectAttributes of sampled versions',
  check: overLocked(judge),
};
