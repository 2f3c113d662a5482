import { renderPlan } from '../../regions/plan/report';
import { parse } from '../args';
import { deploymentNames, readInputs } from '../inputs';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell plan <deployment> [--json]',
  '  <deployment>  a name of regions/deployments/, or the path of a YAML file',
  '  --json        the plan as the stacks read it',
].join('\n');

export function run(args: readonly string[], io: Io): ExitCode {
  const parsed = parse(args, { json: { type: 'boolean' } });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  if (parsed.positionals.length !== 1)
    return refuse(io, [`name one deployment: ${deploymentNames().join(', ')}`, USAGE]);
  const read = readInputs(parsed.positionals);
  if (!read.ok) return refuse(io, read.problems);
  const { plans } = read.inputs;
  io.out(parsed.values.json ? JSON.stringify(plans, undefined, 2) : plans.map(renderPlan).join('\n\n'));
  return 0;
}
