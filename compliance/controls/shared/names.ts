import { asList, isRecord } from '../../templates/template-set';

/** A text that other people see: where a resource says it. */
export interface Named {
  readonly path: string;
  readonly text: string;
  /** Whether it will be filled with data of a call. */
  readonly isPattern: boolean;
}

/** Properties that name something, or that say where objects are put. */
const NAME = /(?:Name|Prefix|Family|Identifier|S3Key)$|^(?:awslogs-group|awslogs-stream(?:-prefix)?)$/;

const TAGS = /Tags$/;

/** Environment variables that say what keys and files are called. */
const PATTERN = /(?:KEY|PREFIX|PATH|TEMPLATE|PATTERN|FORMAT|FILENAME|FILE_NAME|NAMING)$/;

/** Every name, tag, prefix and pattern of a key among evaluated properties. */
export function namesIn(value: unknown, path = '', key = ''): readonly Named[] {
  if (TAGS.test(key)) return textsIn(value).map((text) => ({ path, text, isPattern: false }));
  if (typeof value === 'string')
    return NAME.test(key) ? [{ path, text: value, isPattern: key.endsWith('Prefix') }] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => namesIn(item, `${path}.${index}`, key));
  if (!isRecord(value)) return [];
  if (key === 'Environment' && 'Name' in value) return patternIn(value['Name'], value['Value'], path);
  if (key === 'Variables') return Object.entries(value).flatMap(([name, item]) => patternIn(name, item, path));
  return Object.entries(value).flatMap(([name, item]) => namesIn(item, path === '' ? name : `${path}.${name}`, name));
}

const patternIn = (name: unknown, text: unknown, path: string): readonly Named[] =>
  PATTERN.test(String(name)) && typeof text === 'string'
    ? [{ path: `${path} (${String(name)})`, text, isPattern: true }]
    : [];

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return (isRecord(value) ? Object.entries(value).flat() : asList(value)).flatMap(textsIn);
};
