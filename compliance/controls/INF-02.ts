import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isCommit, isImmutable, isPinned, isScanned } from './shared/images';
import { containersOf, tasksOf, wordsOf } from './shared/tasks';

export const INF_02: Control = {
  id: 'INF-02',
  title: 'Images and models cannot change by themselves, and images are scanned.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.8' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds:
    'Immutable repositories that scan on push; images by digest or asset hash; weights below the commit of their model.',
  onTemplate:
    'Repositories are IMMUTABLE and scan on push; images of inference tasks are pinned by digest, asset hash or such a repository; a model revision is a commit.',
  live: 'ecr:DescribeRepositories; ecr:DescribeImageScanFindings',
  check: (evidence) => [
    ...evidence.ofType('AWS::ECR::Repository').map((repository) => ofRepository(evidence, repository)),
    ...tasksOf(evidence, 'stt', 'llm', 'tts').map((task) => ofTask(evidence, task)),
  ],
};

function ofRepository(evidence: Evidence, repository: Resource): Judgement {
  const [immutable, scanned] = [isImmutable(evidence, repository), isScanned(evidence, repository)];
  if (immutable === false) return unmet(repository, 'its tags can be moved; set ImageTagMutability to IMMUTABLE');
  if (scanned === false) return unmet(repository, 'images in it are not scanned; set ScanOnPush');
  return immutable && scanned
    ? met(repository, 'immutable tags, scanned on push')
    : unclear(repository, 'its settings cannot be read; write ImageTagMutability and ScanOnPush out');
}

function ofTask(evidence: Evidence, task: Resource): Judgement {
  const containers = containersOf(evidence, task);
  const images = containers.map(({ Image: image }) => ({ image, pinned: isPinned(evidence, image) }));
  const loose = images.find(({ pinned }) => pinned === false);
  if (loose) return unmet(task, `${shown(loose.image)} can change; name it by digest`);
  const revisions = containers.flatMap(revisionsOf);
  const moving = revisions.find((revision) => isKnown(revision) && !isCommit(revision));
  if (moving !== undefined) return unmet(task, `model revision ${shown(moving)} can move; name a commit of 40 digits`);
  const hub = containers.map(modelOfHub).find(Boolean);
  if (hub !== undefined) return unmet(task, `${hub} is loaded without a revision; name a commit, or stage it`);
  return images.length > 0 && images.every(({ pinned }) => pinned) && isKnown(revisions)
    ? met(task, 'its images and models are pinned')
    : unclear(task, 'its images or models cannot be read; name them by digest and commit');
}

type Container = Parameters<typeof wordsOf>[0];

/** By environment (`MODEL_REVISION`) and by argument (`--revision main`, `--revision=main`). */
function revisionsOf(container: Container): readonly unknown[] {
  const settings = asList(container['Environment']).filter(isRecord);
  const told = settings.filter(({ Name: name }) => /(?:^|_)REVISION$/.test(String(name))).map(({ Value }) => Value);
  return [...told, ...argumentsOf(container, '--revision')];
}

/** `vllm serve Qwen/Qwen3-8B` fetches whatever the branch holds that day. A path or an `s3://` is not fetched from a hub. */
function modelOfHub(container: Container): string | undefined {
  if (revisionsOf(container).length > 0 || isOffline(container)) return undefined;
  return ['--model', 'serve']
    .flatMap((word) => argumentsOf(container, word))
    .find((model) => /^[\w.-]+\/[\w.-]+$/.test(model));
}

const isOffline = (container: Container): boolean =>
  asList(container['Environment'])
    .filter(isRecord)
    .some(({ Name: name, Value: value }) => name === 'HF_HUB_OFFLINE' && /^(?:1|true|yes|on)$/i.test(String(value)));

const argumentsOf = (container: Container, name: string): readonly string[] =>
  wordsOf(container).flatMap((word, index, words) => {
    if (word.startsWith(`${name}=`)) return [word.slice(name.length + 1)];
    const next = words[index + 1];
    return word === name && next !== undefined ? [next] : [];
  });
