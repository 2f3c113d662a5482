import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import type { Path } from './finding';

interface Entry {
  readonly key?: Node;
  readonly value?: Node;
}

/**
 * Offset in the text at which the key or the value at a path is written, through anchors, aliases and merge keys.
 * A path that leads nowhere (a missing key) ends at the key of the deepest block that exists.
 */
export function offsetOf(doc: Document, path: Path, at: 'key' | 'value' = 'value'): number {
  let here: Entry = nodeEntry(doc.contents);
  for (const step of path) {
    const next = entryOf(doc, here.value, step);
    if (!next) return startOf(here.key ?? here.value);
    here = next;
  }
  return startOf(at === 'key' ? (here.key ?? here.value) : (here.value ?? here.key));
}

function entryOf(doc: Document, container: Node | undefined, step: string | number): Entry | undefined {
  const node = isAlias(container) ? container.resolve(doc) : container;
  if (isSeq(node)) return step in node.items ? nodeEntry(node.items[Number(step)]) : undefined;
  if (!isMap(node)) return undefined;
  const own = node.items.find(({ key }) => keyText(key) === String(step));
  if (own) return { ...asKey(own.key), ...nodeEntry(own.value) };
  return merged(doc, node.items.find(({ key }) => keyText(key) === '<<')?.value, step);
}

/** What a `<<` key brings in: one block, or a list of which the first that has the key wins. */
function merged(doc: Document, source: unknown, step: string | number): Entry | undefined {
  const { value } = nodeEntry(source);
  if (isSeq(value)) return value.items.map((item) => merged(doc, item, step)).find((entry) => entry !== undefined);
  return entryOf(doc, value, step);
}

/** A key's text; the parser makes the merge key a symbol. */
function keyText(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
}

const asKey = (key: unknown): Entry => (isScalar(key) ? { key } : {});

const nodeEntry = (value: unknown): Entry =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? { value } : {};

const startOf = (node: Node | undefined): number => node?.range?.[0] ?? 0;
