import { spawn } from 'node:child_process';
import path from 'node:path';
import { parse } from '../args';
import { deploymentNames, planAll } from '../deployments';
import type { ExitCode, Io } from '../io';
import type { RegionPlan } from '../../regions/plan/types';

const USAGE = 'usage: voicecell deploy <deployment> [--region R] [--yes]';
const ROOT = path.join(__dirname, '..', '..');

/** Refuses what must not reach an account, then leaves the deploying to the CDK CLI. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(args, { region: { type: 'string' }, yes: { type: 'boolean' } });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const [name, ...rest] = parsed.positionals;
  if (!name || rest.length > 0) return refuse(io, [`name one deployment: ${deploymentNames().join(', ')}`, USAGE]);
  const planned = planAll([name]);
  if (!planned.ok) return refuse(io, planned.problems);
  const { region, yes } = parsed.values;
  const plans = planned.plans.filter((plan) => !region || plan.region === region);
  if (plans.length === 0)
    return refuse(io, [`got region ${region}, allowed ${planned.plans.map((plan) => plan.region).join(', ')}`]);
  const refusals = plans.flatMap((plan) =>
    plan.refusals.map((reason) => `${plan.deployment}/${plan.region}: ${reason}`),
  );
  return refusals.length > 0 ? refuse(io, refusals) : cdkDeploy(name, plans, yes === true);
}

function refuse(io: Io, lines: readonly string[]): ExitCode {
  io.err(lines.join('\n'));
  return 2;
}

function cdkDeploy(name: string, plans: readonly RegionPlan[], unattended: boolean): Promise<ExitCode> {
  const stages = plans.map((plan) => `${plan.deployment}/${plan.region}/*`);
  const args = [
    'deploy',
    ...stages,
    '-c',
    `deployment=${name}`,
    ...(unattended ? ['--require-approval', 'never'] : []),
  ];
  const child = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], { stdio: 'inherit', cwd: ROOT });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0 ? 0 : 2));
  });
}
