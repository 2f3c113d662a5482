import { isRecord } from '../../templates/template-set';

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

type Kind = 'tags' | 'name' | 'other';

const kindIn = (key: string): Kind => {
  if (TAGS.test(key)) return 'tags';
  return NAME.test(key) ? 'name' : 'other';
};

/** Templates have few keys, many times. */
const KINDS = new Map<string, Kind>();

function kindOf(key: string): Kind {
  const known = KINDS.get(key);
  if (known) return known;
  const kind = kindIn(key);
  if (KINDS.size < MOST_KINDS) KINDS.set(key, kind);
  return kind;
}

const MOST_KINDS = 10_000;

/** Environment variables that say what keys and files are called. */
const PATTERN = /(?:KEY|PREFIX|PATH|TEMPLATE|PATTERN|FORMAT|FILENAME|FILE_NAME|NAMING)$/;

/** Every name, tag, prefix and pattern of a key among evaluated properties. */
export function namesIn(value: unknown): readonly Named[] {
  const found: Found = { steps: [], names: [] };
  collect(value, '', found);
  return found.names;
}

interface Found {
  /** Where it is now: a path is made of them for names only. */
  readonly steps: string[];
  readonly names: Named[];
}

function collect(value: unknown, key: string, found: Found): void {
  const { steps, names } = found;
  const kind = kindOf(key);
  if (kind === 'tags') collectTexts(value, steps.join('.'), names);
  else if (typeof value === 'string') {
    if (kind === 'name') names.push({ path: steps.join('.'), text: value, isPattern: key.endsWith('Prefix') });
  } else if (Array.isArray(value)) collectList(value, key, found);
  else if (isRecord(value)) collectBlock(value, key, found);
}

function collectList(values: readonly unknown[], key: string, found: Found): void {
  for (let index = 0; index < values.length; index += 1) {
    found.steps.push(String(index));
    collect(values[index], key, found);
    found.steps.pop();
  }
}

function collectBlock(value: Readonly<Record<string, unknown>>, key: string, found: Found): void {
  if (key === 'Environment' && 'Name' in value) collectPattern(value['Name'], value['Value'], found);
  else
    for (const name of Object.keys(value)) {
      if (key === 'Variables') {
        collectPattern(name, value[name], found);
        continue;
      }
      found.steps.push(name);
      collect(value[name], name, found);
      found.steps.pop();
    }
}

function collectPattern(name: unknown, text: unknown, { steps, names }: Found): void {
  if (typeof text === 'string' && PATTERN.test(String(name)))
    names.push({ path: `${steps.join('.')} (${String(name)})`, text, isPattern: true });
}

function collectTexts(value: unknown, path: string, names: Named[]): void {
  if (typeof value === 'string') names.push({ path, text: value, isPattern: false });
  else if (Array.isArray(value)) for (const item of value) collectTexts(item, path, names);
  else if (isRecord(value))
    for (const key of Object.keys(value)) {
      names.push({ path, text: key, isPattern: false });
      collectTexts(value[key], path, names);
    }
}
