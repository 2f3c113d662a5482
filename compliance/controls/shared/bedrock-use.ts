import { UNKNOWN } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isAllow } from '../policy';
import { ownStatements, rightsGivers } from './identity-policies';
import { mayNameInference, profileIdsIn } from './inference-profiles';
import { perEvidence, perResource } from './memo';
import { textsIn, type Text } from './texts';

/** Types that look for names in logs or bound what others may do: naming a profile there is a guard, not a use. */
const WATCHERS =
  /^AWS::(?:CloudWatch::|Config::|Events::Rule$|Logs::(?:MetricFilter|QueryDefinition)$|Organizations::|Synthetics::)/;

const isWatcher = ({ type }: Resource): boolean => WATCHERS.test(type);

/** Resources by which inference in Amazon Bedrock is set up, called or allowed by name. */
export const bedrockUsers = perEvidence((evidence): readonly Resource[] => {
  const allowing = new Set(rightsGivers(evidence).filter((giver) => allowsByName(evidence, giver)));
  return evidence.set.resources.filter((resource) => allowing.has(resource) || mentionsBedrock(evidence, resource));
});

const allowsByName = (evidence: Evidence, giver: Resource): boolean =>
  ownStatements(evidence, giver).statements.some(
    (statement) =>
      isAllow(statement) && statement.actions.some((action) => /^bedrock[\w-]*:(?:\*|Inv|Conv|CreateM)/i.test(action)),
  );

/** Texts of a resource that may name a model, because of what they say or because they cannot be read; none of a watcher. */
export const inferenceTexts = perResource((evidence, resource): readonly Text[] =>
  isWatcher(resource)
    ? []
    : textsIn(
        evidence,
        resource,
        (text, key) => mayNameInference(text) || text.includes(UNKNOWN) || key.endsWith('ValueFrom'),
      ),
);

const mentionsBedrock = (evidence: Evidence, resource: Resource): boolean =>
  OF_BEDROCK.test(resource.type) ||
  inferenceTexts(evidence, resource).some(({ text }) => isOfBedrock(text) || profileIdsIn(text).length > 0);

const OF_BEDROCK = /^AWS::Bedrock::/;

/** An endpoint, an ARN or the id of a model. */
export const isOfBedrock = (text: string): boolean =>
  /[./]bedrock(?:[.-]|$)|bedrock(?:-agent)?-(?:runtime|mantle)|:bedrock:|:foundation-model\//.test(text) ||
  /(?<![\w.-])(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen)\.[\w.-]*-v?\d+:\d+/.test(text);
