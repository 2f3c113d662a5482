import { DATA_CLASSES } from '../../regions/config/schema';
import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import { DATA_CLASS_TAG, type Evidence } from './evidence';
import { numberIn } from './shared/records';
import { STORE_CLASSES, tagValue } from './shared/tags';

/** Without ChangeableForDays a privileged user can lift the lock: governance mode (AWS Backup API, LockConfiguration). */
export const AVL_02: Control = {
  id: 'AVL-02',
  title: 'Backups cannot be deleted before the records they hold may be.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 A1.2' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'No backup vault: records have a second locked copy, and the ledger point-in-time recovery.',
  onTemplate:
    'Each backup vault has LockConfiguration with ChangeableForDays of 3 or more and MinRetentionDays of at least what its class of data asks; without a class, the longest period counts.',
  live: 'backup:DescribeBackupVault',
  check: (evidence) => evidence.ofType(...VAULTS).map((vault) => judge(evidence, vault)),
};

/** The second is locked by its nature; its period is still a choice. */
const VAULTS = ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'] as const;

/** Fewer are refused by AWS Backup (CloudFormation reference, LockConfigurationType). */
const LEAST_GRACE_DAYS = 3;

function judge(evidence: Evidence, vault: Resource): Judgement {
  const isAirGapped = vault.type === VAULTS[1];
  const grace = isAirGapped ? LEAST_GRACE_DAYS : evidence.at(vault, 'LockConfiguration.ChangeableForDays');
  const shortest = evidence.at(vault, isAirGapped ? 'MinRetentionDays' : 'LockConfiguration.MinRetentionDays');
  const tag = tagValue(evidence, vault, DATA_CLASS_TAG);
  if (!isKnown([grace, shortest, tag])) return unclear(vault, 'its lock or class cannot be read; write them out');
  const floorDays = floorOf(evidence, tag);
  if (!(numberIn(grace) >= LEAST_GRACE_DAYS))
    return unmet(vault, 'its lock can be lifted; set LockConfiguration.ChangeableForDays to 3 or more');
  return numberIn(shortest) >= floorDays
    ? met(vault, `it keeps backups for ${numberIn(shortest)} days at least`)
    : unmet(vault, `it lets backups go before ${floorDays} days; set MinRetentionDays to ${floorDays}`);
}

function floorOf({ scope }: Evidence, tag: unknown): number {
  const one = DATA_CLASSES.find((dataClass) => dataClass === tag);
  if (one) return scope.requirements[one].floorDays;
  return STORE_CLASSES.some((other) => other === tag)
    ? 0
    : Math.max(...DATA_CLASSES.map((dataClass) => scope.requirements[dataClass].floorDays));
}
