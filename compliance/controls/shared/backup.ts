import type { LockMode } from '../../../regions/config/schema';
import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, tagOf, type Resource } from '../../templates/template-set';
import type { Answer } from '../control';
import type { Evidence } from '../evidence';
import { numberIn } from './records';

/** What a backup has to be to count as a second copy. */
export interface BackupAsked {
  readonly lockMode: LockMode;
  readonly floorDays: number;
  /** Regions its vault may lie in. */
  readonly regions: readonly string[];
}

/** Whether a backup plan copies a resource into a backup vault that is locked for long enough. */
export function backedUp(evidence: Evidence, resource: Resource, asked: BackupAsked): Answer {
  const selections = evidence.ofType('AWS::Backup::BackupSelection');
  const vaults = selections
    .filter((selection) => isSelected(evidence, selection, resource))
    .map((selection) => evidence.resourceOf(evidence.at(selection, 'BackupPlanId'), 'AWS::Backup::BackupPlan'))
    .flatMap((plan) => (plan ? evidence.list(plan, 'BackupPlan.BackupPlanRule') : []))
    .filter((rule) => keepsFor(rule, asked.floorDays))
    .map(({ TargetBackupVault: target }) => vaultOf(evidence, target));
  if (vaults.some((vault) => vault && isLocked(evidence, vault, asked))) return 'met';
  const read = selections.map((selection) => evidence.at(selection, 'BackupSelection'));
  return isKnown(read) ? 'unmet' : 'indeterminate';
}

/** By ARN, or by one of the tags it names. */
function isSelected(evidence: Evidence, selection: Resource, resource: Resource): boolean {
  const has = (list: string): boolean =>
    asList(evidence.at(selection, `BackupSelection.${list}`)).some(
      (arn) => typeof arn === 'string' && (arn === '*' || evidence.denotes(arn, resource)),
    );
  const tagged = evidence
    .list(selection, 'BackupSelection.ListOfTags')
    .some(({ ConditionKey: key, ConditionValue: value }) => tagOf(resource, String(key)) === value);
  return (has('Resources') || tagged) && !has('NotResources');
}

const keepsFor = ({ Lifecycle: lifecycle }: Readonly<Record<string, unknown>>, floorDays: number): boolean => {
  const days = isRecord(lifecycle) ? lifecycle['DeleteAfterDays'] : undefined;
  return days === undefined || numberIn(days) >= floorDays;
};

const vaultOf = (evidence: Evidence, target: unknown): Resource | undefined =>
  evidence.resourceOf(target, VAULT) ??
  evidence.ofType(VAULT).find((vault) => isKnown(target) && evidence.at(vault, 'BackupVaultName') === target);

const VAULT = 'AWS::Backup::BackupVault';

/** A lock without a day from which it cannot be changed can be lifted, which is governance. */
function isLocked(evidence: Evidence, vault: Resource, { lockMode, floorDays, regions }: BackupAsked): boolean {
  const lock = evidence.at(vault, 'LockConfiguration');
  const { region } = vault.stack;
  if (!isRecord(lock) || !isKnown(lock) || region === undefined || !regions.includes(region)) return false;
  const isFinal = numberIn(lock['ChangeableForDays']) > 0;
  return numberIn(lock['MinRetentionDays']) >= floorDays && (isFinal || lockMode === 'GOVERNANCE');
}
