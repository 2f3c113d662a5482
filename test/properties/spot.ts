import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Spot } from './mutations';

/** Line and column of a spot, found by other means than the reader's: these files have neither anchors nor merges. */
export function positionOf(
  text: string,
  { path, at = 'value' }: Spot,
): { readonly line: number; readonly col: number } {
  const lines = new LineCounter();
  const root = parseDocument(text, { lineCounter: lines }).contents;
  const keyOf = (steps: Spot['path']): Node | undefined => {
    const parent = steps.slice(0, -1).reduce<unknown>(step, root);
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(steps.at(-1))) : undefined;
    return isNode(pair?.key) ? pair.key : undefined;
  };
  const found = { value: path.reduce<unknown>(step, root), key: keyOf(path), block: keyOf(path.slice(0, -1)) }[at];
  return lines.linePos(isNode(found) ? (found.range?.[0] ?? 0) : 0);
}

function step(node: unknown, key: string | number): unknown {
  if (isSeq(node)) return node.items[Number(key)];
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === String(key))?.value;
}
