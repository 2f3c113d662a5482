import { isKnown } from '../templates/evaluate';
import { isRecord, type Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';
import { parsed } from './shared/identity-policies';
import { everyAt } from './shared/places';
import { RESIDENCY } from './shared/residency';

/** Attestation `RES-11`: the management account is not among these templates as a rule. */
export const RES_11: Control = {
  id: 'RES-11',
  title: 'AI services of AWS are opted out of keeping content for their own improvement.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['A9'],
  checkedOn: '2026-11-22',
  builds: 'The opt-out policy as a document for the management account.',
  onTemplate: 'An AI services opt-out policy that opts out by default is attached, or attestation RES-11 says so.',
  live: 'organizations:DescribeEffectivePolicy (AISERVICES_OPT_OUT_POLICY)',
  check: (evidence) => {
    if (evidence.set.resources.length === 0) return [];
    const policies = evidence
      .ofType('AWS::Organizations::Policy')
      .filter((policy) => evidence.at(policy, 'Type') === 'AISERVICES_OPT_OUT_POLICY');
    if (policies.length > 0) return policies.map((policy) => judge(evidence, policy));
    const what = 'an AI services opt-out policy is in effect for the account';
    return [attested(evidence, { ids: ['RES-11'], what })];
  },
};

function judge(evidence: Evidence, policy: Resource): Judgement {
  const content = evidence.at(policy, 'Content');
  const targets = everyAt(evidence, policy, 'TargetIds.*');
  if (targets.length === 0) return unmet(policy, 'it is attached to nothing; give it TargetIds');
  const set = ['services', 'default', 'opt_out_policy', '@@assign'].reduce(
    (value: unknown, key) => (isRecord(value) ? value[key] : value),
    parsed(content),
  );
  if (!isKnown(set)) return unclear(policy, 'its content cannot be read; write services.default.opt_out_policy out');
  return set === 'optOut'
    ? met(policy, 'it opts out of all AI services by default')
    : unmet(policy, 'it does not opt out by default; assign optOut to services.default.opt_out_policy');
}
