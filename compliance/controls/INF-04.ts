import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import type { Control } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { launchDataOf, nodesOf } from './shared/nodes';
import { keepsPrompts, logsPrompts } from './shared/prompt-logs';
import { isTrue } from './shared/records';
import { CELL_TAG, TIER_TAG, tagValue } from './shared/tags';
import { containersOf, tasksOf } from './shared/tasks';

const TIERS = ['media', 'stt', 'llm', 'tts'] as const;

export const INF_04: Control = {
  id: 'INF-04',
  title: 'What is said and prompted leaves nothing behind where it is processed.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 P4; C1.1' }],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Scratch on encrypted volumes of the node; engines that log no prompts, in log groups of the class prompt.',
  onTemplate:
    'Media and inference tasks mount no shared file system, the disks of their nodes are encrypted, and prompts are logged to an encrypted log group of the class prompt or not at all.',
  live: 'none: what a container writes, its health probe must tell',
  check: (evidence) =>
    TIERS.flatMap((tier) =>
      tasksOf(evidence, tier).map((task) =>
        verdict(
          task,
          [...volumeFlaws(evidence, task, tier), ...logFlaws(evidence, task)],
          'its buffers are scratch, and prompts are not logged by mistake',
        ),
      ),
    ),
};

function volumeFlaws(evidence: Evidence, task: Resource, tier: string): readonly Flaw[] {
  const volumes = evidence.at(task, 'Volumes');
  const outliving = asList(volumes).some(outlives)
    ? [wrong('it mounts a file system that outlives it; use tmpfs or scratch of the node')]
    : [];
  if (!isKnown(volumes)) return [...outliving, hidden('its volumes cannot be read; write Volumes out')];
  return asList(volumes).some(isOfHost) ? [...outliving, ...diskFlaws(evidence, task, tier)] : outliving;
}

/** EFS, FSx, S3 and shared Docker volumes stay when the task goes; a volume of the host goes with the node. */
const outlives = (volume: unknown): boolean =>
  isRecord(volume) &&
  (Object.keys(volume).some((key) => /^(?:EFS|FSx\w*|S3\w*)VolumeConfiguration$/i.test(key)) ||
    (isRecord(volume['DockerVolumeConfiguration']) && volume['DockerVolumeConfiguration']['Scope'] === 'shared'));

const isOfHost = (volume: unknown): boolean =>
  isRecord(volume) && isRecord(volume['Host']) && volume['Host']['SourcePath'] !== undefined;

/** Nodes of the tier and cell of the task. */
function diskFlaws(evidence: Evidence, task: Resource, tier: string): readonly Flaw[] {
  const cell = tagValue(evidence, task, CELL_TAG);
  const disks = nodesOf(evidence)
    .filter((node) => tagValue(evidence, node, TIER_TAG) === tier)
    .filter((node) => cell === undefined || tagValue(evidence, node, CELL_TAG) === cell)
    .flatMap((node) => launchDataOf(evidence, node))
    .flatMap((data) => asList(data?.['BlockDeviceMappings'] ?? [undefined]).map(encryptionOf));
  if (disks.some((encrypted) => encrypted !== undefined && isKnown(encrypted) && !isTrue(encrypted)))
    return [wrong('disks of its nodes are not encrypted; set Encrypted on every mapping')];
  return disks.length > 0 && disks.every(isTrue)
    ? []
    : [hidden('its nodes, or the encryption of their disks, cannot be read; tag them with the tier and write it out')];
}

const encryptionOf = (mapping: unknown): unknown => {
  const disk = isRecord(mapping) ? mapping['Ebs'] : undefined;
  return isRecord(disk) ? (disk['Encrypted'] ?? false) : disk;
};

function logFlaws(evidence: Evidence, task: Resource): readonly Flaw[] {
  const containers = containersOf(evidence, task);
  const careless = containers.filter((container) => !keepsPrompts(evidence, container));
  const loud = careless.find((container) => logsPrompts(container) === true);
  if (loud) return [wrong(`${String(loud['Name'])} logs prompts; log less, or to a group of the class prompt`)];
  return containers.length > 0 && careless.every((container) => logsPrompts(container) === false)
    ? []
    : [hidden('what its containers log cannot be read; write Command and Environment out')];
}
