import type { z } from 'zod';
import type { Path } from './finding';

/** JSON Schema is how a zod schema tells what it admits. */
export type Schema = z.core.JSONSchema.JSONSchema;
type Node = Schema | boolean | undefined;

/** The schema of the value at a path; an empty one, which admits anything, past the end of what is known. */
export const schemaAt = (root: Schema, path: Path): Schema =>
  path.reduce<Schema>((here, step) => childOf(here, String(step)) ?? {}, root);

function childOf({ properties, additionalProperties, items, anyOf: options }: Schema, key: string): Schema | undefined {
  if (options) return options.map((option) => childOf(asSchema(option), key)).find((child) => child !== undefined);
  if (items && !Array.isArray(items)) return asSchema(items);
  const own = properties?.[key] ?? additionalProperties;
  return typeof own === 'object' ? own : undefined;
}

/** Names a block may use; empty when any name goes. */
export function keysOf({ properties, propertyNames, anyOf: options }: Schema): readonly string[] {
  if (options) return [...new Set(options.flatMap((option) => keysOf(asSchema(option))))];
  return properties ? Object.keys(properties) : valuesOf(asSchema(propertyNames));
}

/** Words an enumeration or a constant knows; empty for any other schema. */
export const valuesOf = ({ const: only, enum: values = only === undefined ? [] : [only] }: Schema): readonly string[] =>
  values.map(String);

/** What a schema admits, in words a person would use. */
export function allowedBy(schema: Schema): string {
  const values = valuesOf(schema);
  if (values.length > 0) return anyOf(values);
  if (schema.title) return schema.title;
  if (schema.anyOf) return schema.anyOf.map((option) => allowedBy(asSchema(option))).join(' or ');
  return wordsByType(schema);
}

function wordsByType(schema: Schema): string {
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return wholeNumber(schema);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return list(schema);
    case 'object':
      return block(schema);
    default:
      return 'anything';
  }
}

/** Alternatives as English lists them: `a, b, or c`. */
export const anyOf = (words: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(words);

function list({ items, minItems = 0, maxItems }: Schema): string {
  const least = minItems > 0 ? ` of ${minItems} or more` : '';
  const size = maxItems === undefined ? least : ` of ${minItems} to ${maxItems}`;
  return `a list${size}, each ${allowedBy(Array.isArray(items) ? {} : asSchema(items))}`;
}

function text({ format, minLength = 0 }: Schema): string {
  if (format === 'email') return 'an e-mail address such as ops@example.com';
  if (format === 'date') return 'a quoted date such as "2026-01-31"';
  return minLength > 0 ? 'text that is not empty' : 'text';
}

function wholeNumber({ minimum, exclusiveMinimum, maximum = Infinity }: Schema): string {
  const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  if (low === undefined) return 'a whole number';
  return maximum < Number.MAX_SAFE_INTEGER
    ? `a whole number from ${low} to ${maximum}`
    : `a whole number above ${low - 1}`;
}

function block(schema: Schema): string {
  const keys = keysOf(schema);
  return keys.length > 0 ? `a block of ${keys.join(', ')}` : 'a block of names, each with a value';
}

const asSchema = (node: Node): Schema => (typeof node === 'object' ? node : {});
