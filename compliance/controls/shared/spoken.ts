import { UNKNOWN } from '../../templates/evaluate';
import { asString, isRecord, type Resource } from '../../templates/template-set';

type Body = Readonly<Record<string, unknown>>;

/** What a resource tells whatever it starts, where everybody who may describe it can read it. */
export interface Spoken {
  readonly settings: readonly { readonly name: string; readonly value: unknown }[];
  /** User data, command lines. */
  readonly texts: readonly unknown[];
}

type Reader = (properties: Body) => Spoken;

/** By type; each reads properties as written and as evaluated alike. */
const READERS: Readonly<Record<string, Reader>> = {
  'AWS::EC2::LaunchTemplate': (body) => spokenText(nested(body, 'LaunchTemplateData')['UserData']),
  'AWS::EC2::Instance': ({ UserData }) => spokenText(UserData),
  'AWS::AutoScaling::LaunchConfiguration': ({ UserData }) => spokenText(UserData),
  'AWS::ECS::TaskDefinition': ({ ContainerDefinitions }) => merged(entries(ContainerDefinitions).map(ofContainer)),
  'AWS::Lambda::Function': (body) => spokenMap(nested(body, 'Environment')['Variables']),
  'AWS::CodeBuild::Project': (body) => ({
    settings: pairs(nested(body, 'Environment')['EnvironmentVariables']),
    texts: [],
  }),
  'AWS::SSM::Parameter': ({ Name, Value }) => ({ settings: [{ name: asString(Name) ?? '', value: Value }], texts: [] }),
  'AWS::SecretsManager::Secret': ({ SecretString }) => spokenSecret(SecretString),
};

export const SPEAKERS: readonly string[] = Object.keys(READERS);

export const spokenBy = ({ type }: Resource, properties: Body): Spoken => READERS[type]?.(properties) ?? NOTHING;

const NOTHING: Spoken = { settings: [], texts: [] };

const spokenText = (text: unknown): Spoken => (text === undefined ? NOTHING : { settings: [], texts: [decoded(text)] });

/** Base64 that was not made by `Fn::Base64` here. */
const decoded = (text: unknown): unknown =>
  typeof text === 'string' && /^[A-Za-z0-9+/\s]{16,}(?:={1,2}\s*)?$/.test(text) && !/\s[a-z]/.test(text)
    ? Buffer.from(text, 'base64').toString('utf8')
    : text;

const merged = (parts: readonly Spoken[]): Spoken => ({
  settings: parts.flatMap(({ settings }) => settings),
  texts: parts.flatMap(({ texts }) => texts),
});

const ofContainer = (container: unknown): Spoken => {
  if (!isRecord(container)) return { settings: [], texts: [container] };
  const { Environment, Command, EntryPoint, HealthCheck } = container;
  const commands = [EntryPoint, Command, isRecord(HealthCheck) ? HealthCheck['Command'] : undefined];
  return { settings: pairs(Environment), texts: commands.filter((words) => words !== undefined).map(sentence) };
};

const sentence = (words: unknown): unknown =>
  Array.isArray(words) && words.every((word) => typeof word === 'string') ? words.join(' ') : words;

function spokenMap(variables: unknown): Spoken {
  if (isRecord(variables))
    return { settings: Object.entries(variables).map(([name, value]) => ({ name, value })), texts: [] };
  return variables === undefined ? NOTHING : { settings: [], texts: [variables] };
}

/** A literal here is the secret itself; fields of JSON are judged by their names. */
function spokenSecret(secret: unknown): Spoken {
  if (typeof secret !== 'string' || secret === UNKNOWN) return NOTHING;
  try {
    return spokenMap(JSON.parse(secret) as unknown);
  } catch {
    return { settings: [{ name: 'secret', value: secret }], texts: [] };
  }
}

const pairs = (list: unknown): Spoken['settings'] =>
  entries(list).map((entry) =>
    isRecord(entry) ? { name: asString(entry['Name']) ?? '', value: entry['Value'] } : { name: '', value: entry },
  );

const entries = (list: unknown): readonly unknown[] => {
  if (list === undefined) return [];
  return Array.isArray(list) ? (list as readonly unknown[]) : [list];
};

const nested = (body: Body, key: string): Body => (isRecord(body[key]) ? body[key] : {});
