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
function collect(value: unknown, { path, name }: Omit<Text, 'text'>, texts: Text[]): void {
  if (typeof value === 'string') texts.push({ path, name, text: path.endsWith('UserData') ? decoded(value) : value });
  if (typeof value !== 'object' || value === null) return;
  const isNamed = isRecord(value) && typeof value['Name'] === 'string';
  if (isRecord(value) && isStatement(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const own = Array.isArray(value) ? name : key;
    const place = { path: path === '' ? key : `${path}.${key}`, name: isNamed ? String(value['Name']) : own };
    collect(item, place, texts);
  }
}

const isStatement = (value: Readonly<Record<string, unknown>>): boolean =>
  'Effect' in value && ('Action' in value || 'NotAction' in value);

/** User data that is written in base64 by hand, without `Fn::Base64`. */
const decoded = (text: string): string =>
  text.length > 24 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) && !text.trim().includes(' ')
    ? Buffer.from(text, 'base64').toString('utf8')
    : text;
