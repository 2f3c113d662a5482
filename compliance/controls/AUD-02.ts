import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { keyOwner } from './shared/customer-key';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { isTrue } from './shared/records';

export const AUD_02: Control = {
  id: 'AUD-02',
  title: 'Audit trails are tamper-evident and encrypted with a key of the customer.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC7.3' },
    { authority: 'hipaa', text: '45 CFR 164.312(c)(1)' },
  ],
  severity: 'error',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'Trails with log file validation, encrypted with the log key of the region.',
  onTemplate: 'Every trail has EnableLogFileValidation and a KMSKeyId that is not of AWS.',
  live: 'cloudtrail:DescribeTrails',
  check: (evidence) => evidence.ofType('AWS::CloudTrail::Trail').map((trail) => judge(evidence, trail)),
};

const judge = (evidence: Evidence, trail: Resource): Judgement =>
  verdict(
    trail,
    [...validationFlaws(evidence.at(trail, 'EnableLogFileValidation')), ...keyFlaws(evidence.at(trail, 'KMSKeyId'))],
    'its files are validated and encrypted with a key of your own',
  );

function validationFlaws(validates: unknown): Flaw[] {
  if (!isKnown(validates))
    return [hidden('whether its files are validated cannot be read; write EnableLogFileValidation out')];
  return isTrue(validates) ? [] : [wrong('nobody would see its files changed; set EnableLogFileValidation')];
}

function keyFlaws(key: unknown): Flaw[] {
  const owner = keyOwner(key);
  if (owner === 'unknown') return [hidden('its key cannot be read; write KMSKeyId out')];
  return owner === 'customer' ? [] : [wrong('it is not encrypted with a key of your own; set KMSKeyId')];
}
