import { spawn } from 'node:child_process';
import path from 'node:path';
import type { RegionPlan } from '../../regions/plan/types';
import { parse } from '../args';
import { deploymentNames, planAll } from '../deployments';
import type { ExitCode, Io } from '../io';

const USAGE = 'usage: voicecell deploy <deployment> [--region R] [--foundations] [--yes]';
const ROOT = path.join(__dirname, '..', '..');

/** Stacks that must stand before images and weights can be put where the cells look for them. */
const FOUNDATIONS = ['copies', 'records', 'network'] as const;

interface Request {
  readonly name: string;
  readonly plans: readonly RegionPlan[];
  readonly foundations: boolean;
  readonly unattended: boolean;
}

/** Refuses what must not reach an account, then leaves the deploying to the CDK CLI. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const request = requestOf(args);
  if ('problems' in request) {
    io.err(request.problems.join('\n'));
    return 2;
  }
  return cdk(['deploy', ...deployArguments(request)]);
}

function requestOf(args: readonly string[]): Request | { readonly problems: readonly string[] } {
  const flag = { type: 'boolean' } as const;
  const parsed = parse(args, { region: { type: 'string' }, foundations: flag, yes: flag });
  if ('error' in parsed) return { problems: [parsed.error, USAGE] };
  const [name, ...rest] = parsed.positionals;
  if (!name || rest.length > 0) return { problems: [`name one deployment: ${deploymentNames().join(', ')}`, USAGE] };
  const planned = planAll([name]);
  if (!planned.ok) return planned;
  const { region, foundations = false, yes = false } = parsed.values;
  const plans = planned.plans.filter((plan) => !region || plan.region === region);
  const regions = planned.plans.map((plan) => plan.region).join(', ');
  if (plans.length === 0) return { problems: [`got region ${region}, allowed ${regions}, change --region`] };
  const problems = plans.flatMap((plan) => plan.refusals.map((why) => `${plan.deployment}/${plan.region}: ${why}`));
  return problems.length > 0 ? { problems } : { name, plans, foundations, unattended: yes };
}

/** What the CDK CLI is asked for. Resources that were retained under their own names are taken back, not made again. */
export function deployArguments({ name, plans, foundations, unattended }: Request): string[] {
  const stacks = foundations ? FOUNDATIONS : ['*'];
  return [
    ...plans.flatMap((plan) => stacks.map((stack) => `${plan.deployment}/${plan.region}/${stack}`)),
    '--context',
    `deployment=${name}`,
    '--import-existing-resources',
    ...(unattended ? ['--require-approval', 'never'] : []),
  ];
}

function cdk(args: readonly string[]): Promise<ExitCode> {
  const child = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], { stdio: 'inherit', cwd: ROOT });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0 ? 0 : 2));
  });
}
