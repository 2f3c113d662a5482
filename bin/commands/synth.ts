import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { readEvidence } from '../../compliance/audit/evidence';
import { renderSummary } from '../../compliance/audit/reporters/summary-text';
import { isClean, summarise } from '../../compliance/audit/summary';
import { ledgerProblems } from '../../compliance/nag/ledger';
import { parse } from '../args';
import { compose } from '../compose';
import { deploymentNames, ended, readInputs } from '../inputs';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';
import { today } from '../today';

export const USAGE = [
  'usage: voicecell synth <deployment>... | --all [--out DIR]',
  '  <deployment>  a name of regions/deployments/, or the path of a YAML file',
  '  --all         every deployment of regions/deployments/',
  '  --out         where templates and the validation report go (default cdk.out)',
].join('\n');

/** Findings are reported by us instead of thrown. */
const CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

export function run(args: readonly string[], io: Io): ExitCode {
  const parsed = parse(args, { all: { type: 'boolean' }, out: { type: 'string', default: 'cdk.out' } });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const names = parsed.values.all ? deploymentNames() : parsed.positionals;
  if (names.length === 0) return refuse(io, [`name a deployment: ${deploymentNames().join(', ')}`, USAGE]);
  const outdir = path.resolve(parsed.values.out);
  if (!isPlace(parsed.values.out)) return refuse(io, [`--out: got ${outdir}, allowed a folder, change --out`]);
  const read = readInputs(names);
  if (!read.ok) return refuse(io, read.problems);
  const { plans, waivers } = read.inputs;
  const { app, tally, usedWaivers } = compose(read.inputs, { outdir, context: CONTEXT });
  const evidence = readEvidence(app.synth());
  // Of some deployments only, it is not known what the others need a waiver for.
  const used = parsed.values.all ? { used: usedWaivers } : {};
  const ledger = ledgerProblems(waivers, { today: today(), ...used });
  const summary = summarise({ plans, evidence, met: tally, ledger, ended: ended(read.inputs, today()) });
  io.out(renderSummary(summary));
  return isClean(summary) ? 0 : 1;
}

const isPlace = (out: string): boolean => out !== '' && (!existsSync(out) || statSync(out).isDirectory());
