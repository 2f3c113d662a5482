import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { perRegion, type AccountService } from './shared/account-services';
import { isTrue } from './shared/records';

export const VUL_03: Control = {
  id: 'VUL-03',
  title: 'AWS Config records every change of every type of resource.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC7.1' }],
  severity: 'warning',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'A recorder of all types with a delivery channel, where accountServices.config is create.',
  onTemplate:
    'Each recorder records all supported types and has a delivery channel in its region; without one, an attestation with the id VUL-03 or config stands for it.',
  live: 'config:DescribeConfigurationRecorders; config:DescribeConfigurationRecorderStatus',
  check: (evidence) =>
    perRegion(evidence, SERVICE, evidence.ofType('AWS::Config::ConfigurationRecorder'), (recorder) => [
      judge(evidence, recorder),
    ]),
};

const SERVICE: AccountService = {
  key: 'config',
  ids: ['VUL-03', 'config'],
  what: 'AWS Config records all resource types in the account and region',
  made: 'an AWS::Config::ConfigurationRecorder',
};

function judge(evidence: Evidence, recorder: Resource): Judgement {
  const group = evidence.at(recorder, 'RecordingGroup');
  if (!isKnown(group)) return unclear(recorder, 'what it records cannot be read; write RecordingGroup out');
  if (group !== undefined && !recordsAll(evidence, recorder))
    return unmet(recorder, `it records ${shown(group)}; set RecordingGroup to AllSupported: true`);
  // A recorder without a channel cannot be started (AWS Config developer guide, "Managing the delivery channel").
  return delivers(evidence, recorder)
    ? met(recorder, 'it records all supported types')
    : unmet(recorder, 'no delivery channel in its region; add an AWS::Config::DeliveryChannel');
}

const recordsAll = (evidence: Evidence, recorder: Resource): boolean =>
  isTrue(evidence.at(recorder, 'RecordingGroup.AllSupported')) ||
  evidence.at(recorder, 'RecordingGroup.RecordingStrategy.UseOnly') === 'ALL_SUPPORTED_RESOURCE_TYPES';

const delivers = (evidence: Evidence, { stack }: Resource): boolean =>
  evidence
    .ofType('AWS::Config::DeliveryChannel')
    .some(
      (channel) => channel.stack === stack || (stack.region !== undefined && channel.stack.region === stack.region),
    );
