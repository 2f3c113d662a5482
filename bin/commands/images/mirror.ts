import type { RegionPlan } from '../../../regions/plan/types';
import { mirrorImages } from '../../../supply/images/mirror/mirror';
import { mirroredIn } from '../../../supply/images/mirror/plan';
import type { RegionRegistry } from '../../../supply/images/mirror/registry';
import { renderMirror } from '../../../supply/images/mirror/render';
import { Unreadable } from '../../../supply/images/pins';
import { readInputs } from '../../inputs';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import { regionProblems, type ImagesDoor } from './door';

export interface MirrorArguments {
  readonly name: string;
  readonly regions: readonly string[];
  readonly dryRun: boolean;
}

/** Copies the locked images of each region into its registry. */
export async function mirror(
  { name, regions, dryRun }: MirrorArguments,
  io: Io,
  { registry }: ImagesDoor,
): Promise<ExitCode> {
  const read = readInputs([name]);
  if (!read.ok) return refuse(io, read.problems);
  const all = read.inputs.plans;
  const plans = regions.length > 0 ? all.filter(({ region }) => regions.includes(region)) : all;
  const problems = [
    ...regionProblems(
      regions,
      all.map(({ region }) => region),
    ),
    ...new Set(plans.flatMap((plan) => mirroredIn(plan).problems)),
  ];
  if (problems.length > 0) return refuse(io, problems);
  try {
    const strangers = await strangersTo(plans, registry);
    if (strangers.length > 0) return refuse(io, strangers);
    const codes = [];
    for (const plan of plans) codes.push(await mirrorRegion(plan, { registry, dryRun }, io));
    return codes.includes(2) ? 2 : 0;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse(io, [error.message]);
  }
}

/** Images pushed into another account would be found missing by the cells, hours later. */
async function strangersTo(plans: readonly RegionPlan[], registry: RegionRegistry): Promise<string[]> {
  const [plan] = plans;
  if (!plan) return [];
  const account = await registry.account(plan.region);
  if (account === plan.account) return [];
  return [`got credentials of account ${account}, allowed ${plan.account} of the deployment, change AWS_PROFILE`];
}

interface How {
  readonly registry: RegionRegistry;
  readonly dryRun: boolean;
}

async function mirrorRegion(plan: RegionPlan, how: How, io: Io): Promise<ExitCode> {
  const results = await mirrorImages(mirroredIn(plan).images, { ...how, region: plan.region });
  io.out(renderMirror(plan.region, results));
  return results.some(({ state }) => state === 'failed') ? 2 : 0;
}
