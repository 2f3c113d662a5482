import { hostOfTool } from '../../../media/contract/functions';
import { PROMPT_LANGUAGES } from '../../../media/contract/prompts';
import { KOKORO_LANGUAGES } from '../../engines/kokoro';
import { inEachRegion, repeats, when } from './rule';

/** What is said before an agent hears anything is played by the media server, which has it in a few languages. */
export const languagesHavePrompts = inEachRegion(({ numbers, media }) =>
  numbers.flatMap(({ language }, index) =>
    when(media.kind === 'asterisk' && !PROMPT_LANGUAGES.includes(language.split('-', 1).join()), {
      path: ['numbers', index, 'language'],
      allowed: `a language of ${PROMPT_LANGUAGES.join(', ')}, in which there are announcements (media/server/prompts)`,
      change: 'it, or take media containers of your own',
    }),
  ),
);

/** An engine without a voice for a language reads it with one of another, and callers hear that. */
export const languagesHaveVoices = inEachRegion(({ numbers, media, inference: { tts } }) =>
  numbers.flatMap(({ language, voice }, index) => {
    const isSpoken = voice !== undefined || KOKORO_LANGUAGES.includes(language.split('-', 1).join());
    return when(media.kind === 'asterisk' && tts.engine === 'kokoro' && !isSpoken, {
      path: ['numbers', index, 'language'],
      allowed: `a language of ${KOKORO_LANGUAGES.join(', ')}, which kokoro speaks, unless the number names a voice`,
      change: 'it, or inference.tts to an engine that speaks it, with its voice at the number',
    });
  }),
);

/** The proxy lets nothing else through, so a caller would hear an excuse. */
export const toolsAreReached = inEachRegion(({ numbers, outsideHosts = [] }) =>
  numbers.flatMap(({ tools = [] }, at) => [
    ...repeats(
      tools.map(({ name }) => name),
      (index) => ['numbers', at, 'tools', index, 'name'],
      'a tool name of a number',
    ),
    ...tools.flatMap((tool, index) =>
      when(!outsideHosts.includes(hostOfTool(tool)), {
        path: ['numbers', at, 'tools', index, 'url'],
        allowed: `a host declared under outsideHosts${outsideHosts.length > 0 ? `: ${outsideHosts.join(', ')}` : ''}`,
        change: `outsideHosts: add ${hostOfTool(tool)}`,
      }),
    ),
  ]),
);

export const outsideHostsAreDistinct = inEachRegion(({ outsideHosts = [] }) =>
  repeats(outsideHosts, (index) => ['outsideHosts', index], 'a host'),
);

/** The kit's engines serve one model each. */
export const modelsAreServed = inEachRegion(({ numbers, inference: { llm } }) =>
  numbers.flatMap(({ model }, index) =>
    when(model !== undefined && llm.engine !== 'custom' && model !== llm.model.repository, {
      path: ['numbers', index, 'model'],
      allowed: `${llm.model.repository}, which inference.llm serves, unless its engine is custom`,
      change: 'it, or remove it',
    }),
  ),
);

/** ECS takes no task definition above 64 KiB (ECS service quotas), and the rest of a media task needs some of it. */
const LARGEST_BYTES = 40_000;

export const functionsFitATask = inEachRegion(({ numbers }) => {
  const bytes = Buffer.byteLength(JSON.stringify(numbers));
  return when(bytes > LARGEST_BYTES, {
    path: ['numbers'],
    got: `${bytes} bytes of numbers with their personas and tools`,
    allowed: `${LARGEST_BYTES} bytes, because ECS takes task definitions of 64 KiB`,
    change: 'them: shorten personas and parameters, or spread the numbers over regions',
  });
});
