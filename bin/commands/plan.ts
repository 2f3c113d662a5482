import { renderPlan } from '../../regions/plan/report';
import { parse } from '../args';
import { deploymentNames, planAll } from '../deployments';
import type { ExitCode, Io } from '../io';

const USAGE = 'usage: voicecell plan <deployment> [--json]';

export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(args, { json: { type: 'boolean' } });
  const problem = 'error' in parsed ? parsed.error : usageProblem(parsed.positionals);
  if (problem || 'error' in parsed) {
    io.err(`${problem}\n${USAGE}`);
    return 2;
  }
  const planned = planAll(parsed.positionals);
  if (!planned.ok) {
    io.err(planned.problems.join('\n'));
    return 2;
  }
  io.out(parsed.values.json ? JSON.stringify(planned.plans, undefined, 2) : planned.plans.map(renderPlan).join('\n\n'));
  return 0;
}

const usageProblem = (names: readonly string[]): string | undefined =>
  names.length === 1 ? undefined : `name one deployment: ${deploymentNames().join(', ')}`;
