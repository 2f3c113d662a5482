import type { z } from 'zod';
import type { Finding } from './finding';
import type { Problem } from './problem';
import { deploymentSchema, type DeploymentConfig } from './schema';
import { check } from './semantics';
import { findingsOf } from './shape';
import { findingsDespite } from './stand-ins';
import { readYamlFile, type YamlFile } from './yaml-file';

/** A deployment that may be planned, or every reason why not, in the order of the file. */
export type ReadResult =
  | ({ readonly ok: true; readonly config: DeploymentConfig } & Pick<YamlFile, 'locate' | 'problem'>)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads `regions/deployments/<name>.yaml`: YAML, then shape, then meaning. Throws only what is a bug. */
export function readDeployment(file: string): ReadResult {
  const yaml = readYamlFile(file);
  if (!yaml.ok) return yaml;
  const parsed = deploymentSchema.safeParse(yaml.value);
  const findings = parsed.success ? check(parsed.data) : shapeless(yaml.value, parsed.error.issues);
  if (parsed.success && findings.length === 0)
    return { ok: true, config: parsed.data, locate: yaml.locate, problem: yaml.problem };
  return { ok: false, problems: ordered(findings.map(yaml.problem)) };
}

/** What is wrong with the shape and, as far as it can be told already, with the meaning. */
const shapeless = (value: unknown, issues: readonly z.core.$ZodIssue[]): Finding[] => [
  ...findingsOf(deploymentSchema, value, issues),
  ...findingsDespite(value, issues),
];

/** In the order of the file; a mistake in an anchored block, used in many places, is told once. */
function ordered(problems: readonly Problem[]): Problem[] {
  const once = new Map<string, Problem>();
  for (const problem of problems) if (!once.has(identity(problem))) once.set(identity(problem), problem);
  return [...once.values()].toSorted((a, b) => a.line - b.line || a.col - b.col);
}

const identity = ({ line, col, got, allowed, change }: Problem): string =>
  JSON.stringify([line, col, got, allowed, change]);
