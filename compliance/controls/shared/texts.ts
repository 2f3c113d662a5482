import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { perResource } from './memo';

/** A text somewhere in a resource. */
export interface Text {
  /** `ContainerDefinitions.0.Environment.3.Value`. */
  readonly path: string;
  /** What it is the value of: the `Name` beside it, or its key. */
  readonly name: string;
  readonly text: string;
}

/** Every text of a resource, but those of policies' statements: they say who may what, not what is used. */
export const textsOf = perResource((evidence, resource) => textsIn(evidence, resource, () => true));

/** Those that somebody wants, by what they say and by the last key of their path: most are wanted by nobody. */
export function textsIn(evidence: Evidence, resource: Resource, wants: Wish): readonly Text[] {
  const found: Found = { wants, steps: [], texts: [] };
  collect(evidence.properties(resource), '', found);
  return found.texts;
}

type Wish = (text: string, key: string) => boolean;

interface Found {
  readonly wants: Wish;
  /** Where it is now: a path is made of them for what is wanted only. */
  readonly steps: string[];
  readonly texts: Text[];
}

function collect(value: unknown, name: string, found: Found): void {
  const { steps, texts, wants } = found;
  if (typeof value === 'string') {
    const text = name === 'UserData' ? decoded(value) : value;
    if (wants(text, steps.at(-1) ?? '')) texts.push({ path: steps.join('.'), name, text });
  } else if (Array.isArray(value)) collectList(value, name, found);
  else if (isRecord(value) && !isStatement(value)) {
    const given = 'Value' in value || 'ValueFrom' in value ? value['Name'] : undefined;
    for (const key of Object.keys(value)) {
      steps.push(key);
      collect(value[key], typeof given === 'string' ? given : key, found);
      steps.pop();
    }
  }
}

function collectList(values: readonly unknown[], name: string, found: Found): void {
  for (let index = 0; index < values.length; index += 1) {
    found.steps.push(String(index));
    collect(values[index], name, found);
    found.steps.pop();
  }
}

const isStatement = (value: Readonly<Record<string, unknown>>): boolean =>
  'Effect' in value && ('Action' in value || 'NotAction' in value);

/** User data that is written in base64 by hand, without `Fn::Base64`. */
const decoded = (text: string): string =>
  text.length > 24 && /^[A-Za-z0-9+/\s]+(?:={1,2}\s*)?$/.test(text) && !text.trim().includes(' ')
    ? Buffer.from(text, 'base64').toString('utf8')
    : text;
