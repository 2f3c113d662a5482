import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { unclear, unmet, shown, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { keyOwner } from './shared/customer-key';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { templateOf } from './shared/launchers';
import { isTrue } from './shared/records';

/** cdk-nag does not look into launch templates. Instance stores are encrypted by the hardware and are let be. */
export const ENC_02: Control = {
  id: 'ENC-02',
  title: 'Volumes of nodes are encrypted with keys of the customer.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(a)(2)(iv)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.1' },
  ],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Launch templates whose every volume is encrypted with the volume key of the region.',
  onTemplate:
    'Every EBS mapping, the root device among them, and every volume has Encrypted and a key that is not of AWS.',
  live: 'ec2:DescribeLaunchTemplateVersions; ec2:GetEbsEncryptionByDefault',
  check: (evidence) => [
    ...Object.entries(MAPPINGS).flatMap(([type, path]) =>
      evidence.ofType(type).flatMap((resource) => judgeMappings(evidence, resource, path)),
    ),
    ...evidence.ofType('AWS::EC2::Volume').map((volume) => judgeVolume(volume, evidence.properties(volume))),
    ...evidence.ofType('AWS::ECS::Service').flatMap((service) => judgeTaskVolumes(evidence, service)),
  ],
};

const MAPPINGS: Readonly<Record<string, string>> = {
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.BlockDeviceMappings',
  'AWS::AutoScaling::LaunchConfiguration': 'BlockDeviceMappings',
  'AWS::EC2::Instance': 'BlockDeviceMappings',
};

/** EC2 user guide, "Device names for volumes": what Linux images call their root device. */
const ROOT_DEVICES: readonly unknown[] = ['/dev/xvda', '/dev/sda1'];

function judgeMappings(evidence: Evidence, resource: Resource, path: string): Judgement[] {
  const mappings = evidence.at(resource, path);
  if (mappings === undefined && evidence.at(resource, 'LaunchTemplate') !== undefined)
    return launchedElsewhere(evidence, resource);
  if (mappings === undefined)
    return [unmet(resource, `its root volume is as its image and the account have it; list it in ${path}, encrypted`)];
  if (!Array.isArray(mappings)) return [unclear(resource, `its volumes cannot be read; write ${path} out`)];
  const flaws = asList(mappings).flatMap((mapping) => (isRecord(mapping) ? mappingFlaws(mapping) : [UNREADABLE]));
  const hasRoot = asList(mappings).some((mapping) => isRecord(mapping) && ROOT_DEVICES.includes(mapping['DeviceName']));
  const rootless = hasRoot ? [] : [hidden(`no mapping is of ${ROOT_DEVICES.join(' or ')}; list the root device too`)];
  return [verdict(resource, [...flaws, ...rootless], 'every volume is encrypted with a key of your own')];
}

const UNREADABLE = hidden('a mapping cannot be read; write it out');

/** An instance of a launch template gets the template's volumes, which are judged there if it is one of these. */
function launchedElsewhere(evidence: Evidence, instance: Resource): Judgement[] {
  if (templateOf(evidence, instance)) return [];
  return [unclear(instance, 'its launch template is not in these templates')];
}

function mappingFlaws(mapping: Readonly<Record<string, unknown>>): Flaw[] {
  const { DeviceName: device, Ebs: ebs } = mapping;
  if (ebs === undefined) return [];
  return isRecord(ebs) ? volumeFlaws(ebs, `the volume ${shown(device)}`) : [UNREADABLE];
}

const judgeVolume = (resource: Resource, volume: Readonly<Record<string, unknown>>): Judgement =>
  verdict(resource, volumeFlaws(volume, 'it'), 'it is encrypted with a key of your own');

function volumeFlaws({ Encrypted: encrypted, KmsKeyId: key }: Readonly<Record<string, unknown>>, what: string): Flaw[] {
  if (!isKnown([encrypted, key])) return [hidden(`the encryption of ${what} cannot be read; write it out`)];
  if (!isTrue(encrypted)) return [wrong(`${what} is not encrypted; set Encrypted and KmsKeyId`)];
  const owner = keyOwner(key);
  if (owner === 'unknown') return [hidden(`the key of ${what} cannot be read; write KmsKeyId out`)];
  return owner === 'customer' ? [] : [wrong(`${what} is encrypted with a key of AWS; set KmsKeyId to your own`)];
}

/** Volumes that ECS makes for a task. */
function judgeTaskVolumes(evidence: Evidence, service: Resource): Judgement[] {
  const managed = evidence
    .list(service, 'VolumeConfigurations')
    .map((configuration) => configuration['ManagedEBSVolume'])
    .filter((volume) => volume !== undefined);
  return managed.map((volume) =>
    isRecord(volume) ? judgeVolume(service, volume) : unclear(service, 'a task volume cannot be read; write it out'),
  );
}
