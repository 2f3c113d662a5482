import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isTrue } from './shared/records';

export const AUD_08: Control = {
  id: 'AUD-08',
  title: 'Log groups are protected from deletion.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC7.2' }],
  severity: 'warning',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Deletion protection of the trail’s log group; the others are retained when their stack goes.',
  onTemplate: 'Every log group has DeletionProtectionEnabled.',
  live: 'logs:DescribeLogGroups',
  check: (evidence) => evidence.ofType('AWS::Logs::LogGroup').map((group) => judge(evidence, group)),
};

function judge(evidence: Evidence, group: Resource): Judgement {
  const isProtected = evidence.at(group, 'DeletionProtectionEnabled');
  if (!isKnown(isProtected))
    return unclear(group, 'its protection cannot be read; write DeletionProtectionEnabled out');
  if (isTrue(isProtected)) return met(group, 'it is protected from deletion');
  return unmet(group, 'whoever may delete it can do so in one call; set DeletionProtectionEnabled');
}
