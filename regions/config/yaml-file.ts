import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { shorten, shown } from './display';
import type { Finding, Path } from './finding';
import { offsetOf } from './locate';
import { dotted, type Place, type Problem } from './problem';

/** A mapping read from a YAML file, which remembers where everything is written. */
export interface YamlFile {
  readonly ok: true;
  readonly value: unknown;
  readonly locate: (path: Path, at?: 'key' | 'value') => Place;
  readonly problem: (finding: Finding) => Problem;
}

export interface Unreadable {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

interface Fault {
  readonly offset: number;
  readonly got: string;
  readonly change: string;
}

const ALLOWED = 'YAML 1.2 whose top level is a mapping and whose keys are written once each';

/** Reads one YAML file; a missing file, a syntax error, a repeated key or an unknown alias is a problem, not an exception. */
export function readYamlFile(file: string): YamlFile | Unreadable {
  const text = readText(file);
  return typeof text === 'string' ? parseYaml(file, text) : { ok: false, problems: [text] };
}

function readText(file: string): string | Problem {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_BYTES)
      return unreadable(file, `${bytes.length} bytes`, `a file of ${MAX_BYTES} bytes at most`);
    if (!isUtf8(bytes)) return unreadable(file, 'bytes that are no UTF-8', 'UTF-8 text');
    return bytes.toString('utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const got = error.code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${error.code})`;
    return unreadable(file, got, 'a readable YAML file');
  }
}

/** A deployment is a few kilobytes; far beyond, the file is another one. */
const MAX_BYTES = 1_048_576;

const unreadable = (file: string, got: string, allowed: string): Problem => ({
  file,
  line: 1,
  col: 1,
  path: '',
  got,
  allowed,
  change: 'the file, or its path',
});

export function parseYaml(file: string, text: string): YamlFile | Unreadable {
  const lines = new LineCounter();
  const doc: Document = parseDocument(text, {
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const place = (offset: number): Place => ({ file, ...lines.linePos(offset) });
  const loaded = load(doc);
  if ('faults' in loaded) {
    const problems = loaded.faults.map(({ offset, ...fault }): Problem => ({
      path: '',
      allowed: ALLOWED,
      ...fault,
      ...place(offset),
    }));
    return { ok: false, problems };
  }
  const { value } = loaded;
  const locate = (path: Path, at?: 'key' | 'value'): Place => place(offsetOf(doc, path, at));
  return { ok: true, value, locate, problem: (finding) => problemOf(finding, value, locate) };
}

function load(doc: Document): { readonly value: unknown } | { readonly faults: readonly Fault[] } {
  const faults = [...syntaxFaults(doc), ...unknownAliases(doc), ...mergesOfNoBlock(doc)];
  if (faults.length > 0) return { faults };
  if (!isMap(doc.contents))
    return { faults: [{ offset: 0, got: 'no mapping', change: 'the file to `key: value` lines' }] };
  try {
    return { value: doc.toJS() };
  } catch (error) {
    // The parser's guard against aliases that expand without bound.
    if (!(error instanceof ReferenceError)) throw error;
    return { faults: [{ offset: 0, got: 'aliases that expand too far', change: 'the file to use fewer aliases' }] };
  }
}

/** The parser's messages may quote the text after a colon, and the text may hold a secret. */
const syntaxFaults = (doc: Document): Fault[] =>
  doc.errors.map(({ code, message, pos }) => ({
    offset: pos[0],
    got: shorten(message.split(':')[0] ?? code),
    change: code === 'DUPLICATE_KEY' ? 'the file: keep one of the two' : 'the text here',
  }));

function unknownAliases(doc: Document): Fault[] {
  const faults: Fault[] = [];
  visit(doc, {
    Alias: (_, alias) => {
      if (alias.resolve(doc)) return;
      const got = `*${shorten(alias.source)}, which no &anchor before it defines`;
      faults.push({ offset: alias.range?.[0] ?? 0, got, change: 'it to a defined anchor' });
    },
  });
  return faults;
}

/** The parser throws at a plain `<<` whose value is neither a block, an alias of one nor a list of these. */
function mergesOfNoBlock(doc: Document): Fault[] {
  const faults: Fault[] = [];
  const target = (node: unknown): unknown => (isAlias(node) ? (node.resolve(doc) ?? MISSING) : node);
  visit(doc, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.type !== 'PLAIN' || key.source !== '<<') return;
      const whole = target(value);
      const sources = isSeq(whole) ? whole.items.map(target) : [whole];
      if (sources.every((source) => isMap(source) || source === MISSING)) return;
      faults.push({ offset: key.range?.[0] ?? 0, got: 'a merge of what is no block', change: 'it to << and *anchor' });
    },
  });
  return faults;
}

/** An alias without anchor, which is told as such. */
const MISSING = Symbol('missing');

function problemOf(finding: Finding, root: unknown, locate: YamlFile['locate']): Problem {
  const { path, at, allowed, change, got = shown(valueAt(root, path), path) } = finding;
  return { ...locate(path, at), path: dotted(path), got, allowed, change };
}

/** The value at a path, undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
}

/** By shape, because an error of the runtime need not be of this realm's `Error`. */
const isSystemError = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
