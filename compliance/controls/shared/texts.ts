import { isRecord } from '../../templates/template-set';
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
export const textsOf = perResource((evidence, resource): readonly Text[] => {
  const texts: Text[] = [];
  collect(evidence.properties(resource), { path: '', name: '' }, texts);
  return texts;
});

/** Into one list: a list of each level would cost more than all checks that read them. */
function collect(value: unknown, place: Omit<Text, 'text'>, texts: Text[]): void {
  if (typeof value === 'string') texts.push({ ...place, text: place.name === 'UserData' ? decoded(value) : value });
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) collect(item, below(place, index), texts);
  else if (isRecord(value) && !isStatement(value)) {
    const name = 'Value' in value || 'ValueFrom' in value ? value['Name'] : undefined;
    for (const key of Object.keys(value)) collect(value[key], below(place, key, name ?? key), texts);
  }
}

const below = ({ path, name }: Omit<Text, 'text'>, key: string | number, own: unknown = name): Omit<Text, 'text'> => ({
  path: path === '' ? String(key) : `${path}.${key}`,
  name: typeof own === 'string' ? own : String(key),
});

const isStatement = (value: Readonly<Record<string, unknown>>): boolean =>
  'Effect' in value && ('Action' in value || 'NotAction' in value);

/** User data that is written in base64 by hand, without `Fn::Base64`. */
const decoded = (text: string): string =>
  text.length > 24 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) && !text.trim().includes(' ')
    ? Buffer.from(text, 'base64').toString('utf8')
    : text;
