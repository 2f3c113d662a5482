import type { RegionPlan } from '../../../regions/plan/types';
import { mirrorImages } from '../../../supply/images/mirror/mirror';
import { mirroredIn } from '../../../supply/images/mirror/plan';
import type { RegionRegistry } from '../../../supply/images/mirror/registry';
import { renderMirror } from '../../../supply/images/mirror/render';
import { Unreadable } from '../../../supply/unreadable';
import { choosePlans, strangersTo } from '../../chosen-regions';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import type { ImagesDoor } from './door';

export interface MirrorArguments {
  readonly name: string;
  readonly regions: readonly string[];
  readonly dryRun: boolean;
}

/** Copies the locked images of each region into its registry. */
export async function mirror(
  { name, regions, dryRun }: MirrorArguments,
  io: Io,
  { registry, account }: ImagesDoor,
): Promise<ExitCode> {
  const chosen = choosePlans(name, regions);
  if (!chosen.ok) return refuse(io, chosen.problems);
  const { plans } = chosen;
  const unlocked = [...new Set(plans.flatMap((plan) => mirroredIn(plan).problems))];
  if (unlocked.length > 0) return refuse(io, unlocked);
  try {
    const strangers = await strangersTo(plans, account);
    if (strangers.length > 0) return refuse(io, strangers);
    const codes = [];
    for (const plan of plans) codes.push(await mirrorRegion(plan, { registry, dryRun }, io));
    return codes.includes(2) ? 2 : 0;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse(io, [error.message]);
  }
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
