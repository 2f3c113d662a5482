import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';

export const AVL_03: Control = {
  id: 'AVL-03',
  title: 'Restoring is tested, not assumed.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 A1.3' }],
  severity: 'error',
  sources: ['S6', 'A11'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: the kit keeps second copies and point-in-time recovery, and people test them.',
  onTemplate:
    'A restore testing plan with a schedule and a selection exists, or an attestation with the id AVL-03 or restore-test, not older than 12 months, tells of a test.',
  live: 'backup:ListRestoreTestingPlans; backup:ListRestoreJobs',
  check: (evidence) => {
    const plans = evidence.ofType('AWS::Backup::RestoreTestingPlan');
    if (plans.length > 0) return plans.map((plan) => judge(evidence, plan));
    return evidence.ofType(...STORES).length > 0 ? [attested(evidence, TESTED)] : [];
  },
};

const TESTED = {
  ids: ['AVL-03', 'restore-test'],
  what: 'a restore was tested (no restore testing plan is on the templates)',
} as const;

/** What one would restore. */
const STORES = [
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
] as const;

function judge(evidence: Evidence, plan: Resource): Judgement {
  const schedule = evidence.at(plan, 'ScheduleExpression');
  const name = evidence.at(plan, 'RestoreTestingPlanName');
  const selected = evidence
    .ofType('AWS::Backup::RestoreTestingSelection')
    .map((selection) => evidence.at(selection, 'RestoreTestingPlanName'));
  if (typeof schedule !== 'string' || schedule === '') return unmet(plan, 'it never runs; set ScheduleExpression');
  if (selected.some((of) => typeof of === 'string' && isKnown(of) && (of === name || evidence.denotes(of, plan))))
    return isKnown(schedule)
      ? met(plan, `it restores by ${schedule}`)
      : unclear(plan, 'when it runs cannot be read; write it out');
  return isKnown([name, selected])
    ? unmet(plan, 'it tests nothing; add an AWS::Backup::RestoreTestingSelection')
    : unclear(plan, 'what it tests cannot be read; write RestoreTestingPlanName out');
}
