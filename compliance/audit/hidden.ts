import { isRecord } from '../templates/template-set';

/** In place of what may be a secret: reports are sent around, and stored ones cannot be taken back. */
const HIDDEN = '(hidden)';

/** Members that people write secrets into, at any depth. Names beside them tell which setting it is. */
const SECRETIVE: ReadonlySet<string> = new Set(['Command', 'EntryPoint', 'Environment', 'UserData']);

/** A property of a resource without values that may be secrets. */
export function hidden(type: string, property: string, value: unknown): unknown {
  const isParameter = type === 'AWS::SSM::Parameter' && property === 'Value';
  return isParameter || SECRETIVE.has(property) ? masked(value) : searched(value);
}

function searched(value: unknown): unknown {
  if (typeof value === 'string') return withoutCredentials(value);
  if (Array.isArray(value)) return value.map(searched);
  if (!isRecord(value)) return value;
  return mapped(value, (key, item) => (SECRETIVE.has(key) ? masked(item) : searched(item)));
}

/** Names stay, so that it can be told what there is more or less of. */
function masked(value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return HIDDEN;
  return mapped(value, (key, item) => (key === 'Name' ? item : masked(item)));
}

const mapped = (
  record: Readonly<Record<string, unknown>>,
  change: (key: string, item: unknown) => unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).map(([key, item]) => [key, change(key, item)]));

/** User part of a URL, and of an image of a registry, which has no scheme; a digest behind an `@` is none. */
const CREDENTIALS =
  /(?<scheme>[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@|[^\s/@"'`(]+@(?=(?:[\w-]+\.)+[\w-]+(?::\d+)?\/|[\w-]+:\d+\/)/gi;

export const withoutCredentials = (text: string): string =>
  text.includes('@') ? text.replace(CREDENTIALS, '$<scheme>…@') : text;
