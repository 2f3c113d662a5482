import type { z } from 'zod';
import type { Finding, Path } from './finding';
import { HIGH, LOW } from './samples';
import { deploymentSchema, type DeploymentConfig } from './schema';
import { check } from './semantics';

/**
 * What the rules say of a file whose shape is broken. Each broken setting is replaced, twice, by valid values as far apart
 * as can be; a finding that comes out the same both times does not depend on what the setting will become, so it is
 * told now instead of after the shape is mended.
 */
export function findingsDespite(value: unknown, issues: readonly z.core.$ZodIssue[]): Finding[] {
  const broken = issues.filter(({ code }) => code !== 'unrecognized_keys').map((issue) => issue.path.map(String));
  const told = new Set(judged(value, issues, HIGH).map(textOf));
  return judged(value, issues, LOW).filter(
    (finding) => told.has(textOf(finding)) && !broken.some((path) => covers(path, finding.path)),
  );
}

function judged(value: unknown, issues: readonly z.core.$ZodIssue[], sample: DeploymentConfig): Finding[] {
  const mended = deploymentSchema.safeParse(
    issues.reduce((copy, issue) => mend(copy, issue, sample), structuredClone(value)),
  );
  return mended.success ? check(mended.data) : [];
}

function mend(root: unknown, issue: z.core.$ZodIssue, sample: DeploymentConfig): unknown {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') for (const key of issue.keys) edit(root, [...path, key], undefined);
  else edit(root, path, valueAt(sample, path));
  return root;
}

function edit(root: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => (isBlock(node) ? node[step] : undefined), root);
  const key = path.at(-1);
  if (!isBlock(parent) || key === undefined) return;
  if (value === undefined) delete parent[key];
  else parent[key] = structuredClone(value);
}

/** Names of regions and positions in lists differ from the sample's; any of its own will do. */
const valueAt = (sample: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, step) => (isBlock(node) ? (node[step] ?? Object.values(node)[0]) : undefined), sample);

const covers = (outer: Path, inner: Path): boolean =>
  outer.every((step, index) => String(inner[index]) === String(step));

const textOf = (finding: Finding): string => JSON.stringify(finding);

const isBlock = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;
