import { regionsOf } from '../../../regions/catalog';
import type { Evidence } from '../evidence';
import { isAllowed } from './residency';

/** A family of system-defined inference profiles of Amazon Bedrock, which route a request to one of several regions. */
export interface GeoProfiles {
  /** What their ids begin with: `eu` for `eu.anthropic.…`. */
  readonly prefix: string;
  /** Key of the jurisdiction that holds every destination; absent where destinations differ by model or leave it. */
  readonly within?: string;
  readonly basis: string;
  /** Key of `frameworks/sources.ts`. */
  readonly source: 'A4' | 'A13' | 'GK';
}

/** Compared with their sources on 2026-11-22. Destinations may be added at any time: the live check expands each profile. */
export const GEO_PROFILES: readonly GeoProfiles[] = [
  { prefix: 'us', within: 'US', basis: 'all destinations listed are in the United States', source: 'A4' },
  { prefix: 'us-gov', within: 'US-GOV', basis: 'the two regions of the partition', source: 'A13' },
  { prefix: 'jp', within: 'JP', basis: 'Tokyo and Osaka', source: 'A13' },
  { prefix: 'au', within: 'AU', basis: 'Sydney and Melbourne', source: 'A13' },
  { prefix: 'eu', basis: 'may include London and Zurich, which are outside the EU', source: 'A13' },
  { prefix: 'apac', basis: 'spans a dozen countries, the United Arab Emirates among them', source: 'A13' },
  { prefix: 'ca', basis: 'seen in tests of third parties only', source: 'GK' },
];

/** Why a family may not be used here; undefined when every destination is allowed. */
export function objectionTo(evidence: Evidence, prefix: string): string | undefined {
  const family = GEO_PROFILES.find((one) => one.prefix === prefix);
  if (!family) return 'no table says where it leads';
  const regions = family.within ? regionsOf(family.within) : [];
  return regions.length > 0 && regions.every((region) => isAllowed(evidence, region)) ? undefined : family.basis;
}

/** Prefix of profiles that route to every commercial region. */
export const GLOBAL = 'global';

export interface ProfileId {
  /** `eu`, `global`. */
  readonly prefix: string;
  /** `eu.anthropic.claude-sonnet-4-v1:0`, or with a wildcard. */
  readonly id: string;
}

/** Ids of inference profiles in a text: after `inference-profile/`, or shaped like a model of Bedrock behind a prefix. */
export function profileIdsIn(text: string): readonly ProfileId[] {
  if (!mayNameInference(text)) return [];
  const named = [...text.matchAll(AFTER_SLASH)].map(([, id = '']) => id);
  const shaped = [...text.matchAll(SHAPED)].filter(isModel).map(([id]) => id);
  return [...new Set([...named, ...shaped])].map((id) => ({ id, prefix: id.slice(0, id.indexOf('.')) }));
}

const AFTER_SLASH = /(?<!application-)(?:inference|guardrail)-profile\/([a-z-]+\.[\w.:*?-]*)/g;

const SHAPED = /(?<![\w./@-])([a-z]{2,6}(?:-[a-z]{2,4})?)\.([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9][\w.:-]*)/g;

/** Tells `global.anthropic.claude-v1:0` from `global.turn.twilio.com` and `api.openai.com`. */
function isModel([, prefix = '', provider = '', model = '']: RegExpMatchArray): boolean {
  if (/^[a-z]+(?:\.[a-z]{2})?$/.test(model) && TOP_LEVEL.test(model)) return false;
  const isFamily = prefix === GLOBAL || GEO_PROFILES.some((one) => one.prefix === prefix);
  if (PROVIDERS.has(provider)) return isFamily || /\d/.test(model);
  const name = model.replace(/:\d+$/, '');
  return isFamily && /\d/.test(name) && !/\.[a-z]+$/i.test(name);
}

const TOP_LEVEL = /^(?:ai|app|cloud|cn|com|dev|eu|io|net|org)(?:\.|$)/;

/** First part of the ids of models, Bedrock's guardrails among them. */
const PROVIDERS: ReadonlySet<string> = new Set([
  'ai21',
  'amazon',
  'anthropic',
  'cohere',
  'deepseek',
  'google',
  'guardrail',
  'luma',
  'meta',
  'minimax',
  'mistral',
  'moonshot',
  'moonshotai',
  'nvidia',
  'openai',
  'qwen',
  'stability',
  'twelvelabs',
  'writer',
  'zai',
]);

/** Whether a text can have to do with inference in Bedrock at all: found faster than what it names. */
export const mayNameInference = (text: string): boolean => HINT.test(text);

const HINT = new RegExp(
  `bedrock|profile/|foundation-model|\\b(?:${[...PROVIDERS].join('|')})\\.|\\b(?:${[GLOBAL, ...GEO_PROFILES.map(({ prefix }) => prefix)].join('|')})\\.[a-z0-9]`,
);
