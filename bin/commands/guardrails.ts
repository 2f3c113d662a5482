import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { guardrailsFor, type Guardrails } from '../../compliance/guardrails';
import { minified } from '../../compliance/guardrails/guardrail';
import { guardrailsText } from '../../compliance/guardrails/text';
import { parse } from '../args';
import { endpointDocuments } from '../endpoint-documents';
import { deploymentNames, readInputs } from '../inputs';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell guardrails <deployment> [--out DIR] [--json]',
  '  <deployment>  a name of regions/deployments/, or the path of a YAML file',
  '  --out         write each policy to a file of its own, as AWS takes it',
  '  --json        all policies in one document',
].join('\n');

const OPTIONS = { out: { type: 'string' }, json: { type: 'boolean' } } as const;

/** Prints what the organization should deny around a deployment; it asks AWS nothing and attaches nothing. */
export function run(args: readonly string[], io: Io): ExitCode {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const { positionals, values } = parsed;
  if (positionals.length !== 1) return refuse(io, [`name one deployment: ${deploymentNames().join(', ')}`, USAGE]);
  const { out, json } = values;
  if (out !== undefined && !isPlace(out)) return refuse(io, [`--out: got ${out}, allowed a folder, change --out`]);
  const read = readInputs(positionals);
  if (!read.ok) return refuse(io, read.problems);
  const { plans } = read.inputs;
  const guardrails = guardrailsFor(plans, plans.flatMap(endpointDocuments));
  if (guardrails.problems.length > 0) return refuse(io, guardrails.problems);
  if (out !== undefined) write(guardrails, out);
  io.out(json ? JSON.stringify(guardrails, undefined, 2) : guardrailsText(guardrails, folderOf(out)));
  return 0;
}

const isPlace = (out: string): boolean => out !== '' && (!existsSync(out) || statSync(out).isDirectory());

const folderOf = (out: string | undefined): string => (out === undefined ? '' : `${out.replace(/\/+$/, '')}/`);

/** Without white space: AWS counts it when a file is sent as it is. */
function write({ policies, endpoints }: Guardrails, out: string): void {
  mkdirSync(out, { recursive: true });
  for (const { id, document } of [...policies, ...endpoints])
    writeFileSync(path.join(out, `${id}.json`), minified(document));
}
