import type { Resource } from '../templates/template-set';
import { met, overall, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isAlertedOn } from './shared/role-alerts';

/** In an emergency somebody must get in, and everybody must know. */
export const ACC_08: Control = {
  id: 'ACC-08',
  title: 'There is a role for emergencies, and somebody is told whenever it is taken.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.312(a)(2)(ii)' }],
  severity: 'warning',
  sources: ['S2'],
  checkedOn: '2026-11-22',
  builds:
    'A break-glass role, an EventBridge rule on its being assumed in the region and an alarm on the trail for all regions.',
  onTemplate:
    'A role is named or described as break-glass or emergency, and a rule that sees read-only management events, or a metric filter with an alarm, tells somebody that it is assumed.',
  live: 'iam:GetRole; events:ListRules; cloudwatch:DescribeAlarms',
  check: (evidence) => {
    const roles = evidence.ofType('AWS::IAM::Role').filter((role) => isForEmergencies(evidence, role));
    if (roles.length > 0) return roles.map((role) => judge(evidence, role));
    if (evidence.vaults.length === 0) return [];
    return [overall('unmet', 'no role is for emergencies; add one named break-glass and an alert on its use')];
  },
};

const EMERGENCY = /break[\s_-]?glass|emergenc/i;

const isForEmergencies = (evidence: Evidence, role: Resource): boolean =>
  [role.logicalId, evidence.at(role, 'RoleName'), evidence.at(role, 'Description'), evidence.at(role, 'Path')].some(
    (text) => typeof text === 'string' && EMERGENCY.test(text),
  );

function judge(evidence: Evidence, role: Resource): Judgement {
  const answer = isAlertedOn(evidence, role);
  if (answer === 'met') return met(role, 'somebody is told when it is assumed');
  if (answer === 'indeterminate')
    return unclear(
      role,
      'whether somebody is told when it is assumed cannot be read; write EventPattern and State out',
    );
  return unmet(
    role,
    'nobody is told when it is assumed; add an EventBridge rule with all CloudTrail management events, or a metric filter and an alarm',
  );
}
