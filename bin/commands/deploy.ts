import { spawn } from 'node:child_process';
import path from 'node:path';
import type { RegionPlan } from '../../regions/plan/types';
import { parse } from '../args';
import { ledgerProblems } from '../../compliance/nag/ledger';
import { absolute, deploymentNames, ended, readInputs, type Inputs } from '../inputs';
import type { ExitCode, Io } from '../io';
import { inClone } from '../layout';
import { refuse } from '../refuse';
import { today } from '../today';

export const USAGE = [
  'usage: voicecell deploy <deployment> [--region R] [--foundations] [--yes]',
  '  --region       only this region of the deployment',
  '  --foundations  only copies, records and network, so that images and weights have a place',
  '  --yes          ask for no approval of what widens rights',
].join('\n');

/** Folder of the kit, with the CDK settings that its app is deployed with, whatever app lies where the user stands. */
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
  if ('problems' in request) return refuse(io, request.problems);
  return cdk(['deploy', ...deployArguments(request)]);
}

function requestOf(args: readonly string[]): Request | { readonly problems: readonly string[] } {
  const flag = { type: 'boolean' } as const;
  const parsed = parse(args, { region: { type: 'string' }, foundations: flag, yes: flag });
  if ('error' in parsed) return { problems: [parsed.error, USAGE] };
  const [name, ...rest] = parsed.positionals;
  if (!name || rest.length > 0) return { problems: [`name one deployment: ${deploymentNames().join(', ')}`, USAGE] };
  const read = readInputs([name]);
  if (!read.ok) return read;
  const { region, foundations = false, yes = false } = parsed.values;
  const regions = read.inputs.plans.map((plan) => plan.region);
  if (region && !regions.includes(region))
    return { problems: [`--region: got ${region}, allowed ${regions.join(', ')}, change it to one of them`] };
  const plans = read.inputs.plans.filter((plan) => !region || plan.region === region);
  const problems = reasonsAgainst({ ...read.inputs, plans });
  return problems.length > 0 ? { problems } : { name: absolute(name), plans, foundations, unattended: yes };
}

const reasonsAgainst = (inputs: Inputs): string[] => [
  ...inputs.plans.flatMap((plan) => plan.refusals.map((why) => `${plan.deployment}/${plan.region}: ${why}`)),
  ...ended(inputs, today()),
  ...ledgerProblems(inputs.waivers, { today: today() }).map(
    ({ waiver, problem }) => `the waiver of ${waiver.rule} ${problem}`,
  ),
];

/** What the CDK CLI is asked for. Resources that were retained under their own names are taken back, not made again. */
export function deployArguments({ name, plans, foundations, unattended }: Request): string[] {
  const stacks = foundations ? FOUNDATIONS : ['*'];
  return [
    ...plans.flatMap((plan) => stacks.map((stack) => `${plan.deployment}/${plan.region}/${stack}`)),
    '--app',
    inClone ? 'node --import tsx bin/app.ts' : 'node bin/app.js',
    '--output',
    path.resolve('cdk.out'),
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
