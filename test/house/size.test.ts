import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = path.join(__dirname, '..', '..');
const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'Constructor',
  'PrivateMethod',
]);

interface Node {
  readonly type?: string;
  readonly span?: { readonly start: number; readonly end: number };
}

const files = ['regions', 'compliance', 'lib', 'media', 'supply', 'preflight', 'bin'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file)),
);

const sources = files.map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

/** Nearest-rank percentile. */
const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

/** Lines of each function, method and constructor. swc counts bytes from wherever its source map stands. */
function functionLengths(text: string): number[] {
  const bytes = Buffer.from(text, 'utf8');
  const module = parseSync(text, { syntax: 'typescript' });
  const end = module.span.end;
  return nodesOf(module)
    .filter((node) => FUNCTIONS.has(node.type ?? '') && node.span)
    .map(({ span = { start: end, end } }) => {
      const at = (position: number): number => bytes.length - (end - position);
      return bytes.subarray(at(span.start), at(span.end)).toString('utf8').split('\n').length;
    });
}

test('files are small: median at most 80 lines, nine in ten under 200', () => {
  const lengths = sources.map(({ text }) => text.trimEnd().split('\n').length);
  expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(80);
  expect(percentile(lengths, 0.9)).toBeLessThan(200);
});

test('functions are small: nine in ten at most 35 lines', () => {
  const lengths = sources.flatMap(({ text }) => functionLengths(text));
  expect(lengths.length).toBeGreaterThan(500);
  expect(percentile(lengths, 0.9)).toBeLessThanOrEqual(35);
});

test('nothing is of type any, and no rule is switched off for a line', () => {
  const unsound = sources.filter(({ text }) =>
    /(?::|<|\bas) any\b(?=[\s>;,)[=])(?! [a-z])|oxlint-disable|eslint-disable|@ts-(?:ignore|expect-error)|TODO|FIXME/.test(
      text,
    ),
  );
  expect(unsound.map(({ file }) => file)).toEqual([]);
});
