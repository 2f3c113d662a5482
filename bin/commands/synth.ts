import path from 'node:path';
import { readEvidence } from '../../compliance/audit/evidence';
import { renderSummary } from '../../compliance/audit/reporters/summary-text';
import { summarise } from '../../compliance/audit/summary';
import { expiredWaivers, readWaivers } from '../../compliance/nag/waivers';
import { parse } from '../args';
import { compose } from '../compose';
import { deploymentNames, planAll } from '../deployments';
import type { ExitCode, Io } from '../io';

const USAGE = 'usage: voicecell synth <deployment>... | --all [--out DIR]';

/** Findings are reported by us instead of thrown. */
const CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(args, { all: { type: 'boolean' }, out: { type: 'string' } });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const names = parsed.values.all ? deploymentNames() : parsed.positionals;
  if (names.length === 0) return refuse(io, [`name a deployment: ${deploymentNames().join(', ')}`, USAGE]);
  const planned = planAll(names);
  if (!planned.ok) return refuse(io, planned.problems);
  const outdir = path.resolve(parsed.values.out ?? 'cdk.out');
  const { app, tally } = compose(planned.plans, { outdir, context: CONTEXT });
  const summary = summarise(planned.plans, readEvidence(app.synth()), tally);
  io.out(renderSummary(summary));
  const expired = expiredWaivers(readWaivers(), new Date().toISOString().slice(0, 10));
  for (const waiver of expired)
    io.err(`waiver of ${waiver.rule} expired on ${waiver.expires}; ask ${waiver.owner} or mend it`);
  return summary.failures.length + expired.length > 0 ? 1 : 0;
}

function refuse(io: Io, lines: readonly string[]): ExitCode {
  io.err(lines.join('\n'));
  return 2;
}
