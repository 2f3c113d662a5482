import type { z } from 'zod';
import type { Path } from './finding';

/**
 * A copy without what broke the schema, so that rules can judge the rest and everything is reported at once:
 * unknown keys go alone, a broken region goes whole, any other broken setting goes with its top-level key.
 */
export function pruned(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) remove(copy, [...issue.path.map(String), key]);
    else remove(copy, issue.path.slice(0, issue.path[0] === 'regions' ? 2 : 1).map(String));
  }
  return copy;
}

function remove(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => (isBlock(node) ? node[step] : undefined), root);
  const key = path.at(-1);
  if (isBlock(parent) && key !== undefined) delete parent[key];
}

const isBlock = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;
