import { hash } from 'node:crypto';

/** JSON with the keys of every object in order: the same content is the same text. */
export const canonical = (value: unknown): string => written(value, new Map()) ?? '';

/** @param known texts of lists, which findings share; undefined where JSON leaves a value out */
function written(value: unknown, known: Map<object, string>): string | undefined {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return JSON.stringify(value);
  const text = known.get(value);
  if (text !== undefined) return text;
  if (!Array.isArray(value)) return block(value as Readonly<Record<string, unknown>>, known);
  const list = `[${value.map((item) => written(item, known) ?? 'null').join(',')}]`;
  known.set(value, list);
  return list;
}

function block(value: Readonly<Record<string, unknown>>, known: Map<object, string>): string {
  let text = '';
  for (const key of inOrder(Object.keys(value))) {
    const item = written(value[key], known);
    if (item !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${item}`;
  }
  return `{${text}}`;
}

/** Numbers come first and by size, as in any object. */
function inOrder(keys: string[]): readonly string[] {
  keys.sort();
  return keys.some(mayBeNumber) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
}

function mayBeNumber(key: string): boolean {
  const code = key.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}

const [ZERO, NINE] = [48, 57];

/** SHA-256 in hex. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);
