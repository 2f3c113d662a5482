import type { Control } from './control';
import { judgeWays, type Way } from './shared/places';
import { RESIDENCY } from './shared/residency';

export const RES_05: Control = {
  id: 'RES-05',
  title: 'Backups and snapshots are copied only inside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'No backup plan or snapshot policy that copies anything: the second copy of records is the replicated vault.',
  onTemplate:
    'The vault or region of each copy of backup plans, snapshot policies and databases is in an allowed region.',
  live: 'backup:GetBackupPlan; dlm:GetLifecyclePolicy',
  check: (evidence) => judgeWays(evidence, WAYS),
};

const WAYS: readonly Way[] = [
  {
    type: 'AWS::Backup::BackupPlan',
    what: 'a copy of a backup',
    paths: [
      'BackupPlan.BackupPlanRule.*.CopyActions.*.DestinationBackupVaultArn',
      'BackupPlan.BackupPlanRule.*.TargetLogicallyAirGappedBackupVaultArn',
    ],
  },
  {
    type: 'AWS::DLM::LifecyclePolicy',
    what: 'a copy of a snapshot',
    paths: [
      'CrossRegionCopyTargets.*.TargetRegion',
      'PolicyDetails.CrossRegionCopyTargets.*.TargetRegion',
      'PolicyDetails.Schedules.*.CrossRegionCopyRules.*.Target',
      'PolicyDetails.Schedules.*.CrossRegionCopyRules.*.TargetRegion',
      'PolicyDetails.Actions.*.CrossRegionCopy.*.Target',
    ],
  },
  {
    type: 'AWS::RDS::DBInstance',
    what: 'a copy of its backups',
    paths: ['AutomaticBackupReplicationRegion'],
  },
];
