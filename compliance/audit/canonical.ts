import { hash } from 'node:crypto';

/** JSON with the keys of every object in order: the same content is the same text. */
export const canonical = (value: unknown): string => JSON.stringify(ordered(value, new Map())) ?? '';

/** @param known lists in order, which findings share */
function ordered(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (!Array.isArray(value)) return block(value as Readonly<Record<string, unknown>>, known);
  const list = known.get(value) ?? value.map((item) => ordered(item, known));
  known.set(value, list);
  return list;
}

/** Numbers come first and by size, as in any object. */
function block(value: Readonly<Record<string, unknown>>, known: Map<object, unknown>): unknown {
  const inOrder: Record<string, unknown> = {};
  for (const key of Object.keys(value).toSorted()) {
    const item = ordered(value[key], known);
    if (key === '__proto__') Object.defineProperty(inOrder, key, { value: item, enumerable: true });
    else inOrder[key] = item;
  }
  return inOrder;
}

/** SHA-256 in hex. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);
