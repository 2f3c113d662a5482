import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { perRegion, type AccountService } from './shared/account-services';
import { isTrue } from './shared/records';

export const VUL_02: Control = {
  id: 'VUL-02',
  title: 'GuardDuty watches the account, the objects of its buckets and suspect volumes.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.8; CC7.2' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds:
    'A GuardDuty detector with S3 data events and EBS malware protection, where accountServices.guardDuty is create.',
  onTemplate:
    'Each detector is enabled with both features; without one, an attestation with the id VUL-02 or guardduty stands for it.',
  live: 'guardduty:ListDetectors; guardduty:GetDetector',
  check: (evidence) =>
    perRegion(evidence, SERVICE, evidence.ofType('AWS::GuardDuty::Detector'), (detector) => [
      judge(evidence, detector),
    ]),
};

const SERVICE: AccountService = {
  key: 'guardDuty',
  ids: ['VUL-02', 'guardduty'],
  what: 'GuardDuty is enabled in the account and region with S3 and malware protection',
  made: 'an AWS::GuardDuty::Detector',
};

function judge(evidence: Evidence, detector: Resource): Judgement {
  const enabled = evidence.at(detector, 'Enable');
  const missing = FEATURES.filter(({ name, legacy }) => !has(evidence, detector, name, legacy)).map(({ name }) => name);
  if (isKnown(enabled) && !isTrue(enabled)) return unmet(detector, `Enable is ${shown(enabled)}; set it to true`);
  const read = [enabled, evidence.at(detector, 'Features'), evidence.at(detector, 'DataSources')];
  if (missing.length === 0 && isKnown(enabled))
    return met(detector, 'it is enabled, with S3 data events and EBS malware');
  if (!isKnown(read)) return unclear(detector, 'its features cannot be read; write Enable and Features out');
  return unmet(detector, `${missing.join(' and ')} not ENABLED; add to Features`);
}

/** A feature, and where older templates set it. */
const FEATURES = [
  { name: 'S3_DATA_EVENTS', legacy: 'DataSources.S3Logs.Enable' },
  { name: 'EBS_MALWARE_PROTECTION', legacy: 'DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes' },
] as const;

const has = (evidence: Evidence, detector: Resource, name: string, legacy: string): boolean =>
  isTrue(evidence.at(detector, legacy)) ||
  evidence
    .list(detector, 'Features')
    .some(({ Name: feature, Status: status }) => feature === name && status === 'ENABLED');
