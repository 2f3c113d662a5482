import type { RegionPlan } from '../../../../regions/plan/types';
import type { AuditUnit } from '../../findings';
import type { Finding } from '../../posture';
import type { LiveRegion } from '../reading';
import { cellFindings } from './cells';
import { CLUSTER_ACTIONS } from './cluster-reader';
import { IMAGE_ACTIONS } from './image-reader';
import { NODE_ACTIONS } from './node-reader';
import { OBJECT_ACTIONS } from './object-reader';
import { placeIn } from './place';
import { judgeTrail, TRAIL_ACTIONS, trailStatus } from './trails';
import { vaultFindings } from './vaults';

/** Every IAM action that is called, sorted; all of them read. */
export const RUNNING_ACTIONS: readonly string[] = [
  ...CLUSTER_ACTIONS,
  ...IMAGE_ACTIONS,
  ...NODE_ACTIONS,
  ...OBJECT_ACTIONS,
  ...TRAIL_ACTIONS,
].toSorted();

export interface RunningAsked {
  readonly now: Date;
  /** Of the deployments of the plans, by name: what their templates say of images, and where they are written. */
  readonly units: readonly AuditUnit[];
  /**
   * How many of the oldest, and how many of the newest versions of each bucket are looked at.
   * @default 5
   */
  readonly samples?: number;
}

const SAMPLES = 5;

/**
 * What no template shows: cells as they run, locks of objects as they are, trails as they deliver. All regions side by side.
 * @param regionOf asked for the regions of the plans and for those their copies lie in
 */
export async function runningFindings(
  plans: readonly RegionPlan[],
  regionOf: (name: string) => LiveRegion,
  { now, units, samples = SAMPLES }: RunningAsked,
): Promise<readonly Finding[]> {
  const found = plans.flatMap((plan) => {
    const audited = unitOf(plan, units);
    const region = regionOf(plan.region);
    return [
      cellFindings(plan, region, { audited, now }),
      vaultFindings(plan, { audited, samples, regionOf }),
      trailFindings(plan, region, { audited, now }),
    ];
  });
  return (await Promise.all(found)).flat();
}

async function trailFindings(
  { names: { trail } }: RegionPlan,
  region: LiveRegion,
  { audited, now }: { readonly audited: AuditUnit; readonly now: Date },
): Promise<readonly Finding[]> {
  const place = placeIn(audited, { region: region.region, type: 'AWS::CloudTrail::Trail', name: trail });
  return judgeTrail(place, await trailStatus(trail, region), now);
}

function unitOf({ deployment }: RegionPlan, units: readonly AuditUnit[]): AuditUnit {
  const found = units.find(({ name }) => name === deployment);
  if (!found) throw new RangeError(`no unit is called ${deployment}`);
  return found;
}
