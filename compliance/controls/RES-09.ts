import type { Resource } from '../templates/template-set';
import { isKnown } from '../templates/evaluate';
import type { Control, Judgement } from './control';
import { Evidence } from './evidence';
import { attested } from './shared/attested';
import { inferenceTexts } from './shared/bedrock-use';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { rightsGivers } from './shared/identity-policies';
import { GEO_PROFILES, GLOBAL, objectionTo, profileIdsIn } from './shared/inference-profiles';
import { perEvidence } from './shared/memo';
import { leaving } from './shared/places';
import { givesInference, grantFlaws } from './shared/profile-grants';
import { RESIDENCY } from './shared/residency';

/** Attestation `RES-09`: destinations of the profiles its statement names were read and all are allowed. */
export const RES_09: Control = {
  id: 'RES-09',
  title: 'Geographic inference profiles are used only where every destination is inside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['A4', 'A13'],
  checkedOn: '2026-11-22',
  builds: 'Inference on GPUs of the cell; no inference profile.',
  onTemplate:
    'The prefix of each profile that is named or allowed has all its destinations in allowed regions, or attestation RES-09 names the profile.',
  live: 'bedrock:GetInferenceProfile (regions of models[].modelArn)',
  check: (evidence) => {
    const givers = new Set(rightsGivers(evidence));
    return evidence.set.resources.flatMap((resource) => judge(evidence, resource, givers.has(resource)));
  },
};

function judge(evidence: Evidence, resource: Resource, isGiver: boolean): readonly Judgement[] {
  const texts = inferenceTexts(evidence, resource);
  // Most are about nothing of it.
  if (texts.length === 0 && !isGiver && resource.type !== PROFILE) return [];
  const ids = texts.flatMap(({ text }) => profileIdsIn(text)).filter(({ prefix }) => prefix !== GLOBAL);
  const named = ids.flatMap(({ id, prefix }) => idFlaws(evidence, id, prefix));
  const flaws = [...named, ...modelSourceFlaws(evidence, resource), ...opaque(evidence, texts)];
  const allowed = isGiver ? giverFlaws(evidence, resource) : [];
  const isAboutIt = ids.length > 0 || resource.type === PROFILE || (isGiver && givesInference(evidence, resource));
  if (flaws.length === 0 && allowed.length === 0 && !isAboutIt) return [];
  return [verdict(resource, [...flaws, ...allowed], 'every profile it names or allows stays in allowed regions')];
}

const PROFILE = 'AWS::Bedrock::ApplicationInferenceProfile';

function idFlaws(evidence: Evidence, id: string, prefix: string): readonly Flaw[] {
  const objection = objectionTo(evidence, prefix);
  if (!objection || isAttested(evidence, id)) return [];
  return [wrong(`${id}: ${objection}; name a model of an allowed region, or attest its destinations under RES-09`)];
}

/** Whether somebody says of this very profile that its destinations were read. */
function isAttested(evidence: Evidence, id: string): boolean {
  const attestations = evidence.scope.attestations.filter(({ statement }) => statement.split(/[\s,;]+/).includes(id));
  if (attestations.length === 0) return false;
  const given = new Evidence(evidence.set, { ...evidence.scope, attestations });
  return attested(given, { ids: ['RES-09'], what: `the destinations of ${id} are allowed` }).answer === 'met';
}

function modelSourceFlaws(evidence: Evidence, resource: Resource): readonly Flaw[] {
  if (resource.type !== PROFILE) return [];
  const source = evidence.at(resource, 'ModelSource.CopyFrom');
  if (!isKnown(source) || typeof source !== 'string')
    return [hidden('ModelSource.CopyFrom cannot be read; write it out')];
  return profileIdsIn(source).length > 0 ? [] : leaving(evidence, 'its model', source);
}

/** An application profile that another app has made may lead anywhere. */
const opaque = (evidence: Evidence, texts: readonly { readonly text: string }[]): readonly Flaw[] =>
  texts
    .flatMap(({ text }) => [...text.matchAll(/:application-inference-profile\/([\w-]+)/g)].map(([, id = '']) => id))
    .filter((id) => !isAttested(evidence, id))
    .map((id) => hidden(`no template shows application-inference-profile/${id}; attest its destinations under RES-09`));

const prefixesLeaving = perEvidence((evidence) =>
  GEO_PROFILES.map(({ prefix }) => prefix).filter((prefix) => objectionTo(evidence, prefix)),
);

/** One flaw for all families that a policy allows and that lead outside. */
function giverFlaws(evidence: Evidence, giver: Resource): readonly Flaw[] {
  const excused = (arn: string): boolean => profileIdsIn(arn).some(({ id }) => isAttested(evidence, id));
  const found = prefixesLeaving(evidence).map((prefix) => ({
    prefix,
    flaws: grantFlaws(evidence, giver, { prefix, excused }),
  }));
  const bad = found.filter(({ flaws }) => flaws.some(({ answer }) => answer === 'unmet'));
  const unread = found.filter(({ flaws }) => flaws.length > 0);
  const list = (families: typeof found): string => families.map(({ prefix }) => `${prefix}.*`).join(', ');
  if (bad.length > 0)
    return [
      wrong(`it allows profiles ${list(bad)}; name models, or allow aws:RequestedRegion of allowed regions only`),
    ];
  return unread.length > 0 ? [hidden(`it may allow profiles ${list(unread)}: part of it cannot be read`)] : [];
}
