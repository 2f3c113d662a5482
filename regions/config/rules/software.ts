import { looksSecret } from '../display';
import type { Finding, Path } from '../finding';
import { INFERENCE_TIERS, type InferenceServiceConfig, type InferenceTier } from '../schema';
import { inEachRegion, when } from './rule';

/** Tiers an engine has an endpoint for; a custom one is the user's to judge. */
const SERVES: Readonly<Record<InferenceServiceConfig['engine'], readonly InferenceTier[]>> = {
  vllm: ['llm', 'stt'],
  speaches: ['stt', 'tts'],
  kokoro: ['tts'],
  custom: INFERENCE_TIERS,
};

/** A custom program states itself in full, and a known one is not half overridden. */
export const customBlocksMatch = inEachRegion(({ media, inference }) => [
  ...matches(media.kind === 'custom', media.containers !== undefined, ['media', 'containers'], 'kind'),
  ...INFERENCE_TIERS.flatMap((tier) => {
    const { engine, custom } = inference[tier];
    return matches(engine === 'custom', custom !== undefined, ['inference', tier, 'custom'], 'engine');
  }),
]);

function matches(wanted: boolean, given: boolean, path: Path, selector: string): Finding[] {
  const name = String(path.at(-1));
  if (wanted === given) return [];
  return wanted
    ? [{ path, got: 'nothing', allowed: `${name} with ${selector}: custom`, change: `the block: add ${name}` }]
    : [
        {
          path,
          at: 'key',
          allowed: `${name} only with ${selector}: custom`,
          change: `it: remove it or set ${selector}: custom`,
        },
      ];
}

export const enginesServeTheirTier = inEachRegion(({ inference }) =>
  INFERENCE_TIERS.flatMap((tier) =>
    when(!SERVES[inference[tier].engine].includes(tier), {
      path: ['inference', tier, 'engine'],
      allowed: `an engine for ${tier}: ${enginesFor(tier).join(', ')}`,
      change: 'it to one of them',
    }),
  ),
);

const enginesFor = (tier: InferenceTier): string[] =>
  Object.entries(SERVES).flatMap(([engine, tiers]) => (tiers.includes(tier) ? [engine] : []));

/** A moving tag would change the software by itself; the lock file needs a name that always means the same. */
export const imagesArePinned = inEachRegion(({ inference }) =>
  INFERENCE_TIERS.flatMap((tier) => {
    const { image } = inference[tier];
    const tag = /:([\w][\w.-]*)$/.exec(image)?.[1];
    const pinned = tag !== undefined && !tag.startsWith('latest') && !image.includes('@');
    return when(!pinned, {
      path: ['inference', tier, 'image'],
      allowed: 'an image with the tag of a release, never latest; its digest stands in the lock file',
      change: 'it: add a tag such as :v1.2.3',
    });
  }),
);

/** Task definitions can be read by many; secrets are named there, not written. */
export const environmentHoldsNoSecrets = inEachRegion(({ media, inference }) => [
  ...(media.containers ?? []).flatMap(({ env }, index) =>
    secretsIn(env, ['media', 'containers', index, 'env'], 'its ARN under secrets'),
  ),
  ...INFERENCE_TIERS.flatMap((tier) =>
    secretsIn(inference[tier].custom?.env, ['inference', tier, 'custom', 'env'], 'a value that is no secret'),
  ),
]);

function secretsIn(env: Readonly<Record<string, string>> = {}, path: Path, instead: string): Finding[] {
  return Object.entries(env).flatMap(([name, value]) =>
    when(looksSecret(name, value), {
      path: [...path, name],
      got: 'what looks like a secret',
      allowed: 'no secret in an environment variable',
      change: `it to ${instead}`,
    }),
  );
}

/** A command line is read by as many as an environment. */
export const argumentsHoldNoSecrets = inEachRegion(({ media, inference }) => [
  ...(media.containers ?? []).flatMap(({ command }, index) =>
    secretWords(command, ['media', 'containers', index, 'command']),
  ),
  ...INFERENCE_TIERS.flatMap((tier) => [
    ...secretWords(inference[tier].args, ['inference', tier, 'args']),
    ...secretWords(inference[tier].custom?.command, ['inference', tier, 'custom', 'command']),
  ]),
]);

function secretWords(words: readonly string[] = [], path: Path): Finding[] {
  return words.flatMap((word, index) => {
    const [flag = '', value = words[index + 1] ?? ''] = word.split('=', 2);
    return when(flag.startsWith('-') && looksSecret(flag.replace(/^-+/, '').replaceAll('-', '_'), value), {
      path: [...path, index],
      got: 'what looks like a secret',
      allowed: 'no secret in a command',
      change: 'the list: remove it',
    });
  });
}

/** What an engine sets itself, because health check, security group and weights follow from it. */
const ENGINE_FLAGS: ReadonlySet<string> = new Set(['--host', '--port', '--model', '--load-format', '--download-dir']);

export const argumentsLeaveTheEngineAlone = inEachRegion(({ inference }) =>
  INFERENCE_TIERS.flatMap((tier) =>
    (inference[tier].args ?? []).flatMap((word, index) =>
      when(ENGINE_FLAGS.has(word.split('=', 1)[0] ?? ''), {
        path: ['inference', tier, 'args', index],
        allowed: `arguments other than ${[...ENGINE_FLAGS].join(', ')}, which the engine sets`,
        change: 'the list: remove it',
      }),
    ),
  ),
);
