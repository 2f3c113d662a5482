import { z } from 'zod';
import { formatProblem } from '../../regions/config/problem';
import { repeats } from '../../regions/config/rules/rule';
import { deploymentSchema } from '../../regions/config/schema';
import { findingsOf } from '../../regions/config/shape';
import { readYamlFile } from '../../regions/config/yaml-file';
import type { Attestation } from '../controls/evidence';

/** The attestations of a file, or every problem of it: one line each, with its place. */
export type Attestations =
  | { readonly ok: true; readonly attestations: readonly Attestation[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const fileSchema = z.strictObject({ attestations: deploymentSchema.shape.attestations.unwrap() });

/** Reads a file whose `attestations` are written as in a deployment's: for templates, which have no deployment. */
export function readAttestations(file: string): Attestations {
  const yaml = readYamlFile(file);
  if (!yaml.ok) return { ok: false, problems: yaml.problems.map(formatProblem) };
  const parsed = fileSchema.safeParse(yaml.value);
  const findings = parsed.success
    ? repeatedIn(parsed.data.attestations)
    : findingsOf(fileSchema, yaml.value, parsed.error.issues);
  if (parsed.success && findings.length === 0) return { ok: true, attestations: parsed.data.attestations };
  return { ok: false, problems: findings.map((finding) => formatProblem(yaml.problem(finding))) };
}

const repeatedIn = (attestations: readonly Attestation[]): ReturnType<typeof repeats> =>
  repeats(
    attestations.map(({ id }) => id),
    (index) => ['attestations', index, 'id'],
    'an attestation',
  );
