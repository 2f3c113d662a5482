import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isTrue, numberIn } from './shared/records';

export const ENC_05: Control = {
  id: 'ENC-05',
  title: 'Keys rotate at least once a year.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.1' }],
  severity: 'warning',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'Every key of the kit rotates each year.',
  onTemplate:
    'Symmetric keys whose material KMS makes are enabled, have EnableKeyRotation, and no RotationPeriodInDays above 365.',
  live: 'kms:GetKeyRotationStatus',
  check: (evidence) => evidence.ofType('AWS::KMS::Key').flatMap((key) => judge(evidence, key)),
};

function judge(evidence: Evidence, key: Resource): Judgement[] {
  const spec = evidence.at(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const origin = evidence.at(key, 'Origin') ?? 'AWS_KMS';
  const rotates = evidence.at(key, 'EnableKeyRotation');
  const period = evidence.at(key, 'RotationPeriodInDays') ?? 365;
  const enabled = evidence.at(key, 'Enabled') ?? true;
  if (!isKnown([spec, origin, rotates, period, enabled]))
    return [unclear(key, 'its rotation cannot be read; write Enabled, EnableKeyRotation and RotationPeriodInDays out')];
  // KMS rotates no other keys by itself.
  if (spec !== 'SYMMETRIC_DEFAULT' || origin !== 'AWS_KMS') return [];
  if (!isTrue(enabled)) return [unmet(key, 'it is disabled, and KMS rotates no such key; set Enabled to true')];
  if (!isTrue(rotates)) return [unmet(key, 'it does not rotate; set EnableKeyRotation')];
  if (numberIn(period) <= 365) return [met(key, `it rotates every ${shown(period)} days`)];
  return [unmet(key, `it rotates every ${shown(period)} days only; set RotationPeriodInDays to 365 or less`)];
}
