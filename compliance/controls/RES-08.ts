import { isKnown, tokenOf, UNKNOWN } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { bedrockUsers, inferenceTexts, isOfBedrock } from './shared/bedrock-use';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { ownStatements, rightsGivers } from './shared/identity-policies';
import { GLOBAL, profileIdsIn } from './shared/inference-profiles';
import { givesInference, grantFlaws } from './shared/profile-grants';
import { allowedList, isAllowed, RESIDENCY } from './shared/residency';
import type { Text } from './shared/texts';

/** Requests by a global profile carry the region `unspecified`, so that region denials written as lists miss them. */
export const RES_08: Control = {
  id: 'RES-08',
  title: 'Inference in Amazon Bedrock stays in the allowed regions: no global inference profile is named or allowed.',
  citations: RESIDENCY,
  severity: 'fatal',
  sources: ['A5'],
  checkedOn: '2026-11-22',
  builds: 'Inference on GPUs of the cell; nothing that calls or may call Bedrock.',
  onTemplate:
    'No text names a global profile, a model without region or a model of another region; no policy allows one without denying global profiles.',
  live: 'bedrock:ListInferenceProfiles; cloudtrail:LookupEvents (additionalEventData.inferenceRegion)',
  check: (evidence) => {
    const users = new Set(bedrockUsers(evidence));
    const givers = new Set(rightsGivers(evidence).filter((giver) => givesOrHides(evidence, giver)));
    return evidence.set.resources.flatMap((resource) => judge(evidence, resource, { users, givers }));
  },
};

interface Found {
  /** Whatever uses Bedrock. */
  readonly users: ReadonlySet<Resource>;
  /** Whatever gives the right to use it, by name or by a wildcard. */
  readonly givers: ReadonlySet<Resource>;
}

const givesOrHides = (evidence: Evidence, giver: Resource): boolean =>
  givesInference(evidence, giver) || grantFlaws(evidence, giver, { prefix: GLOBAL }).length > 0;

function judge(evidence: Evidence, resource: Resource, { users, givers }: Found): readonly Judgement[] {
  const texts = inferenceTexts(evidence, resource);
  // Most are about nothing of it.
  if (texts.length === 0 && !users.has(resource) && !givers.has(resource)) return [];
  const flaws = [
    ...texts.flatMap((text) => textFlaws(evidence, text, users.size > 0)),
    ...(givers.has(resource)
      ? [...grantFlaws(evidence, resource, { prefix: GLOBAL }), ...foreignModels(evidence, resource)]
      : []),
  ];
  if (flaws.length === 0 && !users.has(resource) && !givers.has(resource)) return [];
  return [verdict(resource, flaws, 'it names and allows no global inference profile')];
}

function textFlaws(evidence: Evidence, { path, name, text }: Text, isBedrockUsed: boolean): readonly Flaw[] {
  const ids = profileIdsIn(text).filter(({ prefix }) => prefix === GLOBAL);
  if (ids.length > 0 || /inference-profile\/global\b/.test(text))
    return [wrong(`${name} names the global profile ${ids[0]?.id ?? 'global'}; name a model of the region`)];
  if (NO_REGION.test(text))
    return [wrong(`${name} names a model without region; name one of ${allowedList(evidence)}`)];
  const foreign = foreignIn(evidence, text);
  if (foreign) return [wrong(`${name} names a model of ${foreign}; name one of ${allowedList(evidence)}`)];
  return mayNameModel(evidence, { path, name, text }, isBedrockUsed)
    ? [hidden(`${name} may name a global profile and cannot be read; write it out`)]
    : [];
}

const NO_REGION = /arn:[^:\s]*:bedrock:::foundation-model\//;

const foreignIn = (evidence: Evidence, text: string): string | undefined =>
  [...text.matchAll(/arn:[^:\s]*:bedrock:([a-z0-9-]+):/g)]
    .map(([, region = '']) => region)
    .find((region) => !isAllowed(evidence, region));

const foreignModels = (evidence: Evidence, giver: Resource): readonly Flaw[] =>
  ownStatements(evidence, giver)
    .statements.filter(({ effect }) => effect === 'Allow')
    .flatMap(({ resources }) => resources)
    .flatMap((pattern) => foreignIn(evidence, pattern) ?? [])
    .map((region) => wrong(`it allows models of ${region}; name one of ${allowedList(evidence)}`));

/** Whether a text that is not wholly known is where a model is named: by its name, by what is known of it, or any setting. */
function mayNameModel(evidence: Evidence, { path, name, text }: Text, isBedrockUsed: boolean): boolean {
  const isNamedSo = /model|llm|inference|bedrock/i.test(name) && !/key|token|secret|password/i.test(name);
  if (path.endsWith('ValueFrom')) return isNamedSo && !isOwnParameter(evidence, text);
  if (isKnown(text)) return false;
  return isNamedSo || isOfBedrock(text.replaceAll(UNKNOWN, '')) || (isBedrockUsed && SETTING.test(path));
}

/** A parameter of these templates, whose value is judged where it stands. */
const isOwnParameter = (evidence: Evidence, reference: string): boolean =>
  evidence.ofType('AWS::SSM::Parameter').some((parameter) => {
    const name = evidence.nameOf(parameter)?.replace(/^\//, '');
    if (reference.includes(tokenOf(parameter, 'Ref'))) return true;
    return name !== undefined && (reference.replace(/^\//, '') === name || reference.endsWith(`:parameter/${name}`));
  });

const SETTING = /(?:^|\.)(?:Environment|Command|EntryPoint|UserData|Value)(?:\.|$)/;
