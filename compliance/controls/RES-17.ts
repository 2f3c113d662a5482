import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { shown, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { everyAt } from './shared/places';
import { RESIDENCY } from './shared/residency';
import { textsOf } from './shared/texts';

export const RES_17: Control = {
  id: 'RES-17',
  title: 'Images come from the registry of the region, and nothing fetches models while it runs.',
  citations: RESIDENCY,
  severity: 'warning',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Immutable repositories of the region, weights staged in its bucket, servers told to stay offline.',
  onTemplate:
    'There is no pull-through cache rule, images name ECR of the region of their stack, and what names a model hub is offline.',
  live: 'ecr:DescribePullThroughCacheRules',
  check: (evidence) => [
    ...evidence
      .ofType('AWS::ECR::PullThroughCacheRule')
      .map((rule) =>
        unmet(rule, 'it fetches images from a registry outside when they are asked for; copy them instead'),
      ),
    ...Object.entries(IMAGES).flatMap(([type, paths]) =>
      evidence.ofType(type).flatMap((resource) => judge(evidence, resource, paths)),
    ),
    ...evidence.ofType(...BOOTED).flatMap((resource) => judgeScript(evidence, resource)),
  ],
};

const IMAGES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions.*.Image'],
  'AWS::Lambda::Function': ['Code.ImageUri'],
  'AWS::SageMaker::Model': ['PrimaryContainer.Image', 'Containers.*.Image'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.Image'],
};

const BOOTED = ['AWS::EC2::LaunchTemplate', 'AWS::EC2::Instance', 'AWS::AutoScaling::LaunchConfiguration'] as const;

function judge(evidence: Evidence, resource: Resource, paths: readonly string[]): readonly Judgement[] {
  const images = paths.flatMap((path) => everyAt(evidence, resource, path));
  if (images.length === 0) return [];
  const containers = everyAt(evidence, resource, 'ContainerDefinitions.*');
  const flaws = [
    ...images.flatMap((image) => imageFlaws(evidence, resource, image)),
    ...containers.flatMap((container) => hubFlaws(container)),
  ];
  return [verdict(resource, flaws, 'its images come from the registry of its region and it fetches no model')];
}

function imageFlaws(evidence: Evidence, { stack }: Resource, image: unknown): readonly Flaw[] {
  const region = registryRegion(evidence, image);
  if (region !== undefined && region === stack.region) return [];
  if (region !== undefined && stack.region !== undefined)
    return [wrong(`image ${shown(image)} comes from ${region}; copy it to ECR of ${stack.region}`)];
  if (region !== undefined || typeof image !== 'string' || !isKnown(image.split('/')[0]))
    return [hidden('where an image comes from cannot be read; write its registry out')];
  return [wrong(`image ${shown(image)} comes from outside; copy it to ECR of ${stack.region ?? 'the region'}`)];
}

/** Region of ECR in an image's name, or of the repository of these templates that it refers to. */
function registryRegion(evidence: Evidence, image: unknown): string | undefined {
  if (typeof image !== 'string') return undefined;
  const named = /^[^./]+\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.aws)\//.exec(image);
  if (named) return named[1];
  const tokens = image.match(/\u{FFFC}[^\u{FFFC}]*\u{FFFC}/gu) ?? [];
  return tokens.map((token) => evidence.resourceOf(token, 'AWS::ECR::Repository')?.stack.region).find(Boolean);
}

const HUB = /huggingface\.co|(?<![\w.-])hf\.co\b|huggingface-cli|hf download|snapshot_download/i;

const HUB_SETTING = /^(?:HF_TOKEN|HF_MODEL_ID|HF_ENDPOINT|HUGGING_?FACE_(?:HUB_)?TOKEN)$/;

/** A container that names a hub, or a model by the name it has there, and is not told to stay offline. */
function hubFlaws(container: unknown): readonly Flaw[] {
  if (!isRecord(container)) return [];
  const environment = asList(container['Environment']).filter(isRecord);
  const offline = environment.find(({ Name }) => Name === 'HF_HUB_OFFLINE')?.['Value'];
  if (/^(?:1|true|yes|on)$/i.test(String(offline))) return [];
  const named = [...environment, ...asList(container['Secrets']).filter(isRecord)];
  const words = [container['EntryPoint'], container['Command']].flatMap(asList).map(String).join(' ');
  const isFetching =
    named.some(({ Name, Value }) => HUB_SETTING.test(String(Name)) || (typeof Value === 'string' && HUB.test(Value))) ||
    HUB.test(words) ||
    /--model(?:-id)?[= ][\w-][\w.-]*\/[\w.-]+(?: |$)/.test(words);
  if (!isFetching) return [];
  const name = `container ${shown(container['Name'])}`;
  if (!isKnown(offline)) return [hidden(`whether ${name} is offline cannot be read; set HF_HUB_OFFLINE to 1`)];
  return [wrong(`${name} fetches its model when it starts; stage the weights and set HF_HUB_OFFLINE to 1`)];
}

const judgeScript = (evidence: Evidence, resource: Resource): readonly Judgement[] =>
  textsOf(evidence, resource).some(({ path, text }) => path.endsWith('UserData') && HUB.test(text))
    ? [unmet(resource, 'its user data fetches a model from outside; read it from the bucket of the region')]
    : [];
