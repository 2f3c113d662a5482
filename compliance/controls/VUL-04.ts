import type { Resource } from '../templates/template-set';
import { met, overall, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';

/** A template cannot drift from itself: what can be seen is whether somebody looks. */
export const VUL_04: Control = {
  id: 'VUL-04',
  title: 'What is deployed is compared with its template again and again.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC8.1' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'Nothing in a stack: the live audit asks CloudFormation for drift.',
  onTemplate:
    'A Config rule looks for drift, or an attestation with the id VUL-04 or drift says who does; else only the account can show it.',
  live: 'cloudformation:DetectStackDrift; cloudformation:DescribeStackResourceDrifts',
  check: (evidence) => {
    const rules = evidence.ofType('AWS::Config::ConfigRule').filter((rule) => looksForDrift(evidence, rule));
    if (rules.length > 0) return rules.map((rule) => met(rule, 'it compares stacks with their templates'));
    return evidence.set.resources.length > 0 ? [unseen(evidence)] : [];
  },
};

const IDS = ['VUL-04', 'drift'] as const;

/** Not unmet: the live audit detects drift itself. A stale attestation is one, though. */
function unseen(evidence: Evidence): Judgement {
  const said = evidence.scope.attestations.some(({ id }) => IDS.some((one) => one === id));
  return said
    ? attested(evidence, { ids: IDS, what: 'stacks are checked for drift' })
    : overall(
        'indeterminate',
        'no template shows whether stacks have drifted; audit the account, or attest with id drift',
      );
}

const looksForDrift = (evidence: Evidence, rule: Resource): boolean =>
  evidence.at(rule, 'Source.SourceIdentifier') === 'CLOUDFORMATION_STACK_DRIFT_DETECTION_CHECK';
