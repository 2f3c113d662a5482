import { UNKNOWN } from '../templates/evaluate';
import { isRecord, type Resource, type StackTemplate } from '../templates/template-set';
import { overall, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { givesAway, namesASecret, secretsInText, type Said } from './shared/secrets';
import { spokenBy, SPEAKERS } from './shared/spoken';

/** What stands in a task definition or in user data, everybody who may describe it reads, and every version keeps. */
export const ACC_07: Control = {
  id: 'ACC-07',
  title: 'Secrets are in Secrets Manager, not in user data, environments, commands or parameters.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.1' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'Secrets by ARN under Secrets of the containers that need them; user data and environments without any.',
  onTemplate:
    'No user data, container or function environment, command, SSM parameter, secret or template default has a literal, a dynamic reference or a NoEcho parameter where a secret would stand, by name or by shape.',
  live: 'none: whoever may read these would read the secrets; the template is what is deployed',
  check: (evidence) => [
    ...evidence.ofType(...SPEAKERS).flatMap((resource) => judge(evidence, resource)),
    ...evidence.set.stacks.flatMap((stack) => judgeDefaults(stack)),
  ],
};

function judge(evidence: Evidence, resource: Resource): readonly Judgement[] {
  const evaluated = spokenBy(resource, evidence.properties(resource));
  if (evaluated.settings.length + evaluated.texts.length === 0) return [];
  const settings = evaluated.settings.map(({ name, value }) => flawOfSetting(name, value));
  const texts = evaluated.texts.flatMap((text) => flawsOfText(text));
  const flaws = [...settings, ...texts, ...referencesIn(resource)].filter((flaw) => flaw !== undefined);
  return [verdict(resource, flaws, 'it says nothing that looks like a secret')];
}

const INSTEAD = 'keep it in Secrets Manager and name its ARN';

function flawOfSetting(name: string, value: unknown): Flaw | undefined {
  if (name === '' && value === UNKNOWN) return hidden('some of its settings cannot be read; write them out');
  return flawOf({ name, answer: givesAway(name, textOf(value)) });
}

function flawsOfText(text: unknown): readonly (Flaw | undefined)[] {
  if (text === UNKNOWN) return [hidden('what it runs cannot be read; write its user data or command out')];
  return secretsInText(textOf(text)).map((said) => flawOf(said));
}

/** The value itself is in no message. */
function flawOf({ name, answer }: Said): Flaw | undefined {
  if (answer === false) return undefined;
  return answer ? wrong(`${name} gives a secret away; ${INSTEAD}`) : hidden(`${name} cannot be read; ${INSTEAD}`);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** References that CloudFormation fills in, so that the secret stands there in plain all the same. */
function referencesIn(resource: Resource): readonly Flaw[] {
  // A secret may be made from a parameter or from another one.
  if (resource.type === 'AWS::SecretsManager::Secret') return [];
  const { settings, texts } = spokenBy(resource, resource.properties);
  const all = [...settings, ...texts.map((value) => ({ name: 'its text', value }))];
  return all
    .filter(({ name, value }) => isFilledIn(resource.stack, name, JSON.stringify(value) ?? ''))
    .map(({ name }) => wrong(`a secret is filled into ${name}; ${INSTEAD}`));
}

const isFilledIn = (stack: StackTemplate, name: string, text: string): boolean =>
  /\{\{resolve:(?:secretsmanager|ssm-secure):/.test(text) ||
  (text.includes('{{resolve:ssm:') && namesASecret(name)) ||
  Object.entries(stack.body.Parameters ?? {}).some(
    ([parameter, body]) =>
      isSilent(body) && (text.includes(`{"Ref":"${parameter}"}`) || text.includes(`\${${parameter}}`)),
  );

const isSilent = (parameter: unknown): boolean =>
  isRecord(parameter) && (parameter['NoEcho'] === true || parameter['NoEcho'] === 'true');

const judgeDefaults = (stack: StackTemplate): readonly Judgement[] =>
  Object.entries(stack.body.Parameters ?? {})
    .filter(([name, { Default }]) => typeof Default === 'string' && givesAway(name, Default) === true)
    .map(([name]) =>
      overall('unmet', `the default of parameter ${name} of ${stack.name} gives a secret away; ${INSTEAD}`),
    );
