import { z } from 'zod';
import { allowedBy, keysOf, schemaAt, valuesOf, type Schema } from './allowed';
import { shorten } from './display';
import type { Finding, Path } from './finding';
import { nearest } from './nearest';
import { valueAt } from './yaml-file';

type Issue = z.core.$ZodIssue;

/** What a schema's issues mean to the person who wrote the value. */
export function findingsOf(schema: z.ZodType, value: unknown, issues: readonly Issue[]): Finding[] {
  const root = z.toJSONSchema(schema);
  return issues.flatMap(chosen).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const here = schemaAt(root, path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(here, path, key));
    const found = valueAt(value, path);
    return [found === undefined ? missing(here, path) : wrong(here, path, found)];
  });
}

/** Of alternatives, the issues of the one that was meant, when only one knows the keys that were written. */
function chosen(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [meant, ...others] = issue.errors.filter((issues) => !issues.some(isUnknownKey));
  if (!meant || others.length > 0) return [issue];
  return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

const isUnknownKey = ({ code, path }: Issue): boolean => code === 'unrecognized_keys' && path.length === 0;

function unknownKey(schema: Schema, path: Path, key: string): Finding {
  const known = keysOf(schema);
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    at: 'key',
    got: `the unknown key ${shorten(key)}`,
    allowed: known.join(', '),
    change: meant ? `it to ${meant}` : 'the block: remove it',
  };
}

const missing = (schema: Schema, path: Path): Finding => ({
  path,
  allowed: allowedBy(schema),
  change: `the block: add ${path.at(-1) ?? 'it'}`,
});

function wrong(schema: Schema, path: Path, value: unknown): Finding {
  const allowed = allowedBy(schema);
  return { path, allowed, change: `it${suggestion(schema, value, allowed)}` };
}

function suggestion(schema: Schema, value: unknown, allowed: string): string {
  if (schema.type === 'array') return Array.isArray(value) ? ': add one' : ': put it in [ ]';
  const values = valuesOf(schema);
  if (values.length > 0)
    return ` to ${nearest(text(value), values) ?? (values.length > 1 ? `e.g. ${values[0]}` : values[0])}`;
  if (schema.type === 'string' && typeof value === 'number') return ': put it in quotes';
  if (schema.type === 'integer' && /^\d+$/.test(text(value))) return ' to the same without quotes';
  const example = /such as ("[^"]+"|\S+)/.exec(allowed)?.[1];
  if (example) return ` to e.g. ${example}`;
  return schema.type === 'integer' ? ` to e.g. ${schema.minimum ?? 100}` : '';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
