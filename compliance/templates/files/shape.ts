import { isRecord, type ResourceBody, type TemplateBody } from '../template-set';
import { UNKNOWN } from '../tokens';
import type { Fault } from './fault';
import type { Lines } from './parse';

/** A template whose parts are of the types CloudFormation gives them, and what was not. */
export interface Shaped {
  readonly body: TemplateBody;
  readonly faults: readonly Fault[];
}

/** Whether it is a template rather than any other JSON or YAML. */
export function isTemplate(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value) || !isRecord(value['Resources'])) return false;
  const entries = Object.entries(value['Resources']);
  return entries.some(([key, body]) => key.startsWith('Fn::') || (isRecord(body) && typeof body['Type'] === 'string'));
}

/** Reads what can be read: a resource of a wrong shape is left out and told, its neighbours are judged. */
export function shaped(value: Readonly<Record<string, unknown>>, lines: Lines): Shaped {
  const faults: Fault[] = [];
  const tell = (section: string, key: string, got: string, allowed: string): void => {
    const line = lines.get(section)?.get(key) ?? 1;
    faults.push({ line, path: key ? `${section}.${key}` : section, got, allowed, change: 'it; it is not judged' });
  };
  const blocks = (section: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
    const found = value[section];
    if (found === undefined) return {};
    if (!isRecord(found)) tell(section, '', kindOf(found), 'a block');
    return Object.fromEntries(
      Object.entries(isRecord(found) ? found : {}).flatMap(([key, body]) => {
        if (isRecord(body)) return [[key, body] as const];
        if (!key.startsWith('Fn::')) tell(section, key, kindOf(body), 'a block');
        return [];
      }),
    );
  };
  const body: TemplateBody = {
    Parameters: parametersIn(blocks('Parameters')),
    Mappings: blocks('Mappings'),
    Conditions: blocks('Conditions'),
    Resources: resourcesIn(blocks('Resources'), tell),
    Outputs: blocks('Outputs') as TemplateBody['Outputs'] & object,
  };
  return { body, faults };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const parametersIn = (blocks: Blocks): TemplateBody['Parameters'] & object =>
  Object.fromEntries(
    Object.entries(blocks).map(([name, { Type: type, Default: preset }]) => [
      name,
      { ...(typeof type === 'string' ? { Type: type } : {}), ...(preset === undefined ? {} : { Default: preset }) },
    ]),
  );

function resourcesIn(
  blocks: Blocks,
  tell: (section: string, key: string, got: string, allowed: string) => void,
): Readonly<Record<string, ResourceBody>> {
  return Object.fromEntries(
    Object.entries(blocks).flatMap(([id, body]) => {
      const { Type: type, Properties: properties = {}, Metadata: metadata } = body;
      if (id.startsWith('Fn::')) return [];
      if (typeof type !== 'string') return (tell('Resources', id, `Type ${kindOf(type)}`, 'a Type of text'), []);
      const isSound = isRecord(properties);
      if (!isSound) tell('Resources', id, `Properties ${kindOf(properties)}`, 'a block of properties');
      const known = isSound ? properties : { [UNKNOWN]: UNKNOWN };
      const whole = { ...body, Type: type, Properties: known, Metadata: isRecord(metadata) ? metadata : {} };
      return [[id, whole satisfies ResourceBody]];
    }),
  );
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return value === null ? 'null' : 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'a block' : `a ${typeof value}`;
}
